/**
 * What stops work on a case, and who let it go on, from its facts.
 *
 *   outcome that stops ──▶ stop ──resumption──▶ none        suspension ──resumption──▶ none
 *
 * Invariant: only a resumption that names it ends a stop or a suspension (a suspension also by its own last day, which
 * whoever places the case reads); the order of arrival does not matter.
 */
import type { EffectiveOutcome, ReadFact } from './fold-case.ts';
import type { OutcomeCode } from './outcome-codes.ts';
import { outcomeRules } from './outcome-rules.ts';
import type { SuspensionBody } from '../facts/decision-bodies.ts';
import type { FactId } from '../id.ts';

export interface Suspension extends SuspensionBody { factId: FactId; at: number }

export interface FoldedDecisions {
  suspensions: Suspension[];
  /** Outcomes after which a lead decides. */
  stops: { factId: FactId; at: number; code: OutcomeCode }[];
  /** Somebody speaks for the customer from now on. */
  represented: { factId: FactId; at: number; name: string; contact: string } | null;
}

export function foldDecisions(facts: readonly ReadFact[], outcomes: readonly EffectiveOutcome[]): FoldedDecisions {
  const resumed = new Set(facts.flatMap((read) => (read.type === 'activity-resumed' ? [read.body.targetFactId] : [])));
  const suspensions = facts.flatMap((read) =>
    read.type === 'activity-suspended' && !resumed.has(read.fact.id) ? [{ ...read.body, factId: read.fact.id, at: read.fact.at }] : []);
  const standing = outcomes.filter((outcome) => !resumed.has(outcome.factId));
  const stops = standing
    .filter(({ code, outcome }) => outcomeRules[code].stop === 'lead' || outcome.refusedContact === 'person')
    .map(({ factId, at, code }) => ({ factId, at, code }));
  const speaker = standing.findLast(({ outcome }) => outcome.represented !== null);
  const represented = speaker?.outcome.represented ?? null;
  return {
    suspensions, stops,
    represented: speaker === undefined || represented === null ? null : { factId: speaker.factId, at: speaker.at, ...represented },
  };
}
