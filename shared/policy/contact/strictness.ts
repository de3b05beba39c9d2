/**
 * What «stricter» means for each rule of a policy: the one table.
 *
 * Invariant: where every row holds, the wanted rules allow nothing that the base refuses (proved by property in
 * `policy-properties.test.ts`). A rule without a row may not be changed at all.
 */
import { intersectWindows } from './intersect-windows.ts';
import type { HoursWindow, PolicyRules } from './policy-pack.ts';
import { minutesOfTime } from './zone-days.ts';

export interface StrictnessRow {
  /** Where it stands in the pack. */
  field: string;
  /** Says what the rule is and which way it may go. */
  messageKey: string;
  holds: (base: PolicyRules, wanted: PolicyRules) => boolean;
}

type Attempts = NonNullable<PolicyRules['attempts']>;
type Calls = NonNullable<PolicyRules['calls']>;

/** Null = no limit. */
function atMost(base: number | null, wanted: number | null): boolean {
  return (wanted ?? Infinity) <= (base ?? Infinity);
}

function atLeast(base: number, wanted: number): boolean {
  return wanted >= base;
}

/** Once it is so, it stays so. */
function stays(base: boolean, wanted: boolean): boolean {
  return wanted || !base;
}

function holdsAll<T>(base: readonly T[], wanted: readonly T[]): boolean {
  return base.every((entry) => wanted.some((other) => isSame(entry, other)));
}

function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** From loose to strict. */
function ranks<T>(order: readonly T[]): (base: T, wanted: T) => boolean {
  return (base, wanted) => order.indexOf(wanted) >= order.indexOf(base);
}

const weeks = ranks(['calendar-week', 'rolling-7-days'] as const);
const scopes = ranks(['debt', 'person'] as const);

function within(base: readonly HoursWindow[], wanted: readonly HoursWindow[]): boolean {
  return minutesIn(intersectWindows(base, wanted)) === minutesIn(wanted);
}

function minutesIn(windows: readonly HoursWindow[]): number {
  return windows.reduce((sum, { from, to }) => sum + minutesOfTime(to) - minutesOfTime(from), 0);
}

function row(field: string, messageKey: string, holds: StrictnessRow['holds']): StrictnessRow {
  return { field, messageKey, holds };
}

/** A part that may be missing: it may come, it may not go. */
function attempt(field: keyof Attempts, messageKey: string, holds: (base: Attempts, wanted: Attempts) => boolean): StrictnessRow {
  return row(`attempts.${field}`, messageKey, ({ attempts: base }, { attempts: wanted }) => base === null || wanted === null || holds(base, wanted));
}

function call(field: keyof Calls, messageKey: string, holds: (base: Calls, wanted: Calls) => boolean): StrictnessRow {
  return row(`calls.${field}`, messageKey, ({ calls: base }, { calls: wanted }) => base === null || wanted === null || holds(base, wanted));
}

