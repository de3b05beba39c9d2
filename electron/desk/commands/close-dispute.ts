import type { OpenDispute } from '../../../shared/case/open-agreements.ts';
import type { CommandOutput, CommandRequest } from '../../../shared/contract/contract.ts';
import type { DisputeClosedBody } from '../../../shared/facts/agreement-bodies.ts';
import type { Result } from '../../../shared/result.ts';
import { fail, ok } from '../../../shared/result.ts';
import { viewFetched } from '../lead/lead-cases.ts';
import type { Session } from '../session.ts';
import { commitDecision, needReason } from './commit-decision.ts';
import { notOpen, openNow, readActAmount } from './read-act.ts';

/** The creditor's answer: what is upheld is not owed. */
export function closeDispute(session: Session, input: CommandRequest<'close-dispute'>): Promise<Result<CommandOutput<'close-dispute'>>> {
  const { targetFactId, result } = input;
  return commitDecision(session, 'close-dispute', 'dispute-closed', input, (reply, text) => {
    const held = viewFetched(session, reply);
    const dispute = openNow(session, held).disputes.find((one) => one.targetFactId === targetFactId);
    if (dispute === undefined) return notOpen(held.view, targetFactId);
    const upheld = readUpheld(input, dispute);
    if (!upheld.ok) return upheld;
    const reason = needReason(text);
    if (!reason.ok) return reason;
    const body: DisputeClosedBody = { targetFactId, result, upheldCents: upheld.value, statedCents: upheld.value === null ? null : dispute.statedCents, note: reason.value };
    return ok(body);
  });
}

function readUpheld({ result, amountText, locale }: CommandRequest<'close-dispute'>, { disputedCents, statedCents, currency }: OpenDispute): Result<number | null> {
  if (result === 'rejected') return ok(null);
  if (statedCents <= 0 || disputedCents <= 0) return fail('dispute-nothing-open', 'error.act.nothingOpen', { field: 'result' });
  if (result === 'upheld') return ok(disputedCents);
  const amount = readActAmount(amountText, locale, 'amount', { cents: disputedCents, currency });
  if (!amount.ok) return amount;
  return amount.value === disputedCents ? fail('dispute-part-is-all', 'error.act.partIsAll', { field: 'amount' }) : amount;
}
