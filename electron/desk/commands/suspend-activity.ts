import { readTypedDate } from '../../../shared/case/read-typed-date.ts';
import type { CommandOutput, CommandRequest } from '../../../shared/contract/contract.ts';
import type { Result } from '../../../shared/result.ts';
import { fail, ok } from '../../../shared/result.ts';
import type { PlainDate } from '../../../shared/time.ts';
import { dateOfInstant } from '../../../shared/time.ts';
import type { Session } from '../session.ts';
import { viewContext } from '../session.ts';
import { commitDecision, needReason } from './commit-decision.ts';

/** Keeps a case or an invoice out of all contact, until a day or for good. */
export function suspendActivity(session: Session, input: CommandRequest<'suspend-activity'>): Promise<Result<CommandOutput<'suspend-activity'>>> {
  return commitDecision(session, 'suspend-activity', 'activity-suspended', input, (reply, text) => {
    const { kind, invoiceId } = input;
    if (invoiceId !== null && !reply.case.invoices.some((invoice) => invoice.invoiceId === invoiceId)) {
      return fail('invoice-not-found', 'error.invoiceNotFound', { field: 'invoiceId' });
    }
    const until = kind === 'excluded' ? ok(null) : readEnd(session, input);
    if (!until.ok) return until;
    const reason = needReason(text);
    return reason.ok ? ok({ kind, invoiceId, until: until.value, reason: reason.value }) : reason;
  });
}

function readEnd(session: Session, { untilText, locale }: CommandRequest<'suspend-activity'>): Result<PlainDate | null> {
  if (untilText.trim() === '') return ok(null);
  const { nowMs, zone } = viewContext(session);
  const today = dateOfInstant(nowMs, zone);
  const until = readTypedDate(untilText, { today, locale });
  if (!until.ok) return fail(until.error.code, until.error.messageKey, { ...until.error.details, field: 'until' });
  return until.value < today ? fail('end-in-the-past', 'error.endInThePast', { field: 'until' }) : until;
}
