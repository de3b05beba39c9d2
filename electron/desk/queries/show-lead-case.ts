import { openAgreements } from '../../../shared/case/open-agreements.ts';
import { outcomeRules } from '../../../shared/case/outcome-rules.ts';
import type { QueryOutput, QueryRequest } from '../../../shared/contract/contract.ts';
import { mayDecide } from '../../../shared/facts/decision-rules.ts';
import type { Result } from '../../../shared/result.ts';
import { fail, ok } from '../../../shared/result.ts';
import { dateOfInstant } from '../../../shared/time.ts';
import { fetchCase, isOwnOutcome, viewFetched } from '../lead/lead-cases.ts';
import { leadFrequency } from '../lead/lead-frequency.ts';
import { resumablesOf } from '../lead/resumables.ts';
import type { Session } from '../session.ts';
import { viewContext } from '../session.ts';
import { describeCase } from './show-case.ts';

/** Any case, as its operator sees it, with what a lead may decide about it. */
export async function showLeadCase(session: Session, input: QueryRequest<'show-lead-case'>): Promise<Result<QueryOutput<'show-lead-case'>>> {
  if (!mayDecide(session.user.role)) return fail('lead-only', 'error.leadOnly');
  const reply = await fetchCase(session, input.caseId);
  if (!reply.ok) return reply;
  const held = viewFetched(session, reply.value);
  const context = viewContext(session);
  const screen = describeCase(session, held, context);
  return ok({
    screen: { ...screen, draft: null, history: screen.history.map((entry) => ({ ...entry, correctable: false })) },
    assignment: reply.value.assignment,
    resumable: resumablesOf(held),
    agreements: openAgreements(held.view, held.entity, dateOfInstant(context.nowMs, context.zone)),
    ownSettlements: held.view.folded.outcomes.flatMap(({ factId, outcome }) => (outcome.settlement !== null && isOwnOutcome(session, held, factId) ? [factId] : [])),
    frequency: leadFrequency(session, held, reply.value),
    standing: held.view.folded.outcomes.map(({ factId, code, audit }) => ({ factId, auditable: outcomeRules[code].auditable && audit === null })),
  });
}
