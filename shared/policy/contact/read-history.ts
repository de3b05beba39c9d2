/**
 * What of a person's contacts matters now, in one pass.
 *
 * Invariants: nothing depends on the order of the rows; a row about two cases counts once where the limit is per person; what lies
 * further back than any rule looks is passed over. A contact later than now (another desk's clock) counts as made now.
 */
import type { ContactConsent, ContactRow } from './contact-row.ts';
import type { ContactRequest } from './contact-request.ts';
import type { ContactPolicy } from './policy-pack.ts';
import type { ZoneDays } from './zone-days.ts';
import { HOUR_MS, MINUTE_MS } from './zone-days.ts';

const DAY_MS = 24 * HOUR_MS;
/** A day of one zone and the same of another begin up to 26 hours apart; clocks change by one. */
const SLACK_MS = 2 * DAY_MS;

/** A time in which frequency does not bind, its end not included. */
export interface FreeTime { from: number; to: number }

export interface Attempt { at: number; to: string | null; isBusy: boolean }

export interface ContactHistory {
  /** Each list in the order of time. */
  conversations: number[];
  attempts: Attempt[];
  /** Calls that the limit of calls counts. */
  calls: number[];
  /** Outbound calls of any result, for warnings. */
  outbound: number[];
  /** By consents, and to resume what dropped. */
  free: FreeTime[];
}

/** Reads what the rules of a policy look at. */
export function readHistory(policy: ContactPolicy, request: ContactRequest, zones: readonly ZoneDays[]): ContactHistory {
  const { nowMs, rows, caseId } = request;
  const horizon = nowMs - lookBackMs(policy);
  const consents = request.consents.length === 0 ? request.consents : request.consents.filter((consent) => latestEnd(policy, consent) >= horizon);
  let since = horizon;
  for (const { givenAtMs } of consents) since = Math.min(since, givenAtMs);
  const kept: ContactRow[] = [];
  for (const row of rows) if (row.atMs >= since) kept.push(row);
  if (kept.length === 0 && consents.length === 0) return { conversations: [], attempts: [], calls: [], outbound: [], free: [] };
  if (kept.length > 1) kept.sort((a, b) => a.atMs - b.atMs || (a.contactKey < b.contactKey ? -1 : a.contactKey > b.contactKey ? 1 : 0));
  const { conversations, attempts, calls } = policy;
  const talks: ContactRow[] = [];
  const outbound: ContactRow[] = [];
  for (const row of kept) {
    if (row.result === 'conversation' && conversations.channels.includes(row.channel)) talks.push(row);
    if (row.channel === 'phone' && row.direction === 'outbound') outbound.push(row);
  }
  const at = (row: ContactRow): number => Math.min(row.atMs, nowMs);
  const agreed = consents.map((consent) => consentTime(policy, consent, zones, talks.map(at), outbound.map(at))).filter(({ from, to }) => from < to);
  const isAgreed = (row: ContactRow): boolean => agreed.some(({ from, to }) => from <= at(row) && at(row) <= to);
  const isOf = (row: ContactRow, per: 'person' | 'debt'): boolean => per === 'person' || row.caseId === caseId;

  const history: ContactHistory = { conversations: [], attempts: [], calls: [], outbound: [], free: agreed };
  for (const row of once(talks, (talk) => isOf(talk, conversations.per))) {
    if ((row.direction === 'outbound' || conversations.inboundCounts) && (conversations.agreedCounts || !isAgreed(row))) history.conversations.push(at(row));
  }
  if (attempts !== null) {
    for (const row of once(outbound, (one) => isOf(one, attempts.per) && attempts.counts.includes(one.result))) {
      history.attempts.push({ at: at(row), to: row.to, isBusy: row.result === 'busy' });
    }
  }
  if (calls !== null) {
    for (const row of once(outbound, (one) => isOf(one, calls.per) && calls.counts.includes(one.result))) {
      if (calls.agreedCounts || !isAgreed(row)) history.calls.push(at(row));
    }
  }
  if (policy.warnings.closeMinutes !== null || policy.warnings.callsPerDay !== null) {
    history.outbound = once(outbound, (row) => calls === null || calls.counts.includes(row.result)).map(at);
  }
  if (policy.resumeMinutes > 0) history.free = [...agreed, ...resumeTimes(policy, outbound, caseId, at)];
  return history;
}

