/**
 * How often: limits of conversations, attempts and calls, each with the first moment at which it holds again.
 *
 * Invariants: days are those of the customer, and where several zones are possible a limit must hold in each. Rounds are the least number
 * of spans of `roundMinutes` that hold the day's attempts, so more attempts never make fewer rounds; a call belongs to a round that is
 * under way if every attempt of the last `hoursBetweenRounds` lies within `roundMinutes` of it.
 */
import type { ContactCounters, ContactRequest } from './contact-request.ts';
import type { ContactPolicy } from './policy-pack.ts';
import type { Attempt, ContactHistory, FreeTime } from './read-history.ts';
import type { FrequencyCode } from './policy-codes.ts';
import type { ZoneDays } from './zone-days.ts';
import { HOUR_MS, MINUTE_MS, weekdayOf } from './zone-days.ts';

interface Limit {
  code(instantMs: number): FrequencyCode;
  /** The first moment, not before the given one, at which the limit holds, if nothing new happens. */
  next(instantMs: number): number;
}

type Rounds = NonNullable<ContactPolicy['attempts']>;
type Week = Rounds['week'];

/** What frequency says from an instant on. */
export interface Frequency {
  /** Limits that do not hold, each with the moment from which it does. */
  broken: (instantMs: number) => { code: FrequencyCode; until: number }[];
  next: (instantMs: number) => number;
  counters: ContactCounters;
}

/** The limits of a policy over what was read of the rows. */
export function makeFrequency(policy: ContactPolicy, request: ContactRequest, history: ContactHistory, zones: readonly ZoneDays[]): Frequency {
  const counts = zones.map((days) => countDays(policy, history, days));
  const limits = makeLimits(policy, request, history, counts);
  const { free } = history;
  const overriddenUntil = request.frequencyOverride?.untilMs ?? -Infinity;
  const isFree = (instantMs: number): boolean => instantMs <= overriddenUntil || free.some(({ from, to }) => from <= instantMs && instantMs < to);
  const nextHeld = (instantMs: number): number => {
    let moment = instantMs;
    for (;;) {
      const before = moment;
      for (const limit of limits) moment = limit.next(moment);
      if (moment === before) return moment;
    }
  };
  return {
    counters: countersOf(policy, counts, request.nowMs),
    broken: (instantMs) => (isFree(instantMs) ? [] : limits.flatMap((limit) => {
      const until = limit.next(instantMs);
      return until === instantMs ? [] : [{ code: limit.code(instantMs), until }];
    })),
    next: (instantMs) => (limits.length === 0 || isFree(instantMs) ? instantMs : nextFree(free, instantMs, nextHeld(instantMs))),
  };
}

/** The earlier of a moment and the next time in which frequency does not bind. */
export function nextFree(free: readonly FreeTime[], instantMs: number, otherwise: number): number {
  let earliest = otherwise;
  for (const { from, to } of free) if (from < earliest && to > Math.max(from, instantMs)) earliest = Math.max(from, instantMs);
  return earliest;
}

/** What was counted, by the days of one zone. */
interface DayCounts {
  days: ZoneDays;
  conversations: number[];
  calls: number[];
  rounds: ReadonlyMap<number, DayRounds>;
}

function countDays({ attempts }: ContactPolicy, history: ContactHistory, days: ZoneDays): DayCounts {
  return {
    days, conversations: history.conversations.map((at) => days.dayOf(at)), calls: history.calls.map((at) => days.dayOf(at)),
    rounds: attempts === null ? new Map<number, DayRounds>() : roundsByDay(history.attempts, days, attempts.roundMinutes * MINUTE_MS),
  };
}

function makeLimits(policy: ContactPolicy, { channel, to, nowMs }: ContactRequest, history: ContactHistory, counts: readonly DayCounts[]): Limit[] {
  const { conversations, attempts, calls } = policy;
  const limits: Limit[] = [];
  for (const { days, conversations: talks, calls: called, rounds } of counts) {
    if (talks.length > 0 && conversations.channels.includes(channel)) {
      if (conversations.restDays > 0) limits.push(dayLimit('conversation-rest', days, talks, 1, (day) => day - conversations.restDays + 1));
      if (conversations.perWeek !== null) limits.push(dayLimit('conversations-week', days, talks, conversations.perWeek, firstOfWeek(conversations.week)));
      if (conversations.perDay !== null) limits.push(dayLimit('conversations-today', days, talks, conversations.perDay, (day) => day));
    }
    if (channel !== 'phone') continue;
    if (calls !== null && called.length > 0) limits.push(dayLimit('calls-in-days', days, called, calls.most, (day) => day - calls.days + 1));
    if (attempts !== null && rounds.size > 0) limits.push(...roundLimits(attempts, days, rounds));
  }
  if (attempts !== null && channel === 'phone') {
    // What lies further back rests no more.
    const recent = history.attempts.filter(({ at }) => at > nowMs - attempts.hoursBetweenRounds * HOUR_MS);
    if (recent.length > 0) limits.push(gapLimit(attempts, recent, to.value));
  }
  return limits;
}

