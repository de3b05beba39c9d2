/**
 * What a script may depend on: who is called, how many invoices, what happened before.
 *
 * Invariant: conditions compare only with values that are written in the script (`script-condition.ts`); so one representative on
 * each side of every such value stands for all calls there can be, and the checker can walk every class a pack can meet.
 */
import type { DebtorKind } from '../case/case-entity.ts';
import type { PartyRole } from '../case/party.ts';
import type { Comparison } from './script-condition.ts';
import type { ScriptDirection, ScriptPack, ScriptRole, ScriptStage } from './script-pack.ts';
import { scriptStages } from './script-pack.ts';
import type { Claim } from './summarise-claim.ts';

export interface Situation {
  audience: 'person' | 'organisation';
  debtorKind: DebtorKind;
  overdueCount: number;
  upcomingCount: number;
  promiseBroken: boolean;
  someDisputed: boolean;
  someCredit: boolean;
  /** The creditor published the number that stands on its invoices. */
  hasPrintedNumber: boolean;
  stage: ScriptStage;
  direction: ScriptDirection;
  partyRole: ScriptRole;
}

/** What a call brings besides the case. */
export interface CallKind { direction: ScriptDirection; partyRole: ScriptRole; stage: ScriptStage }

/** An operator's call to the holder, the first about this. */
export const usualCall: CallKind = { direction: 'outbound', partyRole: 'holder', stage: 'first' };

/** Persons and sole traders are spoken to as persons. */
export function audienceOf(kind: DebtorKind): Situation['audience'] {
  return kind === 'person' || kind === 'sole-trader' ? 'person' : 'organisation';
}

/** Who stands in for another's debt is spoken to with words of their own. */
export function scriptRoleOf(role: PartyRole | null): ScriptRole {
  return role === 'guarantor' || role === 'co-debtor' ? 'guarantor' : 'holder';
}

/** The situation of a case with something to ask for. */
export function situationOf(claim: Claim, kind: DebtorKind, promiseBroken: boolean, hasPrintedNumber: boolean, call: CallKind): Situation {
  return {
    audience: audienceOf(kind),
    debtorKind: kind,
    overdueCount: claim.overdue.length,
    upcomingCount: claim.upcoming.length,
    promiseBroken,
    someDisputed: claim.disputedCents > 0,
    someCredit: claim.creditCents > 0,
    hasPrintedNumber,
    ...call,
  };
}

/**
 * One situation of each class that the pack can meet, as far as the named variables tell them apart; what is not named stands
 * at its first value.
 */
export function situationsOf(serves: ScriptPack['serves'], comparisons: readonly Comparison[], names: ReadonlySet<string>): Situation[] {
  const literalsOf = (name: string): number[] =>
    comparisons.flatMap(({ variable, literals }) => (variable === name ? literals.map(Number).filter(Number.isFinite) : []));
  const pick = <Value>(name: string, values: readonly Value[]): readonly Value[] => (names.has(name) ? values : values.slice(0, 1));
  const both = [false, true];
  const isCourtesy = serves.tone === 'courtesy';
  const kinds = names.has('debtorKind')
    ? serves.audience
    : serves.audience.filter((kind, index, all) => all.findIndex((other) => audienceOf(other) === audienceOf(kind)) === index);
  const spread: Situation[] = [];
  for (const debtorKind of names.has('audience') || names.has('debtorKind') ? kinds : kinds.slice(0, 1)) {
    for (const overdueCount of isCourtesy ? [0] : pick('overdueCount', countsAround(1, literalsOf('overdueCount')))) {
      for (const upcomingCount of pick('upcomingCount', countsAround(isCourtesy ? 1 : 0, literalsOf('upcomingCount')))) {
        for (const promiseBroken of pick('promiseBroken', both)) for (const someDisputed of pick('someDisputed', both)) {
          for (const someCredit of pick('someCredit', both)) for (const hasPrintedNumber of pick('hasPrintedNumber', both)) {
            for (const stage of serves.stage === 'any' ? pick('stage', scriptStages) : [serves.stage]) {
              spread.push({
                audience: audienceOf(debtorKind), debtorKind, overdueCount, upcomingCount, promiseBroken, someDisputed, someCredit,
                hasPrintedNumber, stage, direction: serves.direction, partyRole: serves.role,
              });
            }
          }
        }
      }
    }
  }
  return spread;
}

/** A count on each side of every value, none below `least`. */
function countsAround(least: number, values: readonly number[]): number[] {
  const near = values.flatMap((value) => [Math.ceil(value) - 1, Math.floor(value), Math.floor(value) + 1]);
  return [...new Set([least, least + 1, ...near])].filter((count) => count >= least).sort((one, other) => one - other);
}
