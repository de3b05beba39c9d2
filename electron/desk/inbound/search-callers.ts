import type { QueryOutput, QueryRequest } from '../../../shared/contract/contract.ts';
import type { CaseEntity } from '../../../shared/case/case-entity.ts';
import type { CaseId } from '../../../shared/id.ts';
import { lookUpSearchReplySchema, SEARCH_MOST_FOUND } from '../../../shared/protocol/inbound-protocol.ts';
import type { Result } from '../../../shared/result.ts';
import { ok } from '../../../shared/result.ts';
import { inWords } from '../office/ask-office.ts';
import { searchCases, searchText } from '../projections/case-search.ts';
import type { Session } from '../session.ts';
import { readEntity } from '../store/entity-store.ts';
import { listServed, readServed } from '../store/served-cases.ts';

/** Cases by words, of one creditor: at the hub, and without it among own and served ones. */
export async function searchCallers(session: Session, asked: QueryRequest<'search-callers'>): Promise<Result<QueryOutput<'search-callers'>>> {
  const answer = await session.sync.ask('POST', '/v1/look-ups/search', lookUpSearchReplySchema, asked);
  if (answer.ok) return ok({ ...answer.value, isOffline: false });
  if (answer.error.code !== 'hub-unreachable') return { ok: false, error: inWords(answer.error) };
  const found = [...searchCases(session.db, asked.text, SEARCH_MOST_FOUND + 1).flatMap((caseId) => readEntity(session.db, 'case', caseId)?.body ?? []), ...searchServed(session, asked.text)]
    .filter((entity) => asked.creditorId === null || entity.creditorId === asked.creditorId);
  const creditors = [...new Map(found.map(({ creditorId, creditorName }) => [creditorId, { creditorId, creditorName }])).values()];
  const rows = creditors.length > 1 ? [] : found.slice(0, SEARCH_MOST_FOUND).map(nameOf);
  return ok({ rows, more: found.length > SEARCH_MOST_FOUND, creditors: creditors.length > 1 ? creditors : [], isOffline: true });
}

export function listServedCases(session: Session): QueryOutput<'list-served'> {
  return { rows: listServed(session.db).flatMap((caseId) => {
    const held = readServed(session.db, caseId);
    return held === null ? [] : [{ ...nameOf(held.entity), servedAtMs: held.servedAtMs }];
  }) };
}

function searchServed({ db }: Session, text: string): CaseEntity[] {
  const words = fold(text).split(/\s+/);
  return listServed(db).flatMap((caseId: CaseId) => {
    const entity = readServed(db, caseId)?.entity ?? null;
    return entity !== null && words.every((word) => fold(searchText(entity)).includes(word)) ? [entity] : [];
  });
}

function fold(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().trim();
}

function nameOf({ caseId, creditorId, creditorName, customer }: CaseEntity): QueryOutput<'search-callers'>['rows'][number] {
  return { caseId, creditorId, creditorName, customerName: customer.name, customerCode: customer.code };
}
