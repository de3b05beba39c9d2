/**
 * Full-text search over the cases: a projection of the case entities.
 *
 * Invariant: rebuilt from nothing it equals what live changes made of it (tested). The
 * version below is raised when the text changes; the next sign-in then rebuilds.
 */
import type { CaseEntity } from '../../../shared/case/case-entity.ts';
import type { CaseId } from '../../../shared/id.ts';
import { caseIdSchema } from '../../../shared/id.ts';
import type { Sqlite } from '../store/database.ts';
import { readEntities } from '../store/entity-store.ts';
import { readMeta, writeMeta } from '../store/meta.ts';
import { prepared } from '../store/statements.ts';

const SEARCH_VERSION = '1';

export function indexCase(db: Sqlite, entity: CaseEntity): void {
  unindexCase(db, entity.caseId);
  prepared(db, 'INSERT INTO case_search (case_id, text) VALUES (?, ?)').run(entity.caseId, searchText(entity));
}

export function unindexCase(db: Sqlite, caseId: string): void {
  prepared(db, 'DELETE FROM case_search WHERE case_id = ?').run(caseId);
}

/** Rebuilds the index where its version is not this build's. Returns whether it did. */
export function rebuildSearchWhereOld(db: Sqlite): boolean {
  if (readMeta(db, 'projectionVersion') === SEARCH_VERSION) return false;
  rebuildSearch(db);
  return true;
}

export function rebuildSearch(db: Sqlite): void {
  db.transaction(() => {
    prepared(db, 'DELETE FROM case_search').run();
    for (const { body } of readEntities(db, 'case')) indexCase(db, body);
    writeMeta(db, 'projectionVersion', SEARCH_VERSION);
  }).immediate();
}

/** Cases that contain a word beginning with each typed word. */
export function searchCases(db: Sqlite, text: string, limit: number): CaseId[] {
  const words = text.normalize('NFKC').match(/[\p{L}\p{N}]+/gu) ?? [];
  if (words.length === 0) return [];
  const query = words.map((word) => `"${word}"*`).join(' ');
  return prepared<[string, number], { case_id: string }>(db, 'SELECT case_id FROM case_search WHERE case_search MATCH ? LIMIT ?')
    .all(query, limit)
    .map((row) => caseIdSchema.parse(row.case_id));
}

function searchText(entity: CaseEntity): string {
  const { customer, numbers, invoices, creditorName } = entity;
  const phones = numbers.flatMap((number) => [number.raw.replace(/\D/g, ''), (number.e164 ?? '').replace(/\D/g, '')]);
  return [
    customer.name, customer.code, customer.taxCode ?? '', customer.email ?? '', customer.address ?? '', creditorName,
    ...phones, ...invoices.map((invoice) => invoice.number),
  ].join(' ');
}
