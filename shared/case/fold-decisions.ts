/**
 * What stops work on a case, and who let it go on, from its facts.
 *
 *   outcome that stops ──▶ stop ──resumption, or the answer to a settlement──▶ none        suspension ──resumption──▶ none
 *   complaint, privacy request ──▶ clock ──resumption: answered, how and when──▶ none
 *
 * Invariants: only what names it ends a stop, a suspension (also by its own last day, which whoever places the case reads) or a clock: a talk
 * about something else answers no privacy request (GDPR art. 12(3)). The order of arrival does not matter.
 */
import type { EffectiveOutcome, ReadFact } from './fold-case.ts';
import type { OutcomeCode } from './outcome-codes.ts';
import { outcomeRules } from './outcome-rules.ts';
import type { SuspensionBody } from '../facts/decision-bodies.ts';
import type { PrioritySetBody } from '../facts/priority-bodies.ts';
import type { FactId } from '../id.ts';
import type { PlainDate } from '../time.ts';

export interface Suspension extends SuspensionBody { factId: FactId; at: number }

export const clockKinds = ['complaint', 'privacy-request'] as const;
export type ClockKind = (typeof clockKinds)[number];
/** An answer that is owed to the customer, by a day. */
export interface Clock { kind: ClockKind; factId: FactId; at: number; dueOn: PlainDate }

export interface FoldedDecisions {
  suspensions: Suspension[];
  /** Answers that are owed, the one that runs out first before the others. */
  clocks: Clock[];
  /** Outcomes after which a lead decides. */
  stops: { factId: FactId; at: number; code: OutcomeCode }[];
  /** Put before the others by a lead, newest first; whether its day has passed, whoever views the case says. */
  priorities: (PrioritySetBody & { factId: FactId; at: number })[];
  /** Somebody speaks for the customer from now on. */
  represented: { factId: FactId; at: number; name: string; contact: string } | null;
}

export function foldDecisions(facts: readonly ReadFact[], outcomes: readonly EffectiveOutcome[]): FoldedDecisions {
  const resumed = new Set(facts.flatMap((read) => (read.type === 'activity-resumed' ? [read.body.targetFactId] : [])));
  const suspensions = facts.flatMap((read) =>
    read.type === 'activity-suspended' && !resumed.has(read.fact.id) ? [{ ...read.body, factId: read.fact.id, at: read.fact.at }] : []);
  const priorities = facts.flatMap((read) => (
    read.type === 'priority-set' && read.body.queue === null && !resumed.has(read.fact.id) ? [{ ...read.body, factId: read.fact.id, at: read.fact.at }] : [])).toReversed();
  const answered = new Set(facts.flatMap((read) => (read.type === 'settlement-decided' ? [read.body.targetFactId] : [])));
  const standing = outcomes.filter((outcome) => !resumed.has(outcome.factId) && !answered.has(outcome.factId));
  const stops = standing
    .filter(({ code, outcome }) => outcomeRules[code].stop === 'lead' || outcome.refusedContact === 'person')
    .map(({ factId, at, code }) => ({ factId, at, code }));
  const speaker = standing.findLast(({ outcome }) => outcome.represented !== null);
  const represented = speaker?.outcome.represented ?? null;
  return {
    suspensions, stops, priorities,
    clocks: outcomes.flatMap(clocksOf).filter(({ factId }) => !resumed.has(factId)).sort((a, b) => (a.dueOn < b.dueOn ? -1 : a.dueOn > b.dueOn ? 1 : 0)),
    represented: speaker === undefined || represented === null ? null : { factId: speaker.factId, at: speaker.at, ...represented },
  };
}

/** What an outcome promised to answer, answered or not. */
export function clocksOf({ factId, at, outcome: { complaint, privacyRequest } }: Pick<EffectiveOutcome, 'factId' | 'at' | 'outcome'>): Clock[] {
  return [
    ...(complaint === null ? [] : [{ kind: 'complaint' as const, factId, at, dueOn: complaint.dueOn }]),
    ...(privacyRequest === null ? [] : [{ kind: 'privacy-request' as const, factId, at, dueOn: privacyRequest.dueOn }]),
  ];
}
