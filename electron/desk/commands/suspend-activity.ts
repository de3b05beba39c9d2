import type { CommandOutput, CommandRequest } from '../../../shared/contract/contract.ts';
import type { Result } from '../../../shared/result.ts';
import { fail, ok } from '../../../shared/result.ts';
import type { Session } from '../session.ts';
import { commitDecision, needReason } from './commit-decision.ts';
import { readTypedEnd } from './read-typed-end.ts';

/** Keeps a case or an invoice out of all contact, until a day or for good. */
export function suspendActivity(session: Session, input: CommandRequest<'suspend-activity'>): Promise<Result<CommandOutput<'suspend-activity'>>> {
  return commitDecision(session, 'suspend-activity', 'activity-suspended', input, (reply, text) => {
    const { kind, invoiceId } = input;
    if (invoiceId !== null && !reply.case.invoices.some((invoice) => invoice.invoiceId === invoiceId)) {
      return fail('invoice-not-found', 'error.invoiceNotFound', { field: 'invoiceId' });
    }
    const until = kind === 'excluded' || input.untilText.trim() === '' ? ok(null) : readTypedEnd(session, input);
    if (!until.ok) return until;
    const reason = needReason(text);
    return reason.ok ? ok({ kind, invoiceId, until: until.value, reason: reason.value }) : reason;
  });
}
