/**
 * What holds for any history, any policy, any moment. A run says its seed; `PREMURA_SEED=…` repeats it.
 * Each property has a planted fault beside it that it must find.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { randomFraction } from '../../id.ts';
import type { ContactRequest } from './contact-request.ts';
import { clearState } from './contact-request.ts';
import type { ContactConsent, ContactRow } from './contact-row.ts';
import { contactResults } from './contact-row.ts';
import { mayContact } from './evaluate-contact.ts';
import type { ContactPolicy, PolicyPack } from './policy-pack.ts';
import { sampleMoment, sampleRequest, sampleRow } from './sample-requests.ts';
import { standardPolicies } from './standard-policies.ts';
import { tightenPolicy } from './tighten-policy.ts';

const seed = Number(process.env['PREMURA_SEED'] ?? Math.floor(randomFraction() * 2 ** 31));
process.stderr.write(`policy properties: seed ${String(seed)}\n`);
const RUNS = 200;

const MINUTE_MS = 60_000;
const DAY_MS = 1_440 * MINUTE_MS;
/** Around the nights on which clocks change in Europe and America, a holiday week, and any time of two years. */
const from = sampleMoment('2026-01-01 00:00');
const nowMs = fc.oneof(
  fc.integer({ min: 0, max: 730 * 1_440 }).map((minutes) => from + minutes * MINUTE_MS),
  fc.constantFrom('2026-03-29 01:59', '2026-03-28 20:59', '2026-10-25 02:30', '2026-03-08 08:30', '2026-11-01 07:00', '2026-12-24 20:00').chain((text) =>
    fc.integer({ min: -2_880, max: 2_880 }).map((minutes) => sampleMoment(text) + minutes * MINUTE_MS)),
);
const zones: fc.Arbitrary<string[]> = fc.constantFrom(['Europe/Rome'], ['America/New_York'], ['Europe/London', 'Europe/Rome'], ['America/Los_Angeles', 'America/New_York'], ['Australia/Lord_Howe']);
const numbers = fc.constantFrom('+390971000001', '+393330000002', null);

function rowsBefore(now: number): fc.Arbitrary<ContactRow[]> {
  const row = fc.record({
    // Minutes, often a few of them, so that rounds, resumptions and days meet.
    minutes: fc.oneof(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 0, max: 2_000 }), fc.integer({ min: 0, max: 20_000 })),
    result: fc.constantFrom(...contactResults), to: numbers, isInbound: fc.integer({ min: 0, max: 5 }).map((one) => one === 0),
    caseId: fc.constantFrom('case-1', 'case-2'), isAboutBoth: fc.integer({ min: 0, max: 4 }).map((one) => one === 0),
  });
  return fc.array(row, { maxLength: 14 }).map((made) => made.flatMap(({ minutes, result, to, isInbound, caseId, isAboutBoth }, index) =>
    (isAboutBoth ? ['case-1', 'case-2'] : [caseId]).map((about) =>
      sampleRow(now - minutes * MINUTE_MS, result, { contactKey: String(index), to, caseId: about, direction: isInbound ? 'inbound' : 'outbound' }))));
}

function consentsAround(now: number): fc.Arbitrary<ContactConsent[]> {
  const consent = fc.record({
    given: fc.integer({ min: 0, max: 10_000 }), until: fc.option(fc.integer({ min: -5_000, max: 10_000 })),
    callback: fc.option(fc.integer({ min: -3_000, max: 8_000 })), revoked: fc.option(fc.integer({ min: -2_000, max: 2_000 }), { freq: 6 }),
  });
  const after = (minutes: number | null): number | null => (minutes === null ? null : now + minutes * MINUTE_MS);
  return fc.array(consent, { maxLength: 3 }).map((made) => made.map(({ given, until, callback, revoked }) =>
    ({ givenAtMs: now - given * MINUTE_MS, untilMs: after(until), callbackAtMs: after(callback), revokedAtMs: after(revoked) })));
}

