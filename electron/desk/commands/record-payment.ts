import { allocateToCase } from '../../../shared/case/allocate-to-case.ts';
import type { CommandOutput, CommandRequest } from '../../../shared/contract/contract.ts';
import type { PaymentRecordedBody } from '../../../shared/facts/agreement-bodies.ts';
import type { Result } from '../../../shared/result.ts';
import { fail, ok } from '../../../shared/result.ts';
import { viewFetched } from '../lead/lead-cases.ts';
import { withOwnFacts } from '../projections/view-held-case.ts';
import type { Session } from '../session.ts';
import { viewContext } from '../session.ts';
import { commitDecisionSaying } from './commit-decision.ts';
import { readActAmount, readActPastDay } from './read-act.ts';

/** Money that came in, by a lead's word. More than is owed is kept as it came: what went to no invoice is said. */
export function recordPayment(session: Session, input: CommandRequest<'record-payment'>): Promise<Result<CommandOutput<'record-payment'>>> {
  const { locale, method, invoiceIds } = input;
  return commitDecisionSaying(session, 'record-payment', 'payment-recorded', { ...input, reason: input.evidence }, (reply, evidence) => {
    const { entity, view } = viewFetched(session, reply);
    const amount = readActAmount(input.amountText, locale, 'amount');
    if (!amount.ok) return amount;
    const paidOn = readActPastDay(session, input.paidOnText, locale, 'paidOn');
    if (!paidOn.ok) return paidOn;
    if (evidence === '') return fail('evidence-missing', 'error.act.evidenceMissing', { field: 'reason' });
    const { currency } = view;
    const payable = new Set(view.invoices.filter((invoice) => invoice.residualCents > 0 && invoice.currency === currency).map(({ invoiceId }) => invoiceId));
    if (invoiceIds.some((invoiceId) => !payable.has(invoiceId))) return fail('invoice-not-found', 'error.act.invoiceNotOpen', { field: 'invoiceIds' });
    const payment = { amountCents: amount.value, currency, paidOn: paidOn.value };
    const held = withOwnFacts(session.db, entity);
    const given = allocateToCase({ ...payment, invoiceNumber: null, chosen: invoiceIds }, held, view.rules.conduct.agreements, viewContext(session).zone);
    // Nothing of the case is in this currency.
    const { allocations, leftCents } = typeof given === 'string' ? { allocations: [], leftCents: payment.amountCents } : given;
    const body: PaymentRecordedBody = { ...payment, method, evidence, allocations };
    const said = allocations.map(({ invoiceId, amountCents }) => ({ number: entity.invoices.find((one) => one.invoiceId === invoiceId)?.number ?? '', amountCents }));
    return ok({ body, said: { allocations: said, leftCents, currency } });
  });
}
