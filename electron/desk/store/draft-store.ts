/** Drafts: what was being typed, per case, until it is saved as an outcome. */
import type { Draft } from '../../../shared/contract/screens.ts';
import { draftSchema } from '../../../shared/contract/screens.ts';
import type { Sqlite } from './database.ts';
import { prepared } from './statements.ts';

export function readDraft(db: Sqlite, caseId: string): Draft | null {
  const row = prepared<[string], { body: string }>(db, 'SELECT body FROM drafts WHERE case_id = ?').get(caseId);
  return row === undefined ? null : draftSchema.parse(JSON.parse(row.body));
}

export function readDraftIds(db: Sqlite): Set<string> {
  const rows = prepared<[], { case_id: string }>(db, 'SELECT case_id FROM drafts').all();
  return new Set(rows.map((row) => row.case_id));
}

export function writeDraft(db: Sqlite, caseId: string, draft: Draft, atMs: number): void {
  prepared(db, 'INSERT INTO drafts (case_id, body, at) VALUES (?, ?, ?) ON CONFLICT (case_id) DO UPDATE SET body = excluded.body, at = excluded.at',
  ).run(caseId, JSON.stringify(draft), atMs);
}

export function removeDraft(db: Sqlite, caseId: string): void {
  prepared(db, 'DELETE FROM drafts WHERE case_id = ?').run(caseId);
}
