/**
 * The next best action for what was heard: from cause, tone and the state of the case to a code and the reason for it.
 *
 * Invariants: listening drives it (domain §3.4): without a cause there is no proposal; it proposes, it never decides, and
 * never what the case makes senseless (a promise with nothing left to ask for). The reason is a translation key `advice.<reason>`.
 */
import type { Tone } from './case-entity.ts';
import type { CauseCode, OutcomeCode } from './outcome-codes.ts';
import { outcomeRules } from './outcome-rules.ts';
import type { ShownPromiseState } from '../payments/promise-state.ts';

/** From here on a customer short of money is offered instalments instead of one day. */
export const PLAN_FROM_CENTS = 50_000;

export const adviceReasons = [
  'resend', 'dispute', 'administrative', 'plan', 'one-date', 'plan-lasting', 'settle', 'promise', 'promise-courtesy',
  'promise-again', 'paid', 'dispute-open', 'dispute-recorded',
] as const;
export type AdviceReason = (typeof adviceReasons)[number];

export interface NextAction { code: OutcomeCode; reason: AdviceReason }

export interface ActionSituation {
  cause: CauseCode | null;
  tone: Tone;
  /** What may be asked for now. */
  claimableCents: number;
  disputedCents: number;
  promise: { state: ShownPromiseState } | null;
}

/** The action proposed, or null where none is better than another. */
export function suggestNextAction(situation: ActionSituation): NextAction | null {
  const { cause, tone, claimableCents, disputedCents } = situation;
  if (cause === null || cause === 'other') return null;
  const nothingToAsk = claimableCents <= 0;
  switch (cause) {
    case 'invoice-not-received': return { code: 'RES', reason: 'resend' };
    case 'administrative': return { code: 'RES', reason: 'administrative' };
    case 'billing-error':
    case 'not-conforming':
      return nothingToAsk ? recorded(disputedCents) : { code: 'DSP', reason: 'dispute' };
    case 'dispute-pending':
      return disputedCents > 0 ? recorded(disputedCents) : { code: 'DSP', reason: 'dispute-open' };
    case 'already-paid': return { code: 'PAID', reason: 'paid' };
    case 'temporary-liquidity':
      if (nothingToAsk) return null;
      return claimableCents >= PLAN_FROM_CENTS ? { code: 'PLN', reason: 'plan' } : { code: 'PTP', reason: 'one-date' };
    case 'permanent-difficulty':
      if (nothingToAsk) return null;
      return tone === 'recovery' ? { code: 'SET', reason: 'settle' } : { code: 'PLN', reason: 'plan-lasting' };
    case 'opportunistic':
    case 'forgot':
      return nothingToAsk ? null : { code: 'PTP', reason: promiseReason(situation) };
  }
}

function recorded(disputedCents: number): NextAction | null {
  return disputedCents > 0 ? { code: 'RPC', reason: 'dispute-recorded' } : null;
}

function promiseReason({ tone, promise }: ActionSituation): AdviceReason {
  if (promise?.state === 'broken') return 'promise-again';
  return tone === 'courtesy' ? 'promise-courtesy' : 'promise';
}

/** A proposal stands beside a form without an agreement: what was agreed is not talked over. */
export function isOpenToAdvice(code: OutcomeCode | null): boolean {
  return code === null || outcomeRules[code].class === 'right-party';
}
