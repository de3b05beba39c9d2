import type { QueryRequest, QueryOutput } from '../../../shared/contract/contract.ts';
import { readReadyCases, releaseWaiting } from '../projections/case-list.ts';
import type { Session } from '../session.ts';
import { viewContext } from '../session.ts';
import { findLease } from './find-lease.ts';

/** The best case that may be worked now, or null when none is left or the lease is over. */
export function findNextCase(session: Session, input: QueryRequest<'find-next-case'>): QueryOutput<'find-next-case'> {
  const lease = findLease(session);
  if (lease.state !== 'live') return { caseId: null, lease };
  releaseWaiting(session.db, viewContext(session).nowMs);
  const next = readReadyCases(session.db, 2).find((caseId) => caseId !== input.exceptCaseId);
  return { caseId: next ?? null, lease };
}
