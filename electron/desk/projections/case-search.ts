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
const IBAN_TAILS = [6, 5, 4];

/** A row that is indexed already has to be unindexed first. */
export function indexCase(db: Sqlite, listId: number, entity: CaseEntity, people: People): void {
  prepared(db, 'INSERT INTO case_search (rowid, text) VALUES (?, ?)').run(listId, searchText(entity, people));
}

export function unindexCase(db: Sqlite, listId: number): void {
  prepared(db, 'DELETE FROM case_search WHERE rowid = ?').run(listId);
}

export function clearSearch(db: Sqlite): void {
  prepared(db, "INSERT INTO case_search (case_search) VALUES ('delete-all')").run();
}

/** FTS5's own. */
const MERGED_FROM = 4;

/**
 * While many pages come, parts of the index are joined only when they are too many (FTS5's `crisismerge`), not every few: half of
 * the index's cost. Kept in the store with the page, so that the last page takes it back whatever happened in between.
 */
export function joinRarely(db: Sqlite, rarely: boolean): void {
  const held = prepared<[], { v: number }>(db, "SELECT v FROM case_search_config WHERE k = 'automerge'").get()?.v ?? MERGED_FROM;
  const wanted = rarely ? 0 : MERGED_FROM;
  // Written out, for the driver binds every number as a real one, which the index refuses.
  if (held !== wanted) prepared(db, `INSERT INTO case_search (case_search, rank) VALUES ('automerge', ${String(wanted)})`).run();
}

/** What is typed, as the index is asked: a word beginning with each typed word; `2026/000123` means these in a row. Null where there is no word. */
export function searchQuery(text: string): string | null {
  const query = text.normalize('NFKC').split(/\s+/).flatMap(typedTerms).map((term) => `"${term}"*`).join(' ');
  return query === '' ? null : query;
}

/** Cases that contain everything typed. */
export function searchCases(db: Sqlite, text: string, limit: number): CaseId[] {
  const query = searchQuery(text);
  if (query === null) return [];
  return prepared<[string, number], { case_id: CaseId }>(
    db, 'SELECT case_id FROM case_list WHERE list_id IN (SELECT rowid FROM case_search WHERE case_search MATCH ? LIMIT ?)',
  ).all(query, limit).map((row) => row.case_id);
}

/** What is typed without a blank: words of their own, or one term of several words in a row where a digit says that it is a number or a code. */
function typedTerms(typed: string): string[] {
  const words = typed.match(/[\p{L}\p{N}]+/gu) ?? [];
  return /\p{N}/u.test(typed) && words.length > 1 ? [words.join(' ')] : words;
}

/** People and numbers as they stand now: the file's and what operators learnt. */
type People = Pick<CaseEntity, 'parties' | 'numbers' | 'addresses'>;

/** Every word that a case is found by. */
export function searchText(entity: CaseEntity, { parties, numbers, addresses }: People = entity): string {
  const { customer, invoices, creditorName } = entity;
  let text = `${customer.name} ${customer.code} ${customer.taxCode ?? ''} ${customer.email ?? ''} ${customer.address ?? ''} ${creditorName}`;
  if (customer.ibanTail !== null) for (const length of IBAN_TAILS) text += ` ${customer.ibanTail.slice(-length)}`;
  for (const { raw, e164 } of numbers) {
    const digits = raw.replace(/\D+/g, '');
    text += ` ${digits} ${e164 === null ? '' : e164.slice(1)} ${digits.slice(-PHONE_TAIL)}`;
  }
  for (const { name } of parties) text += ` ${name}`;
  for (const { raw } of addresses) text += ` ${raw}`;
  for (const { number } of invoices) text += ` ${number}`;
  return text;
}