const request: fc.Arbitrary<ContactRequest> = nowMs.chain((now) => fc.record({
  rows: rowsBefore(now), consents: consentsAround(now), zones, to: numbers, workplace: fc.constantFrom(false, false, true), given: fc.boolean(),
  channel: fc.constantFrom('phone', 'phone', 'phone', 'visit', 'email', 'sms', 'post'), city: fc.constantFrom('Milano', 'Bologna', null),
  preferredHours: fc.constantFrom(null, null, { from: '10:00', to: '12:00' }, { from: '17:30', to: '20:00' }),
  inability: fc.constantFrom(null, null, now - 5 * DAY_MS, now - 40 * DAY_MS), suspended: fc.constantFrom(null, null, now + 3 * DAY_MS, 'open' as const),
  breathing: fc.constantFrom(null, null, now + 9 * DAY_MS), held: fc.constantFrom('full', 'full', 'trainee', 'none'), override: fc.constantFrom(null, null, now + 60 * MINUTE_MS),
}).map((made): ContactRequest => sampleRequest(now, {
  rows: made.rows, consents: made.consents, zones: made.zones, channel: made.channel, preferredHours: made.preferredHours,
  to: { value: made.to, workplace: made.workplace, givenByPerson: made.given, isRepresentative: false },
  place: { country: made.zones.includes('America/New_York') ? 'US' : 'IT', region: null, city: made.city },
  state: { ...clearState, inabilityDeclaredAtMs: made.inability, suspendedUntilMs: made.suspended, breathingSpaceUntilMs: made.breathing },
  certificate: { tone: 'reminder', held: made.held }, frequencyOverride: made.override === null ? null : { untilMs: made.override },
  })));

const pack = fc.constantFrom(...standardPolicies);

/** One or more rules of a pack made stricter; what does not apply to the pack is left out by `tightenPolicy`. */
const stricter: Record<string, unknown>[] = [
  { hours: { weekday: [{ from: '10:00', to: '12:30' }] } }, { hours: { saturday: [] } }, { hours: { sunday: [] } }, { hours: { holiday: [] } },
  { hours: { preferred: 'binding' } }, { hours: { channels: ['phone', 'sms', 'visit', 'email', 'post'] } }, { conversations: { perDay: 1 } }, { conversations: { perWeek: 1 } },
  { conversations: { restDays: 9 } }, { conversations: { channels: ['phone', 'visit', 'email'] } }, { conversations: { per: 'person' } }, { attempts: { roundsPerDay: 1 } },
  { attempts: { roundsPerWeek: 2 } }, { attempts: { hoursBetweenRounds: 5.5 } }, { attempts: { roundMinutes: 6 } }, { attempts: { busyRetryAfterMinutes: 13 } },
  { attempts: { busyRetries: 0 } }, { attempts: { counts: ['attempt', 'busy', 'voicemail', 'dropped', 'not-in-service', 'conversation'] } },
  { attempts: { per: 'person', counts: ['attempt'], roundsPerDay: 2, roundsPerWeek: 4, week: 'calendar-week', roundMinutes: 20, hoursBetweenRounds: 2, busyRetryAfterMinutes: 0, busyRetries: 1 } },
  { calls: { per: 'person', most: 3, days: 9, counts: ['conversation', 'attempt', 'voicemail', 'dropped', 'busy'], agreedCounts: true } }, { calls: { most: 2 } },
  { resumeMinutes: 4 }, { resumeMinutes: 0 }, { consent: { callbackMinutesBefore: 1 } }, { consent: { callbackCalls: 1 } }, { consent: { lastsDays: 2 } },
  { consent: { endsWithConversation: true } }, { workplace: 'never' }, { written: { notAsFirst: true, onlyWithConsent: true } }, { inabilityRestDays: null }, { inabilityRestDays: 60 },
];

function tightened(base: PolicyPack, changes: readonly Record<string, unknown>[]): ContactPolicy {
  return changes.reduce<PolicyPack>((policy, change) => {
    const result = tightenPolicy(policy, change);
    return result.ok ? result.value : policy;
  }, base);
}

