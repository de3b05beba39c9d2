/**
 * May this person be contacted, at this number, by this channel, now? If not: why, and from when.
 *
 * Invariants: pure, and the order of the history means nothing. A stricter policy never allows what a looser one refuses. Consent and a
 * lead's override are about frequency only: never hours, holidays, do-not-call, dispute, certificate. Of several reasons the one without
 * an end comes first, then the one that lasts longest. `nextAllowedAtMs` is the first moment at which *everything* holds.
 */
import type { ContactAnswer, ContactRequest, PolicyParams } from './contact-request.ts';
import type { Frequency } from './frequency.ts';
import { makeFrequency, nextFree } from './frequency.ts';
import type { OpeningHours } from './opening-hours.ts';
import { HORIZON_DAYS, nextOpen, openingHours } from './opening-hours.ts';
import type { PolicyCode, PolicyWarning } from './policy-codes.ts';
import { overridablePolicyCodes } from './policy-codes.ts';
import type { ContactPolicy } from './policy-pack.ts';
import type { ContactHistory } from './read-history.ts';
import { readHistory } from './read-history.ts';
import type { ZoneDays } from './zone-days.ts';
import { HOUR_MS, MINUTE_MS, minutesOfTime, weekdayOf, zoneDays } from './zone-days.ts';

interface Block {
  code: PolicyCode;
  /** Null: nobody knows. */
  until: number | null;
  params?: PolicyParams;
}

/** A rule about the moment: the first one, not before the given, at which it holds. */
type NextMoment = (instantMs: number) => number | null;

interface Asked {
  policy: ContactPolicy;
  request: ContactRequest;
  zones: readonly ZoneDays[];
  history: ContactHistory;
  frequency: Frequency;
}

/** Answers for one contact; the same for a dial, a letter, a visit, and a contact noted afterwards. */
export function mayContact(policy: ContactPolicy, request: ContactRequest): ContactAnswer {
  const { nowMs } = request;
  const zones = request.zones.map(zoneDays);
  if (zones.length === 0) throw new Error('a contact without a zone');
  const history = readHistory(policy, request, zones);
  const frequency = makeFrequency(policy, request, history, zones);
  const asked: Asked = { policy, request, zones, history, frequency };
  const { counters } = frequency;
  const times = timesOf(asked);
  const blocks: Block[] = [
    ...openBlocks(asked), ...times.flatMap(({ next, say }) => {
      const until = next(nowMs);
      return until === nowMs ? [] : [say(until)];
    }), ...frequency.broken(nowMs),
  ];
  if (blocks.length === 0) return { allowed: true, counters, warnings: warningsOf(asked) };

  const isOpen = blocks.some(({ until }) => until === null);
  const nextAllowedAtMs = isOpen ? null : firstMoment([...times.map(({ next }) => next), frequency.next], nowMs);
  if (!isOpen && nextAllowedAtMs === null) blocks.unshift({ code: 'no-common-hours', until: null });
  const [first, ...others] = blocks.sort(longestFirst);
  if (first === undefined) throw new Error('refused without a reason');
  const overridable: readonly PolicyCode[] = overridablePolicyCodes;
  return {
    allowed: false, code: first.code, codes: [...new Set([first, ...others].map(({ code }) => code))], counters, nextAllowedAtMs,
    params: { ...first.params, customerZone: request.zones.join(', '), ...(nextAllowedAtMs !== null && { until: nextAllowedAtMs }) },
    overridable: blocks.every(({ code }) => overridable.includes(code)),
  };
}

function longestFirst(a: Block, b: Block): number {
  const [untilA, untilB] = [a.until ?? Infinity, b.until ?? Infinity];
  return untilA === untilB ? 0 : untilB > untilA ? 1 : -1;
}

/** From when a contact is allowed, for putting a list in order: now, a later moment, or null when nobody knows. */
export function nextContactMoment(policy: ContactPolicy, request: ContactRequest): number | null {
  const answer = mayContact(policy, request);
  return answer.allowed ? request.nowMs : answer.nextAllowedAtMs;
}

/** What stands in the way until a person decides or learns something, the gravest first. */
function openBlocks({ policy, request }: Asked): Block[] {
  const { state, to, channel, certificate, written, rows, caseId } = request;
  const isSpoken = channel === 'phone' || channel === 'visit';
  const closesCalls = policy.doNotCallChannels.includes(channel);
  const hasWrittenRules = written.reminds && policy.written.channels.includes(channel);
  const found: [PolicyCode, boolean][] = [
    ['represented', state.represented && !to.isRepresentative],
    ['stopped', state.stopped],
    ['do-not-call-person', closesCalls && state.doNotCallPerson],
    ['do-not-call-creditor', closesCalls && state.doNotCallCreditor],
    ['do-not-call-number', closesCalls && state.doNotCallNumber],
    ['dispute-open', policy.disputeSuspends && state.disputeOpen],
    ['suspended-open', state.suspendedUntilMs === 'open'],
    ['workplace', isSpoken && to.workplace && policy.workplace !== 'allowed' && !(policy.workplace === 'only-if-given' && to.givenByPerson)],
    ['certificate-missing', isSpoken && policy.certificates[certificate.tone] && certificate.held === 'none'],
    ['written-without-consent', hasWrittenRules && policy.written.onlyWithConsent && !written.agreedTo],
    ['written-as-first', hasWrittenRules && policy.written.notAsFirst
      && !rows.some((row) => row.caseId === caseId && row.direction === 'outbound' && row.result !== 'not-in-service')],
  ];
  return found.flatMap(([code, holds]) => (holds ? [{ code, until: null }] : []));
}

