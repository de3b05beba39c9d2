import { readOutcomeForm } from '../../../shared/case/read-outcome-form.ts';
import type { CommandOutput, CommandRequest } from '../../../shared/contract/contract.ts';
import type { Result } from '../../../shared/result.ts';
import { fail, ok } from '../../../shared/result.ts';
import { viewFetched } from '../lead/lead-cases.ts';
import type { Session } from '../session.ts';
import { viewContext } from '../session.ts';
import { commitDecision, needReason } from './commit-decision.ts';

/** Replaces or annuls an outcome of anybody, whenever it was saved; both stay in the history (domain §3.10). */
export function correctAsLead(session: Session, input: CommandRequest<'correct-as-lead'>): Promise<Result<CommandOutput<'correct-as-lead'>>> {
  return commitDecision(session, 'correct-as-lead', 'outcome-corrected', input, (reply, text) => {
    const { targetFactId, form, locale } = input;
    const stands = viewFetched(session, reply).view.folded.outcomes.some(({ factId }) => factId === targetFactId);
    if (!stands) return fail('correction-target-missing', 'error.correctionTargetMissing');
    const reason = needReason(text);
    if (!reason.ok) return reason;
    if (form === null) return ok({ targetFactId, replacement: null, reason: reason.value });
    const { nowMs, zone } = viewContext(session);
    const replacement = readOutcomeForm(form, { view: viewFetched(session, reply, targetFactId).view, nowMs, zone, locale });
    return replacement.ok ? ok({ targetFactId, replacement: replacement.value, reason: reason.value }) : replacement;
  });
}
