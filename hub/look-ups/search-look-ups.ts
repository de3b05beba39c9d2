/**
 * Names to choose among: of the cases that a number reaches, or of those that were searched for.
 *
 * Invariants: one answer is of one creditor; at most twenty rows; each answer is logged in its transaction, a search without its words;
 * somebody who searches faster than a person talks is refused.
 */
import { sql } from 'kysely';
import type { CaseId, CreditorId } from '../../shared/id.ts';
import type { FoundName, LookUpSearchReply } from '../../shared/protocol/inbound-protocol.ts';
import { SEARCH_LEAST_LETTERS, SEARCH_MOST_FOUND } from '../../shared/protocol/inbound-protocol.ts';
import type { HubResult } from '../hub-result.ts';
import { accept, refuse } from '../hub-result.ts';
import { wordConditions } from '../lead/find-cases.ts';
import type { Tx } from '../store/tables.ts';
import type { Looking } from './log-look-up.ts';
import { logLookUps } from './log-look-up.ts';

const MINUTE_MS = 60_000;
/** Searches and choices of one person in a minute. */
const MOST_PER_MINUTE = 30;

export async function nameCases(tx: Tx, looking: Looking, caseIds: readonly CaseId[]): Promise<HubResult<{ rows: FoundName[] }>> {
  if (await isTooFast(tx, looking)) return tooFast();
  const rows = await readNames(tx, caseIds);
  if (new Set(rows.map(({ creditorId }) => creditorId)).size > 1) return refuse(400, 'two-creditors', 'Cases of two creditors are never shown together.');
  await logLookUps(tx, looking, rows.map(({ caseId }) => caseId), rows.length);
  return accept({ rows });
}

export async function searchLookUps(tx: Tx, looking: Looking, asked: { text: string; creditorId: CreditorId | null }): Promise<HubResult<LookUpSearchReply>> {
  if (asked.text.replace(/[^\p{L}\p{N}]/gu, '').length < SEARCH_LEAST_LETTERS) return refuse(400, 'search-too-short', 'At least three letters or digits are needed.');
  if (await isTooFast(tx, looking)) return tooFast();
  const words = wordConditions(asked.text);
  const found = tx.selectFrom('case_overview').innerJoin('creditors', 'creditors.creditor_id', 'case_overview.creditor_id').where((eb) => eb.and(words.length === 0 ? [sql<boolean>`1 = 0`] : words));
  const creditors = asked.creditorId !== null ? [] : await found.select(['creditors.creditor_id as creditorId', 'creditors.name as creditorName']).distinct().orderBy('creditors.name').limit(SEARCH_MOST_FOUND).execute();
  const creditorId = asked.creditorId ?? (creditors.length === 1 ? creditors[0]?.creditorId : undefined);
  const ids = creditorId === undefined ? [] : await found.where('case_overview.creditor_id', '=', creditorId)
    .select('case_overview.case_id').orderBy('case_overview.case_id').limit(SEARCH_MOST_FOUND + 1).execute();
  const rows = await readNames(tx, ids.slice(0, SEARCH_MOST_FOUND).map((row) => row.case_id));
  await logLookUps(tx, looking, [null], rows.length);
  return accept({ rows, more: ids.length > SEARCH_MOST_FOUND, creditors: creditors.length > 1 ? creditors : [] });
}

async function readNames(tx: Tx, caseIds: readonly CaseId[]): Promise<FoundName[]> {
  if (caseIds.length === 0) return [];
  const rows = await tx.selectFrom('cases').innerJoin('creditors', 'creditors.creditor_id', 'cases.creditor_id')
    .select(['cases.case_id', 'cases.creditor_id', 'cases.name', 'cases.customer_code', 'creditors.name as creditor_name'])
    .where('cases.case_id', 'in', [...caseIds]).orderBy('cases.name').orderBy('cases.case_id').execute();
  return rows.map((row) => ({ caseId: row.case_id, creditorId: row.creditor_id, creditorName: row.creditor_name, customerName: row.name, customerCode: row.customer_code }));
}

async function isTooFast(tx: Tx, { userId, nowMs }: Looking): Promise<boolean> {
  const { count } = await tx.selectFrom('look_ups').select((eb) => eb.fn.countAll<number>().as('count'))
    .where('user_id', '=', userId).where('at', '>', nowMs - MINUTE_MS).where('reason', 'in', ['choice', 'search-words']).executeTakeFirstOrThrow();
  return count >= MOST_PER_MINUTE;
}

function tooFast(): ReturnType<typeof refuse> {
  return refuse(429, 'too-many-searches', 'So many searches in a minute are not of one caller.', { retryAfterMs: MINUTE_MS });
}