interface TimeRule {
  next: NextMoment;
  say: (until: number | null) => Block;
}

/** Rules about the moment that nobody may set aside. */
function timesOf(asked: Asked): TimeRule[] {
  const { policy, request, zones, history } = asked;
  const { state, channel } = request;
  const rules: TimeRule[] = [];
  const notBefore = (code: PolicyCode, until: number): void => {
    rules.push({ next: (instantMs) => Math.max(instantMs, until), say: () => ({ code, until }) });
  };
  if (typeof state.suspendedUntilMs === 'number') notBefore('suspended', state.suspendedUntilMs);
  if (state.breathingSpaceUntilMs !== null) notBefore('breathing-space', state.breathingSpaceUntilMs);
  const declaredAtMs = state.inabilityDeclaredAtMs;
  if (declaredAtMs !== null && channel !== 'post') {
    const rest = policy.inabilityRestDays;
    const end = rest === null ? Infinity : Math.max(...zones.map((days) => days.startOf(days.dayOf(declaredAtMs) + rest)));
    rules.push({
      next: (instantMs) => {
        const next = instantMs >= end ? instantMs : nextFree(history.free, instantMs, end);
        return next === Infinity ? null : next;
      },
      say: (until) => ({ code: until === null ? 'inability-open' : 'inability', until }),
    });
  }
  if (policy.hours.channels.includes(channel)) rules.push(...hourRules(asked));
  return rules;
}

function hourRules({ policy, request, zones, history }: Asked): TimeRule[] {
  const { calendar, place, preferredHours, nowMs } = request;
  const hours = request.zones.map((zone) => openingHours(policy, calendar, place, zone));
  const rules: TimeRule[] = [{
    next: (instantMs) => nextOpen(hours, instantMs),
    say: (until) => (until === null ? { code: 'no-common-hours', until } : { until, ...whyClosed(hours, nowMs) }),
  }];
  if (preferredHours !== null && policy.hours.preferred === 'binding') {
    rules.push({
      next: (instantMs) => nextFree(history.free, instantMs, nextPreferred(preferredHours, zones, instantMs)),
      say: (until) => ({ code: 'preferred-hours', until }),
    });
  }
  return rules;
}

/** The reason of the first zone that is closed. */
function whyClosed(hours: readonly OpeningHours[], nowMs: number): { code: PolicyCode; params: PolicyParams } {
  const closed = hours.find((one) => !one.isOpen(nowMs));
  if (closed === undefined) throw new Error('closed, and open in every zone');
  const day = closed.days.dayOf(nowMs);
  const { rest, windows } = closed.dayAt(day);
  if (rest !== null && windows.length === 0) return { code: rest.kind, params: { nameIt: rest.name.it, nameEn: rest.name.en } };
  return { code: windows.length === 0 && weekdayOf(day) === 7 ? 'sunday' : 'hours', params: {} };
}

/** The first moment within the hours a person asked for, on the clock of every zone; far beyond the horizon where there is none. */
function nextPreferred({ from, to }: { from: string; to: string }, zones: readonly ZoneDays[], instantMs: number): number {
  let moment = instantMs;
  for (;;) {
    const before = moment;
    for (const days of zones) {
      const day = days.dayOf(moment);
      if (moment >= days.at(day, minutesOfTime(to))) moment = days.at(day + 1, minutesOfTime(from));
      else moment = Math.max(moment, days.at(day, minutesOfTime(from)));
    }
    if (moment === before || moment > instantMs + HORIZON_DAYS * 24 * HOUR_MS) return moment;
  }
}

/** The first moment at which every rule holds; null when there is none within the horizon of the last that has an end. */
function firstMoment(rules: readonly NextMoment[], nowMs: number): number | null {
  let moment = nowMs;
  let latest = nowMs;
  for (const rule of rules) latest = Math.max(latest, rule(nowMs) ?? Infinity);
  for (;;) {
    const before = moment;
    for (const rule of rules) {
      const next = rule(moment);
      if (next === null) return null;
      moment = next;
    }
    if (moment === before) return moment;
    if (moment > latest + HORIZON_DAYS * 24 * HOUR_MS) return null;
  }
}

function warningsOf({ policy, request, zones, history }: Asked): PolicyWarning[] {
  const { nowMs, channel, certificate, preferredHours } = request;
  const { closeMinutes, callsPerDay } = policy.warnings;
  const isSpoken = channel === 'phone' || channel === 'visit';
  const callsToday = (days: ZoneDays): number => history.outbound.filter((at) => days.dayOf(at) === days.dayOf(nowMs)).length;
  const found: [PolicyWarning, boolean][] = [
    ['frequency-overridden', request.frequencyOverride !== null && nowMs <= request.frequencyOverride.untilMs],
    ['trainee', isSpoken && policy.certificates[certificate.tone] && certificate.held === 'trainee'],
    ['calls-close', channel === 'phone' && closeMinutes !== null && history.outbound.some((at) => at > nowMs - closeMinutes * MINUTE_MS)],
    ['calls-many', channel === 'phone' && callsPerDay !== null && zones.some((days) => callsToday(days) + 1 >= callsPerDay)],
    ['preferred-hours', preferredHours !== null && policy.hours.channels.includes(channel) && nextPreferred(preferredHours, zones, nowMs) !== nowMs],
  ];
  return found.flatMap(([warning, holds]) => (holds ? [warning] : []));
}
