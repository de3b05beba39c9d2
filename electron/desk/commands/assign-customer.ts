import type { CommandOutput, CommandRequest } from '../../../shared/contract/contract.ts';
import type { Result } from '../../../shared/result.ts';
import { ok } from '../../../shared/result.ts';
import type { Session } from '../session.ts';
import { commitDecision, needReason } from './commit-decision.ts';

/** Takes the customer back and gives it, with all cases, to another operator; the hub does it as the leases allow (ADR 0014). */
export function assignCustomer(session: Session, input: CommandRequest<'assign-customer'>): Promise<Result<CommandOutput<'assign-customer'>>> {
  return commitDecision(session, 'assign-customer', 'customer-assigned', input, (_reply, text) => {
    const reason = needReason(text);
    return reason.ok ? ok({ ownerId: input.ownerId, reason: reason.value }) : reason;
  });
}
