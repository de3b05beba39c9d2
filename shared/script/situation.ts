/**
 * What a script may depend on: who is called, how many invoices, what happened before.
 *
 * Invariant: a situation is finite, so that the checker can walk every one a tone can meet and prove that no
 * step falls silent and no variable is missing.
 */
import type { DebtorKind, Tone } from '../case/case-entity.ts';
import type { Claim } from './summarise-claim.ts';

export const countClasses = ['none', 'one', 'few', 'many'] as const;
export type CountClass = (typeof countClasses)[number];

/** Above this one does not read a list aloud. */
const maxFew = 4;

export interface Situation {
  audience: 'person' | 'organisation';
  overdue: CountClass;
  upcoming: CountClass;
  promiseBroken: boolean;
  someDisputed: boolean;
  someCredit: boolean;
}

export const conditions = [
  'person', 'organisation', 'one-invoice', 'several-invoices', 'some-overdue', 'one-overdue', 'several-overdue', 'few-overdue', 'many-overdue',
  'some-upcoming', 'no-upcoming', 'one-upcoming', 'several-upcoming', 'few-upcoming', 'many-upcoming', 'promise-broken', 'no-promise-broken',
  'some-disputed', 'some-credit',
] as const;
export type Condition = (typeof conditions)[number];

/** Whether a condition holds in a situation. */
export function holds(condition: Condition, situation: Situation): boolean {
  const { overdue, upcoming } = situation;
  const isSeveral = (count: CountClass): boolean => count === 'few' || count === 'many';
  const isOneInAll = (overdue === 'one' && upcoming === 'none') || (overdue === 'none' && upcoming === 'one');
  switch (condition) {
    case 'person': return situation.audience === 'person';
    case 'organisation': return situation.audience === 'organisation';
    case 'one-invoice': return isOneInAll;
    case 'several-invoices': return !isOneInAll;
    case 'some-overdue': return overdue !== 'none';
    case 'one-overdue': return overdue === 'one';
    case 'several-overdue': return isSeveral(overdue);
    case 'few-overdue': return overdue === 'few';
    case 'many-overdue': return overdue === 'many';
    case 'some-upcoming': return upcoming !== 'none';
    case 'no-upcoming': return upcoming === 'none';
    case 'one-upcoming': return upcoming === 'one';
    case 'several-upcoming': return isSeveral(upcoming);
    case 'few-upcoming': return upcoming === 'few';
    case 'many-upcoming': return upcoming === 'many';
    case 'promise-broken': return situation.promiseBroken;
    case 'no-promise-broken': return !situation.promiseBroken;
    case 'some-disputed': return situation.someDisputed;
    case 'some-credit': return situation.someCredit;
  }
}

/** The situation of a case with something to ask for. */
export function situationOf(claim: Claim, kind: DebtorKind, promiseBroken: boolean): Situation {
  return {
    audience: kind === 'person' || kind === 'sole-trader' ? 'person' : 'organisation',
    overdue: classOf(claim.overdue.length),
    upcoming: classOf(claim.upcoming.length),
    promiseBroken,
    someDisputed: claim.disputedCents > 0,
    someCredit: claim.creditCents > 0,
  };
}

/** Every situation in which a script of this tone and audience can be used. */
export function situationsOf(tone: Tone, audience: readonly DebtorKind[]): Situation[] {
  const audiences = new Set(audience.map((kind): Situation['audience'] => (kind === 'person' || kind === 'sole-trader' ? 'person' : 'organisation')));
  const both = [false, true];
  return [...audiences].flatMap((who) => countClasses.flatMap((overdue) => countClasses.flatMap((upcoming) => {
    if (tone === 'courtesy' ? overdue !== 'none' || upcoming === 'none' : overdue === 'none') return [];
    return both.flatMap((promiseBroken) => both.flatMap((someDisputed) => both.map((someCredit) => (
      { audience: who, overdue, upcoming, promiseBroken, someDisputed, someCredit }))));
  })));
}

function classOf(count: number): CountClass {
  if (count === 0) return 'none';
  if (count === 1) return 'one';
  return count <= maxFew ? 'few' : 'many';
}