function check<T>(property: fc.IProperty<T>): void {
  fc.assert(property, { seed, numRuns: RUNS });
}

/** That a property finds a fault that was planted. */
function checkFinds<T>(property: fc.IProperty<T>): void {
  expect(fc.check(property, { seed, numRuns: 20 * RUNS }).failed).toBe(true);
}

describe('a stricter policy', () => {
  const allowsNoMore = (loose: ContactPolicy, strict: ContactPolicy, asked: ContactRequest): boolean =>
    !mayContact(strict, asked).allowed || mayContact(loose, asked).allowed;

  it('never allows what the looser refuses', () => {
    check(fc.property(pack, fc.subarray(stricter, { minLength: 1 }), request, (base, changes, asked) => allowsNoMore(base, tightened(base, changes), asked)));
  });

  it.each(stricter.map((change) => [JSON.stringify(change).slice(0, 60), change] as const))('never by this one alone: %s', (_name, change) => {
    const takers = standardPolicies.filter((base) => tightenPolicy(base, change).ok);
    expect(takers).not.toEqual([]);
    fc.assert(fc.property(fc.constantFrom(...takers), request, (base, asked) => allowsNoMore(base, tightened(base, [change]), asked)), { seed, numRuns: 60 });
  });

  it('never opens earlier', () => {
    check(fc.property(pack, fc.subarray(stricter, { minLength: 1 }), request, (base, changes, asked) => {
      const [loose, strict] = [mayContact(base, asked), mayContact(tightened(base, changes), asked)];
      if (loose.allowed || strict.allowed) return loose.allowed || !strict.allowed;
      return strict.nextAllowedAtMs === null || (loose.nextAllowedAtMs !== null && loose.nextAllowedAtMs <= strict.nextAllowedAtMs);
    }));
  });

  it('control: a rule that was loosened in secret is found', () => {
    checkFinds(fc.property(pack, request, (base, asked) =>
      allowsNoMore(base, { ...base, conversations: { ...base.conversations, perDay: null, perWeek: null, restDays: 0 } }, asked)));
  });
});

describe('the order of the history', () => {
  const shuffled = fc.tuple(request, fc.infiniteStream(fc.integer())).map(([asked, stream]) => {
    const keys = new Map(asked.rows.map((row) => [row, stream.next().value]));
    return [asked, { ...asked, rows: asked.rows.toSorted((a, b) => (keys.get(a) ?? 0) - (keys.get(b) ?? 0)), consents: asked.consents.toReversed() }] as const;
  });

  it('means nothing', () => {
    check(fc.property(pack, shuffled, (policy, [asked, other]) => {
      expect(mayContact(policy, other)).toEqual(mayContact(policy, asked));
    }));
  });

  it('control: a reader that stops at the first old row is found', () => {
    const stopsEarly = (asked: ContactRequest): ContactRequest => {
      const old = asked.rows.findIndex((row) => row.atMs < asked.nowMs - 300 * MINUTE_MS);
      return { ...asked, rows: old === -1 ? asked.rows : asked.rows.slice(0, old) };
    };
    checkFinds(fc.property(pack, shuffled, (policy, [asked, other]) => {
      expect(mayContact(policy, stopsEarly(other))).toEqual(mayContact(policy, stopsEarly(asked)));
    }));
  });
});

