/**
 * Deletes what this store holds of a person (ADR 0011).
 *
 * Invariants: of a fact only its link stays, so the chain verifies and the hub gets what it has not yet; a command of
 * an erased fact is forgotten with its answer, and its repeat finds no case; nothing about these cases is stored again,
 * whatever a page or a hub that forgot sends. The bytes that this frees are overwritten by `scrubWhereDue`.
 */
import type { CaseId, FactId } from '../../../shared/id.ts';
import type { ErasureEntity } from '../../../shared/protocol/feed-protocol.ts';
import { removeFromList } from '../projections/case-list.ts';
import { forgetAttachments } from './attachment-store.ts';
import type { Sqlite } from './database.ts';
import { removeDraft } from './draft-store.ts';
import { readEntity, removeEntity } from './entity-store.ts';
import { readAckedSeq, readDeviceId } from './fact-store.ts';
import { writeMeta } from './meta.ts';
import { forgetRecording } from './recording-store.ts';
import { readSalvageNotice } from './salvage-store.ts';
import { prepared } from './statements.ts';

/** Erases inside the caller's transaction; answers whether this store did not know of the erasure before. */
export function erasePerson(db: Sqlite, erasure: Pick<ErasureEntity, 'customerId' | 'caseIds'>): boolean {
  const { customerId, caseIds } = erasure;
  const news = caseIds.filter((caseId) => prepared(db, 'INSERT INTO erased_cases (case_id) VALUES (?) ON CONFLICT DO NOTHING').run(caseId).changes > 0);
  forgetName(db, caseIds);
  forgetRecording(db, caseIds);
  let erased = eraseFacts(db, 'case_id IS NULL AND customer_id = ?', customerId);
  for (const caseId of caseIds) {
    erased += eraseFacts(db, 'case_id = ?', caseId);
    removeDraft(db, caseId);
    prepared(db, 'DELETE FROM open_calls WHERE case_id = ?').run(caseId);
    prepared(db, 'DELETE FROM call_scripts WHERE case_id = ?').run(caseId);
    prepared(db, 'DELETE FROM telephone_calls WHERE case_id = ?').run(caseId);
    prepared(db, 'DELETE FROM served_cases WHERE case_id = ?').run(caseId);
    prepared(db, 'DELETE FROM directory WHERE case_id = ?').run(Buffer.from(caseId.replaceAll('-', ''), 'hex'));
    removeEntity(db, 'case', caseId);
    removeFromList(db, caseId);
    // Flags, lines of the lead's list and whatever a newer hub sends about a case.
    prepared(db, "DELETE FROM entities WHERE kind NOT IN ('case', 'erasure') AND json_extract(body, '$.caseId') = ?").run(caseId);
  }
  if (news.length === 0 && erased === 0) return false;
  // Whose the calls and notes of nobody known were cannot be told: the person may be among them.
  prepared(db, "UPDATE facts SET salt = NULL, body = NULL WHERE type = 'contact-noted' AND case_id IS NULL AND body IS NOT NULL AND NOT (device_id = ? AND seq > ?)")
    .run(readDeviceId(db), readAckedSeq(db));
  prepared(db, 'DELETE FROM telephone_calls WHERE case_id IS NULL AND ended_at IS NOT NULL').run();
  writeMeta(db, 'scrubDue', '1');
  return true;
}

/**
 * The notice about a damaged store says whose facts were lost, by name only: the person's entries lose theirs, and all
 * do where the case is not held any more, so that nothing tells which are the person's.
 */
function forgetName(db: Sqlite, caseIds: readonly CaseId[]): void {
  const notice = readSalvageNotice(db);
  if (notice === null) return;
  const held = caseIds.map((caseId) => readEntity(db, 'case', caseId)?.body.customer.name ?? null);
  const lost = notice.lost.map((entry) => (held.includes(entry.customerName) || held.includes(null) ? { ...entry, customerName: null } : entry));
  writeMeta(db, 'salvageNotice', JSON.stringify({ ...notice, lost }));
}

/** Whether anybody was ever erased. */
export function holdsErased(db: Sqlite): boolean {
  return prepared<[], { found: number }>(db, 'SELECT 1 AS found FROM erased_cases LIMIT 1').get() !== undefined;
}

/** Whether a case was of a person who was erased. */
export function isErased(db: Sqlite, caseId: string): boolean {
  return prepared<[string], { found: number }>(db, 'SELECT 1 AS found FROM erased_cases WHERE case_id = ?').get(caseId) !== undefined;
}

/**
 * Erases the facts that a condition on its one value names; answers how many had their content. A case belongs to one
 * person; a fact without a case names its person.
 */
function eraseFacts(db: Sqlite, where: 'case_id = ?' | 'case_id IS NULL AND customer_id = ?', id: string): number {
  const whole = prepared<[string], { id: FactId }>(db, `SELECT DISTINCT id FROM facts WHERE ${where} AND body IS NOT NULL`).all(id);
  if (whole.length === 0) return 0;
  forgetAttachments(db, whole.map((row) => row.id));
  prepared(db, `DELETE FROM command_log WHERE json_extract(reply, '$.factId') IN (SELECT id FROM facts WHERE ${where})`).run(id);
  prepared(db, `UPDATE facts SET salt = NULL, body = NULL WHERE ${where}`).run(id);
  return whole.length;
}
