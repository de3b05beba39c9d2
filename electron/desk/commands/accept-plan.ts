import type { CommandOutput, CommandRequest } from '../../../shared/contract/contract.ts';
import type { PlanAcceptedBody } from '../../../shared/facts/agreement-bodies.ts';
import type { Result } from '../../../shared/result.ts';
import { fail, ok } from '../../../shared/result.ts';
import type { Session } from '../session.ts';
import { commitCaseFact } from './commit-case-fact.ts';
import { notOpen, openNow, todayOf } from './read-act.ts';

/** The customer, who thought a plan over, says yes after it was read back once more. One that has begun without them is proposed anew. */
export function acceptPlan(session: Session, input: CommandRequest<'accept-plan'>): Result<CommandOutput<'accept-plan'>> {
  const { targetFactId, readBack } = input;
  return commitCaseFact(session, 'accept-plan', 'plan-accepted', input, (held) => {
    const { plan } = openNow(session, held);
    if (plan?.targetFactId !== targetFactId || plan.state !== 'proposed') return notOpen(held.view, targetFactId);
    if (plan.instalments.some(({ dueOn }) => dueOn < todayOf(session))) return fail('plan-outdated', 'error.act.planOutdated');
    if (!readBack) return fail('plan-not-read-back', 'error.act.notReadBack', { field: 'readBack' });
    const body: PlanAcceptedBody = { targetFactId, readBack: true };
    return ok({ body, said: {} });
  });
}