describe('the next allowed moment', () => {
  const isFirst = (policy: ContactPolicy, asked: ContactRequest, next: number | null, steps: readonly number[]): boolean => {
    const at = (moment: number): boolean => mayContact(policy, { ...asked, nowMs: moment }).allowed;
    if (next === null) return steps.every((step) => !at(asked.nowMs + step * MINUTE_MS));
    if (!at(next)) return false;
    // The minute before, and samples of all the time between.
    return [next - 1, next - MINUTE_MS, ...steps.map((step) => asked.nowMs + (step / 20_000) * (next - asked.nowMs))]
      .every((moment) => moment < asked.nowMs || moment >= next || !at(Math.floor(moment)));
  };
  const steps = fc.array(fc.integer({ min: 0, max: 19_999 }), { minLength: 12, maxLength: 12 });

  it('is allowed, and nothing before it is', () => {
    let refused = 0;
    check(fc.property(pack, request, steps, (policy, asked, samples) => {
      const answer = mayContact(policy, asked);
      if (answer.allowed) return true;
      refused += 1;
      return answer.nextAllowedAtMs !== asked.nowMs && isFirst(policy, asked, answer.nextAllowedAtMs, samples);
    }));
    expect(refused).toBeGreaterThan(RUNS / 4);
  });

  it('control: one that is an hour late, or an hour early, is found', () => {
    for (const wrongMs of [60 * MINUTE_MS, -60 * MINUTE_MS]) {
      checkFinds(fc.property(pack, request, steps, (policy, asked, samples) => {
        const answer = mayContact(policy, asked);
        if (answer.allowed || answer.nextAllowedAtMs === null) return true;
        return isFirst(policy, asked, Math.max(asked.nowMs, answer.nextAllowedAtMs + wrongMs), samples);
      }));
    }
  });
});

describe('the clocks', () => {
  const clock = (moment: number, zone: string): string => new Intl.DateTimeFormat('en-GB', { timeZone: zone, hour: '2-digit', minute: '2-digit', weekday: 'short' }).format(moment);
  const within = (policy: ContactPolicy, moment: number, zone: string): boolean => {
    const [weekday = '', time = ''] = clock(moment, zone).split(/[, ]+/);
    const windows = weekday === 'Sun' ? policy.hours.sunday : weekday === 'Sat' ? policy.hours.saturday : policy.hours.weekday;
    return windows.some((window) => window.from <= time && time < window.to);
  };

  it('what is allowed lies within the hours on every possible wall clock, in the nights of change too', () => {
    check(fc.property(pack, request, (policy, asked) =>
      !policy.hours.channels.includes(asked.channel) || !mayContact(policy, asked).allowed || asked.zones.every((zone) => within(policy, asked.nowMs, zone))));
  });

  it('an empty history opens exactly at the hours of an ordinary day', () => {
    check(fc.property(nowMs, zones, (now, all) => {
      const regF = standardPolicies.find(({ id }) => id === 'us-reg-f');
      if (regF === undefined) throw new Error('no us-reg-f');
      return mayContact(regF, sampleRequest(now, { zones: all })).allowed === all.every((zone) => within(regF, now, zone));
    }));
  });

  it('control: hours read on one clock for all are found', () => {
    checkFinds(fc.property(nowMs, zones, (now, all) => {
      const policy = standardPolicies[0];
      if (policy === undefined) throw new Error('no pack');
      return !mayContact(policy, sampleRequest(now, { zones: ['Europe/Rome'] })).allowed || all.every((zone) => within(policy, now, zone));
    }));
  });
});

describe('a booked callback', () => {
  const withCallback = request.map((asked): [ContactRequest, ContactRequest] => [
    { ...asked, consents: [], rows: [], frequencyOverride: null },
    { ...asked, rows: [], consents: [{ givenAtMs: asked.nowMs - DAY_MS, untilMs: null, callbackAtMs: asked.nowMs, revokedAtMs: null }], frequencyOverride: { untilMs: asked.nowMs + DAY_MS } },
  ]);
  const closing = ['hours', 'sunday', 'holiday', 'closure'];
  const opensNothing = (policy: ContactPolicy, [without, withIt]: [ContactRequest, ContactRequest], answer = mayContact(policy, withIt)): boolean => {
    const plain = mayContact(policy, without);
    return plain.allowed || !plain.codes.some((code) => closing.includes(code)) || (!answer.allowed && answer.codes.some((code) => closing.includes(code)));
  };

  it('never opens a closed hour, not even with a lead’s override', () => {
    check(fc.property(pack, withCallback, (policy, both) => opensNothing(policy, both)));
  });

  it('control: a callback that opened its own hour is found', () => {
    checkFinds(fc.property(pack, withCallback, (policy, both) => opensNothing(policy, both, { ...mayContact(policy, { ...both[1], channel: 'post' }) })));
  });
});
