import type { CaseFact } from '../../../shared/case/case-entity.ts';
import type { EffectiveOutcome } from '../../../shared/case/fold-case.ts';
import { foldCase } from '../../../shared/case/fold-case.ts';
import { outcomeRules } from '../../../shared/case/outcome-rules.ts';
import { promisedCents } from '../../../shared/facts/agreement-details.ts';
import type { QueryOutput } from '../../../shared/contract/contract.ts';
import { dateOfInstant, instantOf, timeOfInstant } from '../../../shared/time.ts';
import type { ReadingSession } from '../session.ts';
import { viewContext } from '../session.ts';
import { readCaseFactsSince } from '../store/fact-store.ts';

/** The chart shows at least these hours, so that it does not jump with the first call. */
const USUAL_HOURS = { first: 9, last: 18 };

/** My own numbers of today, corrections applied; nobody else's, and told to nobody (domain §3.11). */
export function showToday(session: ReadingSession): QueryOutput<'show-today'> {
  const { nowMs, zone } = viewContext(session);
  const startMs = instantOf(dateOfInstant(nowMs, zone), '00:00', zone);
  const facts = readCaseFactsSince(session.db, startMs);
  const { outcomes } = foldCase(facts);
  const calls = onePerCall(outcomes, facts).filter(({ outcome }) => outcome.channel === 'phone-outbound' || outcome.channel === 'phone-inbound');
  const rightParty = calls.filter(isRightParty);
  const promises = outcomes.flatMap(({ outcome }) => (outcome.promise === null ? [] : [outcome.promise]));
  const promised = new Map<string, number>();
  for (const promise of promises) promised.set(promise.currency, (promised.get(promise.currency) ?? 0) + promisedCents(promise));
  return {
    calls: calls.length,
    rightParty: rightParty.length,
    promises: promises.length,
    promised: [...promised].map(([currency, amountCents]) => ({ currency, amountCents })),
    contactPercent: calls.length === 0 ? null : Math.round((rightParty.length * 100) / calls.length),
    byHour: countByHour(calls, zone),
  };
}

/** A call that went on has several outcomes and is one call: by its last, or the last that was told to the right party. */
function onePerCall(outcomes: readonly EffectiveOutcome[], facts: readonly CaseFact[]): EffectiveOutcome[] {
  const callOf = new Map(facts.map(({ id, callId }) => [id, callId]));
  const calls = new Map<string, EffectiveOutcome>();
  for (const outcome of outcomes) {
    const key = callOf.get(outcome.factId) ?? outcome.factId;
    const before = calls.get(key);
    if (before === undefined || isRightParty(outcome) || !isRightParty(before)) calls.set(key, outcome);
  }
  return [...calls.values()];
}

function isRightParty({ code, outcome }: EffectiveOutcome): boolean {
  return ['success', 'right-party'].includes(outcomeRules[code].class) && outcome.spokeWith !== 'other';
}

function countByHour(calls: readonly EffectiveOutcome[], zone: string): QueryOutput<'show-today'>['byHour'] {
  const hours = calls.map(({ at }) => Number(timeOfInstant(at, zone).slice(0, 2)));
  const first = Math.min(USUAL_HOURS.first, ...hours);
  const last = Math.max(USUAL_HOURS.last, ...hours);
  return Array.from({ length: last - first + 1 }, (_, index) => {
    const hour = first + index;
    const inHour = calls.filter((_call, position) => hours[position] === hour);
    return { hour, calls: inHour.length, rightParty: inHour.filter(isRightParty).length };
  });
}
