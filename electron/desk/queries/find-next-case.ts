import type { QueryRequest, QueryOutput } from '../../../shared/contract/contract.ts';
import { readReadyCases } from '../projections/case-list.ts';
import { readClosedHours } from '../projections/hours-keys.ts';
import { keepListCurrent } from '../projections/keep-list-current.ts';
import type { ReadingSession } from '../session.ts';
import { findLease } from './find-lease.ts';

/** The best case that may be worked now, or null when none is left or the lease is over. */
export function findNextCase(session: ReadingSession, input: QueryRequest<'find-next-case'>): QueryOutput<'find-next-case'> {
  const lease = findLease(session);
  if (lease.state !== 'live') return { caseId: null, lease };
  keepListCurrent(session);
  const next = readReadyCases(session.db, 2, readClosedHours(session.db, session.clock.nowMs()).closed).find((caseId) => caseId !== input.exceptCaseId);
  return { caseId: next ?? null, lease };
}
