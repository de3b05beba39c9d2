/**
 * Cases that were fetched for somebody who called: in no list and no search, but shown, worked and told like any other.
 *
 * Invariants: a case that the feed brings is this desk's own, and no served one; a served one is kept for three days after it was asked for
 * last, longer while a draft or an open call waits; erased, it goes with its person, and is never stored again.
 */
import type { CaseEntity } from '../../../shared/case/case-entity.ts';
import type { CaseId } from '../../../shared/id.ts';
import type { Colleague, LookUpReply } from '../../../shared/protocol/inbound-protocol.ts';
import { colleagueSchema } from '../../../shared/protocol/inbound-protocol.ts';
import type { Sqlite } from './database.ts';
import { isErased } from './erase-person.ts';
import { readNewer } from './read-newer.ts';
import { prepared } from './statements.ts';

const KEPT_MS = 3 * 86_400_000;

interface Row { case_id: CaseId; revision: number; etag: string; body: string; colleague: string | null; served_at: number }
export interface ServedCase { entity: CaseEntity; revision: number; etag: string; newer: boolean; colleague: Colleague | null; servedAtMs: number }

/** Null: the person is erased, or the case is of a form that this build cannot read. */
export function readReply(db: Sqlite, reply: LookUpReply): CaseEntity | null {
  if (isErased(db, reply.caseId)) return null;
  const reading = readNewer('case', reply.body);
  return 'body' in reading ? reading.body : null;
}

/** False: nothing was stored. */
export function keepServed(db: Sqlite, reply: LookUpReply, nowMs: number): boolean {
  if (readReply(db, reply) === null) return false;
  prepared(db, `INSERT INTO served_cases (case_id, revision, etag, body, colleague, served_at) VALUES (?, ?, ?, ?, ?, ?)
    ON CONFLICT (case_id) DO UPDATE SET revision = excluded.revision, etag = excluded.etag, body = excluded.body, colleague = excluded.colleague, served_at = excluded.served_at`,
  ).run(reply.caseId, reply.revision, reply.etag, JSON.stringify(reply.body), textOf(reply.colleague), nowMs);
  return true;
}

export function readServed(db: Sqlite, caseId: CaseId): ServedCase | null {
  const row = prepared<[string], Row>(db, 'SELECT * FROM served_cases WHERE case_id = ?').get(caseId);
  const reading = row === undefined ? null : readNewer('case', JSON.parse(row.body));
  if (row === undefined || reading === null || !('body' in reading)) return null;
  const colleague = row.colleague === null ? null : colleagueSchema.parse(JSON.parse(row.colleague));
  return { entity: reading.body, revision: row.revision, etag: row.etag, newer: reading.state !== 'known', colleague, servedAtMs: row.served_at };
}

/** Newest first. */
export function listServed(db: Sqlite): CaseId[] {
  return prepared<[], { case_id: CaseId }>(db, 'SELECT case_id FROM served_cases ORDER BY served_at DESC, case_id').all().map((row) => row.case_id);
}

/** Those that may be reached by this number: it stands in what was fetched, or a number was learnt on this desk. A ring waits for this, so no case is folded for it. */
export function listServedNaming(db: Sqlite, e164: string): CaseId[] {
  return prepared<[string], { case_id: CaseId }>(db, `SELECT case_id FROM served_cases WHERE instr(body, ?) > 0
    OR EXISTS (SELECT 1 FROM facts WHERE facts.case_id = served_cases.case_id AND facts.type = 'contact-point-saved') ORDER BY served_at DESC, case_id`).all(e164).map((row) => row.case_id);
}

/** Who is in a call about it now, as the hub said last. */
export function noteColleague(db: Sqlite, caseId: CaseId, colleague: Colleague | null): void {
  prepared(db, 'UPDATE served_cases SET colleague = ? WHERE case_id = ?').run(textOf(colleague), caseId);
}

export function dropServed(db: Sqlite, caseId: CaseId): void {
  prepared(db, 'DELETE FROM served_cases WHERE case_id = ?').run(caseId);
}

/** Forgets what nobody has asked for in three days. */
export function forgetServed(db: Sqlite, nowMs: number): void {
  prepared(db, `DELETE FROM served_cases WHERE served_at < ? AND case_id NOT IN (SELECT case_id FROM drafts)
    AND case_id NOT IN (SELECT case_id FROM open_calls)`).run(nowMs - KEPT_MS);
}

function textOf(colleague: Colleague | null): string | null {
  return colleague === null ? null : JSON.stringify(colleague);
}