export const strictness: readonly StrictnessRow[] = [
  row('hours.channels', 'error.policyLooser.hoursChannels', (base, wanted) => holdsAll(base.hours.channels, wanted.hours.channels)),
  row('hours.weekday', 'error.policyLooser.hoursWeekday', (base, wanted) => within(base.hours.weekday, wanted.hours.weekday)),
  row('hours.saturday', 'error.policyLooser.hoursSaturday', (base, wanted) => within(base.hours.saturday, wanted.hours.saturday)),
  row('hours.sunday', 'error.policyLooser.hoursSunday', (base, wanted) => within(base.hours.sunday, wanted.hours.sunday)),
  row('hours.holiday', 'error.policyLooser.hoursHoliday', ({ hours: base }, { hours: wanted }) =>
    base.holiday === 'as-other-days' || (wanted.holiday !== 'as-other-days' && within(base.holiday, wanted.holiday))),
  row('hours.preferred', 'error.policyLooser.hoursPreferred', (base, wanted) => ranks(['advice', 'binding'])(base.hours.preferred, wanted.hours.preferred)),
  row('holidays.types', 'error.policyLooser.holidays', (base, wanted) => holdsAll(base.holidays.types, wanted.holidays.types)),
  row('holidays.ofPlace', 'error.policyLooser.holidays', (base, wanted) => stays(base.holidays.ofPlace, wanted.holidays.ofPlace)),
  row('holidays.dates', 'error.policyLooser.holidays', ({ holidays: base }, { holidays: wanted }) => holdsAll(base.dates, wanted.dates)
    // A new date may add a holiday, never take the library's away.
    && wanted.dates.every((date) => !date.insteadOfLibrary || base.dates.some((known) => isSame(known, date)))),
  row('holidays.cities', 'error.policyLooser.holidays', (base, wanted) => holdsAll(base.holidays.cities, wanted.holidays.cities)),
  row('conversations.channels', 'error.policyLooser.conversationsChannels', (base, wanted) => holdsAll(base.conversations.channels, wanted.conversations.channels)),
  row('conversations.per', 'error.policyLooser.conversationsPer', (base, wanted) => scopes(base.conversations.per, wanted.conversations.per)),
  row('conversations.perDay', 'error.policyLooser.conversationsPerDay', (base, wanted) => atMost(base.conversations.perDay, wanted.conversations.perDay)),
  row('conversations.perWeek', 'error.policyLooser.conversationsPerWeek', (base, wanted) => atMost(base.conversations.perWeek, wanted.conversations.perWeek)),
  row('conversations.week', 'error.policyLooser.week', (base, wanted) => weeks(base.conversations.week, wanted.conversations.week)),
  row('conversations.restDays', 'error.policyLooser.conversationsRestDays', (base, wanted) => atLeast(base.conversations.restDays, wanted.conversations.restDays)),
  row('conversations.inboundCounts', 'error.policyLooser.counted', (base, wanted) => stays(base.conversations.inboundCounts, wanted.conversations.inboundCounts)),
  row('conversations.agreedCounts', 'error.policyLooser.counted', (base, wanted) => stays(base.conversations.agreedCounts, wanted.conversations.agreedCounts)),
  row('attempts', 'error.policyLooser.attempts', (base, wanted) => base.attempts === null || wanted.attempts !== null),
  attempt('per', 'error.policyLooser.attemptsPer', (base, wanted) => scopes(base.per, wanted.per)),
  attempt('counts', 'error.policyLooser.counted', (base, wanted) => holdsAll(base.counts, wanted.counts)),
  attempt('roundsPerDay', 'error.policyLooser.roundsPerDay', (base, wanted) => atMost(base.roundsPerDay, wanted.roundsPerDay)),
  attempt('roundsPerWeek', 'error.policyLooser.roundsPerWeek', (base, wanted) => atMost(base.roundsPerWeek, wanted.roundsPerWeek)),
  attempt('week', 'error.policyLooser.week', (base, wanted) => weeks(base.week, wanted.week)),
  attempt('roundMinutes', 'error.policyLooser.roundMinutes', (base, wanted) => atMost(base.roundMinutes, wanted.roundMinutes)),
  attempt('hoursBetweenRounds', 'error.policyLooser.hoursBetweenRounds', (base, wanted) => atLeast(base.hoursBetweenRounds, wanted.hoursBetweenRounds)),
  attempt('busyRetryAfterMinutes', 'error.policyLooser.busy', (base, wanted) => atLeast(base.busyRetryAfterMinutes, wanted.busyRetryAfterMinutes)),
  attempt('busyRetries', 'error.policyLooser.busy', (base, wanted) => atMost(base.busyRetries, wanted.busyRetries)),
  row('calls', 'error.policyLooser.calls', (base, wanted) => base.calls === null || wanted.calls !== null),
  call('per', 'error.policyLooser.calls', (base, wanted) => scopes(base.per, wanted.per)),
  call('most', 'error.policyLooser.calls', (base, wanted) => atMost(base.most, wanted.most)),
  call('days', 'error.policyLooser.calls', (base, wanted) => atLeast(base.days, wanted.days)),
  call('counts', 'error.policyLooser.counted', (base, wanted) => holdsAll(base.counts, wanted.counts)),
  call('agreedCounts', 'error.policyLooser.counted', (base, wanted) => stays(base.agreedCounts, wanted.agreedCounts)),
  row('resumeMinutes', 'error.policyLooser.resumeMinutes', (base, wanted) => atMost(base.resumeMinutes, wanted.resumeMinutes)),
  row('warnings.closeMinutes', 'error.policyLooser.warnings', (base, wanted) => atLeast(base.warnings.closeMinutes ?? 0, wanted.warnings.closeMinutes ?? 0)),
  row('warnings.callsPerDay', 'error.policyLooser.warnings', (base, wanted) => atMost(base.warnings.callsPerDay, wanted.warnings.callsPerDay)),
  row('consent.callbackMinutesBefore', 'error.policyLooser.consent', (base, wanted) => atMost(base.consent.callbackMinutesBefore, wanted.consent.callbackMinutesBefore)),
  row('consent.callbackCalls', 'error.policyLooser.consent', (base, wanted) => atMost(base.consent.callbackCalls, wanted.consent.callbackCalls)),
  row('consent.lastsDays', 'error.policyLooser.consent', (base, wanted) => atMost(base.consent.lastsDays, wanted.consent.lastsDays)),
  row('consent.endsWithConversation', 'error.policyLooser.consent', (base, wanted) => stays(base.consent.endsWithConversation, wanted.consent.endsWithConversation)),
  row('workplace', 'error.policyLooser.workplace', (base, wanted) => ranks(['allowed', 'only-if-given', 'never'])(base.workplace, wanted.workplace)),
  row('written.channels', 'error.policyLooser.written', (base, wanted) => holdsAll(base.written.channels, wanted.written.channels)),
  row('written.notAsFirst', 'error.policyLooser.written', (base, wanted) => stays(base.written.notAsFirst, wanted.written.notAsFirst)),
  row('written.onlyWithConsent', 'error.policyLooser.written', (base, wanted) => stays(base.written.onlyWithConsent, wanted.written.onlyWithConsent)),
  row('doNotCallChannels', 'error.policyLooser.doNotCallChannels', (base, wanted) => holdsAll(base.doNotCallChannels, wanted.doNotCallChannels)),
  row('disputeSuspends', 'error.policyLooser.disputeSuspends', (base, wanted) => stays(base.disputeSuspends, wanted.disputeSuspends)),
  row('inabilityRestDays', 'error.policyLooser.inabilityRestDays', (base, wanted) => atLeast(base.inabilityRestDays ?? Infinity, wanted.inabilityRestDays ?? Infinity)),
  row('breathingSpaceDays', 'error.policyLooser.breathingSpaceDays', (base, wanted) => atLeast(base.breathingSpaceDays ?? 0, wanted.breathingSpaceDays ?? 0)),
  row('operator.saysWho', 'error.policyLooser.operator', (base, wanted) => stays(base.operator.saysWho, wanted.operator.saysWho)),
  row('operator.numberVisible', 'error.policyLooser.operator', (base, wanted) => stays(base.operator.numberVisible, wanted.operator.numberVisible)),
  row('recording.byDefault', 'error.policyLooser.recording', (base, wanted) => stays(!base.recording.byDefault, !wanted.recording.byDefault)),
  row('recording.spokenNotice', 'error.policyLooser.recording', (base, wanted) => stays(base.recording.spokenNotice, wanted.recording.spokenNotice)),
  row('recording.keepDays', 'error.policyLooser.recording', (base, wanted) => atMost(base.recording.keepDays, wanted.recording.keepDays)),
  row('retention.eraseWhenDone', 'error.policyLooser.retention', (base, wanted) => stays(base.retention.eraseWhenDone, wanted.retention.eraseWhenDone)),
  ...(['courtesy', 'reminder', 'recovery'] as const).map((tone) =>
    row(`certificates.${tone}`, 'error.policyLooser.certificates', (base, wanted) => stays(base.certificates[tone], wanted.certificates[tone]))),
];
