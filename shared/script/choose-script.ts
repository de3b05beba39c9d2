/**
 * Which script a call follows.
 *
 * Invariants: the tone is the case's, never the operator's choice; what the house published goes before what the product brings along,
 * and a pack written for this very stage before one for any. Where nothing may be asked for there is no script, and the operator is told so.
 */
import type { DebtorKind } from '../case/case-entity.ts';
import type { EffectiveOutcome } from '../case/fold-case.ts';
import { outcomeRules } from '../case/outcome-rules.ts';
import type { CaseView } from '../case/view-case.ts';
import type { Result } from '../result.ts';
import { fail, ok } from '../result.ts';
import { instantOf } from '../time.ts';
import type { ScriptPack, ScriptStage } from './script-pack.ts';
import type { CallKind } from './situation.ts';
import { usualCall } from './situation.ts';
import { summariseClaim } from './summarise-claim.ts';

/**
 * The pack for the case's tone and kind of customer and for this call.
 * @param packs those that the product brings along
 * @param published those in force at the house, resolved
 */
export function chooseScript(
  packs: readonly ScriptPack[], view: Pick<CaseView, 'tone' | 'invoices'>, kind: DebtorKind, call: CallKind = usualCall, published: readonly ScriptPack[] = [],
): Result<ScriptPack> {
  if (summariseClaim(view).totalCents === 0) return fail('script-nothing-to-ask', 'error.scriptNothingToAsk');
  const { tone } = view;
  const { direction, partyRole, stage } = call;
  for (const shelf of [published, packs]) {
    const fitting = shelf.filter(({ serves }) =>
      serves.tone === tone && serves.audience.includes(kind) && serves.direction === direction && serves.role === partyRole);
    const pack = fitting.find(({ serves }) => serves.stage === stage) ?? fitting.find(({ serves }) => serves.stage === 'any');
    if (pack !== undefined) return ok(pack);
  }
  return fail('script-missing', 'error.scriptMissing', { tone, kind, direction, role: partyRole, stage });
}

/**
 * Which reminder a call now would be: by the conversations on the telephone with the right party since the oldest invoice that may be
 * asked for fell due. Attempts and third parties are no reminder.
 */
export function stageOf(view: Pick<CaseView, 'invoices'>, outcomes: readonly EffectiveOutcome[], zone: string): ScriptStage {
  const oldest = summariseClaim(view).overdue[0];
  if (oldest === undefined) return 'first';
  const overdueFrom = instantOf(oldest.dueDate, '23:59', zone);
  const reminders = outcomes.filter(({ at, code, outcome }) => {
    const isConversation = ['success', 'right-party'].includes(outcomeRules[code].class) && outcome.spokeWith !== 'other';
    return at > overdueFrom && isConversation && (outcome.channel === 'phone-outbound' || outcome.channel === 'phone-inbound');
  }).length;
  if (reminders === 0) return 'first';
  return reminders === 1 ? 'second' : 'last';
}
