import { openAgreements } from '../../../shared/case/open-agreements.ts';
import type { QueryOutput, QueryRequest } from '../../../shared/contract/contract.ts';
import type { Result } from '../../../shared/result.ts';
import { fail, ok } from '../../../shared/result.ts';
import { dateOfInstant } from '../../../shared/time.ts';
import type { Session } from '../session.ts';
import { viewContext } from '../session.ts';

/** What of the agreements of a case of mine may still be acted on. */
export function showOpenAgreements(session: Session, { caseId }: QueryRequest<'show-open-agreements'>): Result<QueryOutput<'show-open-agreements'>> {
  const context = viewContext(session);
  const held = session.book.get(caseId, context);
  if (held === null) return fail('case-not-found', 'error.caseNotFound');
  const today = dateOfInstant(context.nowMs, context.zone);
  return ok({ ...openAgreements(held.view, held.entity, today), today });
}
