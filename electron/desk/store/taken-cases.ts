/**
 * Cases that went to somebody else while they may have been open here.
 *
 * Invariants: a taken case is in no list and no search, so nobody starts it; what happened in the call that was going
 * on can still be saved, for facts are never refused (design §4; the hub flags them). It is kept for one shift, longer
 * only while a draft waits or a call for its outcome, and comes back as a case when the hub sends it again. A mark is a row of a kind that no hub
 * sends; its `revision` is the instant it was taken.
 */
import type { CaseEntity } from '../../../shared/case/case-entity.ts';
import type { CaseId } from '../../../shared/id.ts';
import { removeFromList } from '../projections/case-list.ts';
import type { Sqlite } from './database.ts';
import { readNewer } from './read-newer.ts';
import { prepared } from './statements.ts';

const TAKEN = '~taken';
/** A shift. */
const KEPT_MS = 12 * 3_600_000;

/** The hub took this case away. Call inside the page's transaction. */
export function takeCase(db: Sqlite, caseId: CaseId, nowMs: number): void {
  prepared(db, "DELETE FROM entities WHERE kind = ? AND id = ? AND EXISTS (SELECT 1 FROM entities WHERE kind = 'case' AND id = ?)").run(TAKEN, caseId, caseId);
  prepared(db, "UPDATE entities SET kind = ?, revision = ? WHERE kind = 'case' AND id = ?").run(TAKEN, nowMs, caseId);
  removeFromList(db, caseId);
}

export function holdsTaken(db: Sqlite): boolean {
  return prepared<[string], { found: number }>(db, 'SELECT 1 AS found FROM entities WHERE kind = ? LIMIT 1').get(TAKEN) !== undefined;
}

/** The hub sent it again. */
export function giveCaseBack(db: Sqlite, caseId: CaseId): void {
  prepared(db, 'DELETE FROM entities WHERE kind = ? AND id = ?').run(TAKEN, caseId);
}

export function readTakenCase(db: Sqlite, caseId: CaseId): CaseEntity | null {
  const row = prepared<[string, string], { body: string }>(db, 'SELECT body FROM entities WHERE kind = ? AND id = ?').get(TAKEN, caseId);
  const reading = row === undefined ? null : readNewer('case', JSON.parse(row.body));
  return reading === null || !('body' in reading) ? null : reading.body;
}

/** Forgets what nobody can have open any more. */
export function forgetTakenCases(db: Sqlite, nowMs: number): void {
  prepared(db, 'DELETE FROM entities WHERE kind = ? AND revision < ? AND id NOT IN (SELECT case_id FROM drafts) AND id NOT IN (SELECT case_id FROM open_calls)').run(TAKEN, nowMs - KEPT_MS);
}
