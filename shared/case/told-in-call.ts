/**
 * Whether what came of a call is said already, so that it may be closed without another code.
 *
 *   call open ──outcome saved──▶ closed
 *       │  ▲
 *       │  └── outcome saved, the call goes on ──▶ told ──closed, or with a last outcome──▶ closed
 *       └── nothing rang ──▶ taken back                 └── its only outcome annulled ──▶ open
 *
 * Invariant: only an outcome that stands counts: annulled, it told nothing. The same answer on the screen, at the desk and after a crash, because it is read from the facts.
 */
import type { CallId } from '../id.ts';
import type { CaseFact } from './case-entity.ts';
import type { FoldedCase } from './fold-case.ts';

export function isToldInCall(facts: readonly Pick<CaseFact, 'id' | 'type' | 'callId'>[], { outcomes }: Pick<FoldedCase, 'outcomes'>, callId: CallId): boolean {
  return facts.some((fact) => fact.callId === callId && fact.type === 'outcome-recorded' && outcomes.some(({ factId }) => factId === fact.id));
}
