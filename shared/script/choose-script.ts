/**
 * Which script a call follows.
 *
 * Invariant: the tone is the case's, never the operator's choice. Where nothing may be asked for there is no script, and the operator is told so.
 */
import type { DebtorKind } from '../case/case-entity.ts';
import type { CaseView } from '../case/view-case.ts';
import type { Result } from '../result.ts';
import { fail, ok } from '../result.ts';
import type { ScriptPack } from './script-pack.ts';
import { summariseClaim } from './summarise-claim.ts';

/** The pack for the case's tone and kind of customer; the first one that fits. */
export function chooseScript(packs: readonly ScriptPack[], view: Pick<CaseView, 'tone' | 'invoices'>, kind: DebtorKind): Result<ScriptPack> {
  if (summariseClaim(view).totalCents === 0) return fail('script-nothing-to-ask', 'error.scriptNothingToAsk');
  const { tone } = view;
  const pack = packs.find((candidate) => candidate.tone === tone && candidate.audience.includes(kind));
  return pack === undefined ? fail('script-missing', 'error.scriptMissing', { tone, kind }) : ok(pack);
}
