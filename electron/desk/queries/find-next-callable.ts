import type { QueryOutput, QueryRequest } from '../../../shared/contract/contract.ts';
import { askPolicy, beginAsking } from '../conduct/ask-policy.ts';
import { targetsOf } from '../conduct/contact-request.ts';
import type { CaseInBook } from '../projections/case-book.ts';
import { readReadyCases } from '../projections/case-list.ts';
import { readClosedHours } from '../projections/hours-keys.ts';
import { keepListCurrent } from '../projections/keep-list-current.ts';
import type { ReadingSession } from '../session.ts';
import { viewContext } from '../session.ts';
import { findLease } from './find-lease.ts';

/** Beyond so many that may not be rung the operator looks at the list: something is the matter with all of them. */
const MOST_TRIED = 50;

/** The best case whose next number by rule may be rung now, or null; asked for before it is shown, and again by the permit when it is dialled. */
export function findNextCallable(session: ReadingSession, input: QueryRequest<'find-next-callable'>): QueryOutput<'find-next-callable'> {
  const lease = findLease(session);
  if (lease.state !== 'live') return { caseId: null, lease };
  keepListCurrent(session);
  const context = viewContext(session);
  const ready = readReadyCases(session.db, MOST_TRIED + 1, readClosedHours(session.db, context.nowMs).closed);
  const next = ready.find((caseId) => {
    const held = caseId === input.exceptCaseId ? null : session.book.get(caseId, context);
    return held !== null && mayBeRung(session, held);
  });
  return { caseId: next ?? null, lease };
}

/** As the page chooses it: the first that is usable, in the order in which to ring them. */
function mayBeRung(session: ReadingSession, held: CaseInBook): boolean {
  const target = targetsOf(held.view, 'phone-outbound', null).find(({ usable }) => usable);
  return target !== undefined && askPolicy(beginAsking(session, held), 'phone-outbound', target).allowed;
}
