import type { CommandOutput, CommandRequest } from '../../../shared/contract/contract.ts';
import type { Result } from '../../../shared/result.ts';
import { fail, ok } from '../../../shared/result.ts';
import type { Session } from '../session.ts';
import { commitDecision, needReason } from './commit-decision.ts';

/** Longer than a week is no exception any more. */
const MOST_DAYS = 7;

/** A lead lets frequency be exceeded, for a reason and until a moment; nothing else gives way. */
export function allowContact(session: Session, input: CommandRequest<'allow-contact'>): Promise<Result<CommandOutput<'allow-contact'>>> {
  return commitDecision(session, 'allow-contact', 'contact-allowed', input, (_reply, text) => {
    const nowMs = session.clock.nowMs();
    if (input.untilMs <= nowMs) return fail('allowance-in-past', 'error.allowanceInPast', { field: 'untilMs' });
    if (input.untilMs > nowMs + MOST_DAYS * 86_400_000) return fail('allowance-too-far', 'error.allowanceTooFar', { field: 'untilMs', days: MOST_DAYS });
    const reason = needReason(text);
    return reason.ok ? ok({ until: input.untilMs, reason: reason.value }) : reason;
  });
}
