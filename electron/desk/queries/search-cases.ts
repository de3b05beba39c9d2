import { comparePlacements } from '../../../shared/case/place-case.ts';
import type { QueryRequest, QueryOutput } from '../../../shared/contract/contract.ts';
import { searchCases as searchIndex } from '../projections/case-search.ts';
import type { Session } from '../session.ts';
import { viewContext } from '../session.ts';
import { readDraftIds } from '../store/draft-store.ts';
import { worklistRow } from './worklist-row.ts';

const MOST_RESULTS = 50;

/** Cases that contain a word beginning with each typed word, best case first. */
export function searchCases(session: Session, input: QueryRequest<'search-cases'>): QueryOutput<'search-cases'> {
  const drafts = readDraftIds(session.db);
  const context = viewContext(session);
  const found = searchIndex(session.db, input.text, MOST_RESULTS).flatMap((caseId) => session.book.get(caseId, context) ?? []);
  return { rows: found.sort((a, b) => comparePlacements(a.view.placement, b.view.placement, context.nowMs)).map((held) => worklistRow(held, drafts, context.nowMs)) };
}
