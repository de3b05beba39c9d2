import type { QueryRequest, QueryOutput } from '../../../shared/contract/contract.ts';
import type { Session } from '../session.ts';
import { viewContext } from '../session.ts';

/** The best case that may be worked now, or null when none is left. */
export function findNextCase(session: Session, input: QueryRequest<'find-next-case'>): QueryOutput<'find-next-case'> {
  const next = session.book
    .list(viewContext(session))
    .find(({ entity, view }) => view.blocked === null && entity.caseId !== input.exceptCaseId);
  return { caseId: next?.entity.caseId ?? null };
}
