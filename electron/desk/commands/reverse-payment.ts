import type { CommandOutput, CommandRequest } from '../../../shared/contract/contract.ts';
import type { PaymentReversedBody } from '../../../shared/facts/agreement-bodies.ts';
import type { Result } from '../../../shared/result.ts';
import { fail, ok } from '../../../shared/result.ts';
import { viewFetched } from '../lead/lead-cases.ts';
import type { Session } from '../session.ts';
import { commitDecision, needReason } from './commit-decision.ts';
import { openNow } from './read-act.ts';

/** A payment that was entered wrongly, or came back: a person's or one of a paid list. */
export function reversePayment(session: Session, input: CommandRequest<'reverse-payment'>): Promise<Result<CommandOutput<'reverse-payment'>>> {
  const { paymentId } = input;
  return commitDecision(session, 'reverse-payment', 'payment-reversed', input, (reply, text) => {
    const held = viewFetched(session, reply);
    if (!openNow(session, held).payments.some((payment) => payment.paymentId === paymentId)) {
      const isReversed = held.view.folded.history.some((entry) => entry.kind === 'agreement' && entry.about.type === 'payment-reversed' && entry.about.body.paymentId === paymentId);
      return isReversed ? fail('agreement-closed', 'error.act.closed') : fail('agreement-not-found', 'error.act.notFound');
    }
    const reason = needReason(text);
    if (!reason.ok) return reason;
    const body: PaymentReversedBody = { paymentId, reason: reason.value };
    return ok(body);
  });
}
