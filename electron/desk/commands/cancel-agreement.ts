import type { CommandOutput, CommandRequest } from '../../../shared/contract/contract.ts';
import type { AgreementCancelledBody } from '../../../shared/facts/agreement-bodies.ts';
import type { Result } from '../../../shared/result.ts';
import { ok } from '../../../shared/result.ts';
import type { Session } from '../session.ts';
import { commitCaseFact } from './commit-case-fact.ts';
import { needReason } from './commit-decision.ts';
import { notOpen, openNow } from './read-act.ts';

/** A promise or a plan is taken back by agreement. */
export function cancelAgreement(session: Session, input: CommandRequest<'cancel-agreement'>): Result<CommandOutput<'cancel-agreement'>> {
  const { targetFactId } = input;
  return commitCaseFact(session, 'cancel-agreement', 'agreement-cancelled', input, (held) => {
    const { promise, plan } = openNow(session, held);
    if (promise?.targetFactId !== targetFactId && plan?.targetFactId !== targetFactId) return notOpen(held.view, targetFactId);
    const reason = needReason(input.reason.trim());
    if (!reason.ok) return reason;
    const body: AgreementCancelledBody = { targetFactId, reason: reason.value };
    return ok({ body, said: {} });
  });
}
