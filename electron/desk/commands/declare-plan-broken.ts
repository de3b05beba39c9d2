import type { CommandOutput, CommandRequest } from '../../../shared/contract/contract.ts';
import type { PlanBrokenBody } from '../../../shared/facts/agreement-bodies.ts';
import type { Result } from '../../../shared/result.ts';
import { fail, ok } from '../../../shared/result.ts';
import { viewFetched } from '../lead/lead-cases.ts';
import type { Session } from '../session.ts';
import { commitDecision, needReason } from './commit-decision.ts';
import { notOpen, openNow } from './read-act.ts';

/** The whole is due at once (art. 1186 c.c.): only where enough was missed, and confirmed twice. */
export function declarePlanBroken(session: Session, input: CommandRequest<'declare-plan-broken'>): Promise<Result<CommandOutput<'declare-plan-broken'>>> {
  const { targetFactId, confirmed } = input;
  return commitDecision(session, 'declare-plan-broken', 'plan-broken', input, (reply, text) => {
    const held = viewFetched(session, reply);
    const { plan } = openNow(session, held);
    if (plan?.targetFactId !== targetFactId) return notOpen(held.view, targetFactId);
    if (!plan.mayBeBroken) return fail('plan-not-missed', 'error.act.planNotMissed');
    const reason = needReason(text);
    if (!reason.ok) return reason;
    if (!confirmed) return fail('not-confirmed', 'error.act.notConfirmed', { field: 'confirmed' });
    const body: PlanBrokenBody = { targetFactId, reason: reason.value };
    return ok(body);
  });
}
