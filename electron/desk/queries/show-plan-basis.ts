import { listRestDays, planBasis } from '../../../shared/case/plan-basis.ts';
import type { QueryOutput, QueryRequest } from '../../../shared/contract/contract.ts';
import type { Result } from '../../../shared/result.ts';
import { fail, ok } from '../../../shared/result.ts';
import type { Session } from '../session.ts';
import { viewContext } from '../session.ts';

/** What of a case may be put into a plan, by which limits, and the days on which no instalment falls due. */
export function showPlanBasis(session: Session, { caseId }: QueryRequest<'show-plan-basis'>): Result<QueryOutput<'show-plan-basis'>> {
  const context = viewContext(session);
  const held = session.book.get(caseId, context);
  if (held === null) return fail('case-not-found', 'error.caseNotFound');
  const basis = planBasis(held.view, context);
  return ok({ ...basis, restDays: listRestDays(held.view.rules, basis) });
}
