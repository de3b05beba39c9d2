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
  const horizon = horizonOf(policy, zones, nowMs);
  const consents = request.consents.length === 0 ? request.consents : request.consents.filter((consent) => latestEnd(policy, consent) >= horizon);
  let since = horizon;
  for (const { givenAtMs } of consents) since = Math.min(since, givenAtMs);
  const kept: ContactRow[] = [];
  for (const row of rows) if (row.atMs >= since) kept.push(row);
  if (kept.length === 0 && consents.length === 0) return { conversations: [], attempts: [], calls: [], outbound: [], free: [] };
  if (kept.length > 1) kept.sort((a, b) => a.atMs - b.atMs || compareText(a.contactKey, b.contactKey) || compareText(a.caseId, b.caseId));
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
  const once = hasRepeats(kept) ? onlyFirst : (list: ContactRow[]): ContactRow[] => list;

  const history: ContactHistory = { conversations: [], attempts: [], calls: [], outbound: [], free: agreed };
  for (const row of once(talks.filter((talk) => isOf(talk, conversations.per)))) {
    if ((row.direction === 'outbound' || conversations.inboundCounts) && (conversations.agreedCounts || !isAgreed(row))) history.conversations.push(at(row));
  }
  if (attempts !== null) {
    for (const row of once(outbound.filter((one) => attempts.counts.includes(one.result) && isOf(one, attempts.per)))) {
      history.attempts.push({ at: at(row), to: row.to, isBusy: row.result === 'busy' });
    }
  }
  if (calls !== null) {
    for (const row of once(outbound.filter((one) => calls.counts.includes(one.result) && isOf(one, calls.per)))) {
      if (calls.agreedCounts || !isAgreed(row)) history.calls.push(at(row));
    }
  }
  if (policy.warnings.closeMinutes !== null || policy.warnings.callsPerDay !== null) {
    history.outbound = once(outbound.filter((row) => calls === null || calls.counts.includes(row.result))).map(at);
  }
  if (policy.resumeMinutes > 0) history.free = [...agreed, ...resumeTimes(policy, outbound, caseId, at)];
  return history;
}

function hasRepeats(rows: readonly ContactRow[]): boolean {
  const keys = new Set<string>();
  for (const { contactKey } of rows) keys.add(contactKey);
  return keys.size < rows.length;
}

/** Each contact once: what was about two cases is one row here. */
function onlyFirst(rows: ContactRow[]): ContactRow[] {
  const found = new Map<string, ContactRow>();
  for (const row of rows) if (!found.has(row.contactKey)) found.set(row.contactKey, row);
  return [...found.values()];
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Before this no rule looks, now or later. */
function horizonOf({ conversations, attempts, calls, resumeMinutes, warnings }: ContactPolicy, zones: readonly ZoneDays[], nowMs: number): number {
  const days = Math.max(7, conversations.restDays, calls?.days ?? 0);
  const spanMs = Math.max((attempts?.hoursBetweenRounds ?? 0) * HOUR_MS, resumeMinutes * MINUTE_MS, (warnings.closeMinutes ?? 0) * MINUTE_MS);
  let horizon = nowMs - spanMs;
  for (const zone of zones) horizon = Math.min(horizon, zone.startOf(zone.dayOf(nowMs) - days + 1));
  return horizon;
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
  const times: FreeTime[] = [];
  let triedAt = Infinity;
  let later: ContactRow | null = null;
  for (const row of outbound.toReversed()) {
    if (later !== null && later.atMs > row.atMs) triedAt = at(later);
    later = row;
    if (row.result === 'dropped' && row.caseId === caseId) times.push({ from: at(row), to: Math.min(at(row) + resumeMinutes * MINUTE_MS, triedAt) });
  }
  return times;
}
