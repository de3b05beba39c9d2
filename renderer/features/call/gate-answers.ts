/**
 * The answers of a step as the operator sees them.
 *
 * Invariant: where a step asks who is on the line, the one answer "confirmed" becomes one for each way of knowing it, so that how it was
 * confirmed is never left out and costs no second key.
 */
import type { CallScreen, WalkScreen } from '../../../shared/contract/conduct-channels.ts';
import type { IdentityMethod, identityResults } from '../../../shared/facts/conduct-bodies.ts';
import type { OutcomeCode } from '../../../shared/case/outcome-codes.ts';

export interface GateAnswer { result: (typeof identityResults)[number]; method: IdentityMethod | null }
type Step = NonNullable<WalkScreen['step']>;

export type ShownAnswer = { key: string; label: string; method: IdentityMethod | null; suggestCode: OutcomeCode | null }
  & ({ kind: 'walk'; answerId: string; ends: boolean } | { kind: 'gate'; gate: GateAnswer });

/** `gate` null: a script read before the call, where nobody is asked. */
export function answersOf(step: Step, gate: Pick<CallScreen['gate'], 'state' | 'methods'> | null): ShownAnswer[] {
  return step.answers.flatMap((answer): ShownAnswer[] => {
    const { answerId, label, ends, suggestCode, identity } = answer;
    const plain: ShownAnswer = { kind: 'walk', key: answerId, label, method: null, suggestCode, answerId, ends };
    if (gate?.state !== 'unconfirmed' || identity === undefined || identity === 'not-now') return [plain];
    if (identity !== 'confirmed') return [{ kind: 'gate', key: answerId, label, method: null, suggestCode, gate: { result: identity, method: null } }];
    return gate.methods.map((method) => ({ kind: 'gate', key: `${answerId}-${method}`, label, method, suggestCode: null, gate: { result: 'confirmed', method } }));
  });
}
