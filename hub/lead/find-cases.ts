/**
 * Any case: by words, by list, by what it waits for.
 *
 * Invariant: every word is somewhere in the case; a telephone number may be typed with or without prefix and separators.
 */
import type { RawBuilder } from 'kysely';
import { sql } from 'kysely';
import type { CaseFilter, FoundCase } from '../../shared/protocol/lead-protocol.ts';
import { caseMeasures } from '../../shared/protocol/lead-protocol.ts';
import type { Tx } from '../store/tables.ts';
import { foldSearchText } from './fold-search-text.ts';
import { measureConditions } from './measure-conditions.ts';

const MOST_FOUND = 200;

export async function findCases(tx: Tx, nowMs: number, filter: CaseFilter): Promise<{ rows: FoundCase[]; more: boolean }> {
  const { tone, measures } = measureConditions(nowMs);
  let query = tx
    .selectFrom('case_overview')
    .innerJoin('cases', 'cases.case_id', 'case_overview.case_id')
    .innerJoin('creditors', 'creditors.creditor_id', 'case_overview.creditor_id')
    .select(['case_overview.case_id', 'cases.name', 'cases.customer_code', 'cases.kind', 'creditors.name as creditor_name', 'case_overview.currency', 'case_overview.open_cents'])
    .select(tone.as('tone'))
    .select(caseMeasures.map((measure) => sql<number>`case when ${measures[measure]} then 1 else 0 end`.as(measure)));
  for (const condition of wordConditions(filter.search)) query = query.where(condition);
  if (filter.creditorId !== undefined) query = query.where('case_overview.creditor_id', '=', filter.creditorId);
  if (filter.tone !== undefined) query = query.where(tone, '=', filter.tone);
  if (filter.measure !== undefined) query = query.where(measures[filter.measure]);
  const rows = await query.orderBy('cases.name').orderBy('case_overview.case_id').limit(MOST_FOUND + 1).execute();
  return {
    more: rows.length > MOST_FOUND,
    rows: rows.slice(0, MOST_FOUND).map((row) => ({
      caseId: row.case_id, customerName: row.name, customerCode: row.customer_code, creditorName: row.creditor_name, kind: row.kind, tone: row.tone,
      currency: row.currency, openCents: row.open_cents, measures: caseMeasures.filter((measure) => measure !== 'cases' && row[measure] === 1),
    })),
  };
}

/** One condition on `search_text` for each word that is typed; all must hold. */
export function wordConditions(search: string): RawBuilder<boolean>[] {
  return readWords(search).map((alternatives) =>
    sql<boolean>`(${sql.join(alternatives.map((word) => sql`search_text like ${`%${escapeLike(word)}%`} escape '!'`), sql` or `)})`);
}

/** What must be found, each in one of several ways. */
function readWords(search: string): string[][] {
  const text = foldSearchText(search).trim();
  if (text === '') return [];
  const words = text.split(/\s+/).map((word) => [word]);
  if (!/^[+\d][\d\s./()-]*$/.test(text)) return words;
  const digits = text.replace(/\D/g, '').replace(/^00/, '');
  // A number with separators is one number; `2026/17` is an invoice too, and several words may be several things.
  return digits.length < 4 ? words : [[digits, ...(words.length === 1 ? [text] : [])]];
}

function escapeLike(word: string): string {
  return word.replace(/[!%_]/g, (sign) => `!${sign}`);
}
