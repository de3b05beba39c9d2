/**
 * Full-text search over the cases, beside their rows in the list (same row id).
 *
 * Invariant: the index holds no text of its own, only words; it is rebuilt with the list.
 */
import type { CaseEntity } from '../../../shared/case/case-entity.ts';
import type { CaseId } from '../../../shared/id.ts';
import type { Sqlite } from '../store/database.ts';
import { prepared } from '../store/statements.ts';

/** People remember the end of a number. */
const PHONE_TAIL = 6;

export function indexCase(db: Sqlite, listId: number, entity: CaseEntity): void {
  unindexCase(db, listId);
  prepared(db, 'INSERT INTO case_search (rowid, text) VALUES (?, ?)').run(listId, searchText(entity));
}

export function unindexCase(db: Sqlite, listId: number): void {
  prepared(db, 'DELETE FROM case_search WHERE rowid = ?').run(listId);
}

export function clearSearch(db: Sqlite): void {
  prepared(db, "INSERT INTO case_search (case_search) VALUES ('delete-all')").run();
}

/** Cases that contain a word beginning with each typed word. */
export function searchCases(db: Sqlite, text: string, limit: number): CaseId[] {
  const words = text.normalize('NFKC').match(/[\p{L}\p{N}]+/gu) ?? [];
  if (words.length === 0) return [];
  const query = words.map((word) => `"${word}"*`).join(' ');
  return prepared<[string, number], { case_id: CaseId }>(
    db, 'SELECT case_id FROM case_list WHERE list_id IN (SELECT rowid FROM case_search WHERE case_search MATCH ? LIMIT ?)',
  ).all(query, limit).map((row) => row.case_id);
}

function searchText(entity: CaseEntity): string {
  const { customer, numbers, invoices, creditorName } = entity;
  const phones = numbers.flatMap((number) => {
    const digits = number.raw.replace(/\D/g, '');
    return [digits, (number.e164 ?? '').replace(/\D/g, ''), digits.slice(-PHONE_TAIL)];
  });
  return [
    customer.name, customer.code, customer.taxCode ?? '', customer.email ?? '', customer.address ?? '', creditorName,
    ...phones, ...invoices.map((invoice) => invoice.number),
  ].join(' ');
}