/** Those that count, each contact once: what was about two cases is one row here. */
function once(rows: readonly ContactRow[], counts: (row: ContactRow) => boolean): ContactRow[] {
  const found: ContactRow[] = [];
  for (const row of rows) {
    if (counts(row) && !found.some((other) => other.contactKey === row.contactKey)) found.push(row);
  }
  return found;
}

const lookBacks = new WeakMap<ContactPolicy, number>();

function lookBackMs(policy: ContactPolicy): number {
  const known = lookBacks.get(policy);
  if (known !== undefined) return known;
  const { conversations, attempts, calls, resumeMinutes, warnings } = policy;
  const made = SLACK_MS + Math.max(
    7 * DAY_MS, conversations.restDays * DAY_MS, (calls?.days ?? 0) * DAY_MS, (attempts?.hoursBetweenRounds ?? 0) * HOUR_MS,
    resumeMinutes * MINUTE_MS, (warnings.closeMinutes ?? 0) * MINUTE_MS,
  );
  lookBacks.set(policy, made);
  return made;
}

/** Not before a consent has surely ended. */
function latestEnd({ consent: rules }: ContactPolicy, consent: ContactConsent): number {
  return Math.min(
    consent.untilMs ?? Infinity, consent.revokedAtMs ?? Infinity,
    consent.callbackAtMs === null ? Infinity : consent.callbackAtMs + SLACK_MS,
    rules.lastsDays === null ? Infinity : consent.givenAtMs + rules.lastsDays * DAY_MS + SLACK_MS,
  );
}

function consentTime(
  { consent: rules }: ContactPolicy, consent: ContactConsent, zones: readonly ZoneDays[], talks: readonly number[], outbound: readonly number[],
): FreeTime {
  const { givenAtMs, callbackAtMs } = consent;
  let from = givenAtMs;
  let to = Math.min(consent.untilMs ?? Infinity, consent.revokedAtMs ?? Infinity);
  for (const days of zones) {
    if (rules.lastsDays !== null) to = Math.min(to, days.startOf(days.dayOf(givenAtMs) + rules.lastsDays));
    if (callbackAtMs === null) continue;
    const day = days.dayOf(callbackAtMs);
    from = Math.max(from, rules.callbackMinutesBefore === null ? days.startOf(day) : callbackAtMs - rules.callbackMinutesBefore * MINUTE_MS);
    to = Math.min(to, days.startOf(day + 1));
  }
  if (rules.endsWithConversation) to = Math.min(to, talks.find((talk) => talk > givenAtMs) ?? Infinity);
  if (callbackAtMs !== null && rules.callbackCalls !== null) {
    const made = outbound.filter((call) => from <= call && call > givenAtMs);
    to = Math.min(to, made[rules.callbackCalls - 1] ?? Infinity);
  }
  return { from, to };
}

/** After a line dropped, until it was tried again or it is too late. */
function resumeTimes({ resumeMinutes }: ContactPolicy, outbound: readonly ContactRow[], caseId: string, at: (row: ContactRow) => number): FreeTime[] {
  return outbound.filter((row) => row.result === 'dropped' && row.caseId === caseId).map((dropped) => {
    const tried = outbound.find((row) => row.atMs > dropped.atMs);
    return { from: at(dropped), to: Math.min(at(dropped) + resumeMinutes * MINUTE_MS, tried === undefined ? Infinity : at(tried)) };
  });
}
