import type { CommandOutput, CommandRequest } from '../../../shared/contract/contract.ts';
import type { SettlementDecidedBody } from '../../../shared/facts/agreement-bodies.ts';
import type { Result } from '../../../shared/result.ts';
import { fail, ok } from '../../../shared/result.ts';
import { isOwnOutcome, viewFetched } from '../lead/lead-cases.ts';
import type { Session } from '../session.ts';
import { commitDecision, needReason } from './commit-decision.ts';
import { notOpen, openNow, readActAmount, readActDay, todayOf } from './read-act.ts';

/** Less than the debt is taken, or not: before this nothing binds. */
export function decideSettlement(session: Session, input: CommandRequest<'decide-settlement'>): Promise<Result<CommandOutput<'decide-settlement'>>> {
  const { targetFactId, verdict, amountText, payByText, locale } = input;
  return commitDecision(session, 'decide-settlement', 'settlement-decided', input, (reply, text) => {
    const held = viewFetched(session, reply);
    const offer = openNow(session, held).settlements.find((one) => one.targetFactId === targetFactId);
    if (offer === undefined) return notOpen(held.view, targetFactId);
    if (isOwnOutcome(session, held, targetFactId)) return fail('settlement-own', 'error.settlementOwn');
    if (verdict === 'refused') {
      const reason = needReason(text);
      if (!reason.ok) return reason;
      const body: SettlementDecidedBody = { targetFactId, verdict, amountCents: null, currency: null, payBy: null, reason: reason.value };
      return ok(body);
    }
    const { currency } = offer;
    const amount = amountText.trim() === '' ? ok(offer.offeredCents) : readActAmount(amountText, locale, 'amount');
    if (!amount.ok) return amount;
    const mostCents = held.view.claimableCents;
    if (amount.value > mostCents) return fail('amount-too-large', 'error.act.amountTooLarge', { amountCents: mostCents, currency, field: 'amount' });
    const payBy = payByText.trim() === '' ? ok(offer.payBy) : readActDay(session, payByText, locale, 'payBy');
    if (!payBy.ok) return payBy;
    if (payBy.value < todayOf(session)) return fail('date-in-past', 'error.dateInPast', { field: 'payBy' });
    const body: SettlementDecidedBody = { targetFactId, verdict, amountCents: amount.value, currency, payBy: payBy.value, reason: text === '' ? null : text };
    return ok(body);
  });
}