/** Fewer than `most` of these days from the first that counts to the day asked for. */
function dayLimit(code: FrequencyCode, days: ZoneDays, on: readonly number[], most: number, firstDay: (day: number) => number): Limit {
  const next = (instantMs: number): number => {
    const first = days.dayOf(instantMs);
    let day = first;
    while (countFrom(on, firstDay(day), day) >= most) day += 1;
    return day === first ? instantMs : days.startOf(day);
  };
  return { code: () => code, next };
}

function countFrom(on: readonly number[], first: number, last: number): number {
  let count = 0;
  for (const day of on) if (first <= day && day <= last) count += 1;
  return count;
}

function firstOfWeek(week: Week): (day: number) => number {
  return week === 'rolling-7-days' ? (day) => day - 6 : (day) => day - weekdayOf(day) + 1;
}

interface DayRounds { count: number; lastStart: number }

/** The rounds of each day: spans of `roundMinutes`, each begun by the first attempt that the one before does not hold. */
function roundsByDay(attempts: readonly Attempt[], days: ZoneDays, roundMs: number): Map<number, DayRounds> {
  const byDay = new Map<number, DayRounds>();
  for (const { at } of attempts) {
    const day = days.dayOf(at);
    const rounds = byDay.get(day);
    if (rounds === undefined) byDay.set(day, { count: 1, lastStart: at });
    else if (at >= rounds.lastStart + roundMs) byDay.set(day, { count: rounds.count + 1, lastStart: at });
  }
  return byDay;
}

function roundLimits(rules: Rounds, days: ZoneDays, byDay: ReadonlyMap<number, DayRounds>): Limit[] {
  const roundMs = rules.roundMinutes * MINUTE_MS;
  const limit = (code: FrequencyCode, most: number, firstDay: (day: number) => number): Limit => {
    const holds = (instantMs: number, day: number): boolean => {
      const today = byDay.get(day);
      const joins = today !== undefined && instantMs < today.lastStart + roundMs;
      return countRounds(byDay, firstDay(day), day) + (joins ? 0 : 1) <= most;
    };
    const next = (instantMs: number): number => {
      let day = days.dayOf(instantMs);
      let moment = instantMs;
      while (!holds(moment, day)) {
        day += 1;
        moment = days.startOf(day);
      }
      return moment;
    };
    return { code: () => code, next };
  };
  return [
    ...(rules.roundsPerWeek === null ? [] : [limit('rounds-week', rules.roundsPerWeek, firstOfWeek(rules.week))]),
    ...(rules.roundsPerDay === null ? [] : [limit('rounds-today', rules.roundsPerDay, (day) => day)]),
  ];
}

function countRounds(byDay: ReadonlyMap<number, DayRounds>, first: number, last: number): number {
  let count = 0;
  for (const [day, rounds] of byDay) if (first <= day && day <= last) count += rounds.count;
  return count;
}

/** Rest between rounds, other numbers inside one, and a busy number tried once more. */
function gapLimit(rules: Rounds, attempts: readonly Attempt[], to: string | null): Limit {
  const gapMs = rules.hoursBetweenRounds * HOUR_MS;
  const [roundMs, busyMs] = [rules.roundMinutes * MINUTE_MS, rules.busyRetryAfterMinutes * MINUTE_MS];
  const problem = (instantMs: number): FrequencyCode | null => {
    const recent = attempts.filter(({ at }) => at > instantMs - gapMs && at <= instantMs);
    const [first] = recent;
    if (first === undefined) return null;
    if (instantMs >= first.at + roundMs) return 'rounds-apart';
    const tried = recent.filter((attempt) => attempt.to === null || to === null || attempt.to === to);
    const last = tried.at(-1);
    if (last === undefined) return null;
    if (tried.length > rules.busyRetries || !tried.every(({ isBusy }) => isBusy)) return 'number-tried';
    return instantMs >= last.at + busyMs ? null : 'busy-wait';
  };
  const next = (instantMs: number): number => {
    if (problem(instantMs) === null) return instantMs;
    const moments = attempts.flatMap(({ at }) => [at + busyMs, at + gapMs]).filter((moment) => moment > instantMs).sort((a, b) => a - b);
    return moments.find((moment) => problem(moment) === null) ?? instantMs;
  };
  return { code: (instantMs) => problem(instantMs) ?? 'rounds-apart', next };
}

/** The most that any possible zone makes of it. */
function countersOf({ conversations, attempts, calls }: ContactPolicy, counts: readonly DayCounts[], nowMs: number): ContactCounters {
  const counters: ContactCounters = { conversationsToday: 0, conversationsThisWeek: 0, roundsToday: 0, roundsThisWeek: 0, callsInWindow: 0 };
  const most = (name: keyof ContactCounters, count: number): void => {
    if (count > counters[name]) counters[name] = count;
  };
  for (const { days, conversations: talks, calls: called, rounds } of counts) {
    const today = days.dayOf(nowMs);
    most('conversationsToday', countFrom(talks, today, today));
    most('conversationsThisWeek', countFrom(talks, firstOfWeek(conversations.week)(today), today));
    if (attempts !== null) {
      most('roundsToday', countRounds(rounds, today, today));
      most('roundsThisWeek', countRounds(rounds, firstOfWeek(attempts.week)(today), today));
    }
    if (calls !== null) most('callsInWindow', countFrom(called, today - calls.days + 1, today));
  }
  return counters;
}
