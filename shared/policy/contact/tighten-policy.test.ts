import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { policyCodes, policyWarnings } from './policy-codes.ts';
import type { PolicyPack } from './policy-pack.ts';
import { standardPolicies } from './standard-policies.ts';
import { strictness } from './strictness.ts';
import { fixedFields, tightenPolicy } from './tighten-policy.ts';

function pack(id: string): PolicyPack {
  const found = standardPolicies.find((one) => one.id === id);
  if (found === undefined) throw new Error(id);
  return found;
}

const unirec = pack('it-unirec');

describe('tightenPolicy', () => {
  it('without a change is the pack', () => {
    for (const one of standardPolicies) expect(tightenPolicy(one, {})).toEqual({ ok: true, value: one });
  });

  it('takes what is stricter, and leaves the rest', () => {
    const result = tightenPolicy(unirec, { hours: { saturday: [{ from: '09:00', to: '12:00' }] }, conversations: { perWeek: 2 }, attempts: { roundsPerDay: 1 } });
    expect(result).toEqual({
      ok: true,
      value: {
        ...unirec, hours: { ...unirec.hours, saturday: [{ from: '09:00', to: '12:00' }] }, conversations: { ...unirec.conversations, perWeek: 2 },
        attempts: { ...unirec.attempts, roundsPerDay: 1 },
      },
    });
  });

  it('the stricter preset is what a creditor could have written', () => {
    const strict = pack('it-unirec-strict');
    const { hours, holidays, conversations, attempts, inabilityRestDays } = strict;
    expect(tightenPolicy(unirec, JSON.parse(JSON.stringify({ hours, holidays, conversations, attempts, inabilityRestDays })))).toMatchObject({ ok: true });
  });

  it.each([
    ['hours.weekday', { hours: { weekday: [{ from: '08:00', to: '21:00' }] } }],
    ['hours.saturday', { hours: { saturday: [{ from: '08:30', to: '15:01' }] } }],
    ['hours.sunday', { hours: { sunday: [{ from: '10:00', to: '10:30' }] } }],
    ['hours.holiday', { hours: { holiday: 'as-other-days' } }],
    ['hours.channels', { hours: { channels: ['phone'] } }],
    ['holidays.ofPlace', { holidays: { ofPlace: false } }],
    ['holidays.cities', { holidays: { cities: [] } }],
    ['holidays.dates', { holidays: { dates: [] } }],
    ['holidays.dates', { holidays: { dates: [...unirec.holidays.dates, { monthDay: '12-25', fromYear: 2090, insteadOfLibrary: true, name: { it: 'x', en: 'x' } }] } }],
    ['conversations.perDay', { conversations: { perDay: 2 } }],
    ['conversations.perWeek', { conversations: { perWeek: null } }],
    ['conversations.week', { conversations: { week: 'calendar-week' } }],
    ['conversations.inboundCounts', { conversations: { inboundCounts: false } }],
    ['attempts', { attempts: null }],
    ['attempts.roundsPerDay', { attempts: { roundsPerDay: 3 } }],
    ['attempts.hoursBetweenRounds', { attempts: { hoursBetweenRounds: 1 } }],
    ['attempts.roundMinutes', { attempts: { roundMinutes: 60 } }],
    ['attempts.busyRetries', { attempts: { busyRetries: 5 } }],
    ['resumeMinutes', { resumeMinutes: 16 }],
    ['consent.callbackCalls', { consent: { callbackCalls: null } }],
    ['workplace', { workplace: 'allowed' }],
    ['written.onlyWithConsent', { written: { onlyWithConsent: false } }],
    ['doNotCallChannels', { doNotCallChannels: [] }],
    ['disputeSuspends', { disputeSuspends: false }],
    ['inabilityRestDays', { inabilityRestDays: 1 }],
    ['recording.byDefault', { recording: { byDefault: true } }],
    ['certificates.recovery', { certificates: { recovery: false } }],
  ])('refuses a looser %s and names it', (field, changes) => {
    expect(tightenPolicy(unirec, changes)).toMatchObject({ ok: false, error: { code: 'policy-looser', details: { field } } });
  });

  it.each([
    ['holidays.country', { holidays: { country: null } }],
    ['holidays.region', { holidays: { region: '32' } }],
    ['retention.unlessLegalDuty', { retention: { unlessLegalDuty: false } }],
  ])('refuses a change of %s, which is nobody’s to make', (field, changes) => {
    expect(tightenPolicy(unirec, changes)).toMatchObject({ ok: false, error: { code: 'policy-fixed', details: { field } } });
  });

  it.each([
    ['no object', 'perDay: 1'],
    ['the name of the pack', { id: 'mine' }],
    ['a rule nobody knows', { conversations: { perHour: 1 } }],
    ['a value of the wrong kind', { conversations: { perDay: 'one' } }],
    ['what every object inherits', { constructor: { x: 1 } }],
  ])('refuses %s', (_name, changes) => {
    expect(tightenPolicy(unirec, changes)).toMatchObject({ ok: false, error: { code: 'policy-unreadable' } });
  });

  it('takes a rule where the pack has none', () => {
    expect(tightenPolicy(pack('us-reg-f'), { attempts: JSON.parse(JSON.stringify(unirec.attempts)) })).toMatchObject({ ok: true });
    expect(tightenPolicy(unirec, { calls: { per: 'person', most: 3, days: 7, counts: ['attempt'], agreedCounts: true } })).toMatchObject({ ok: true });
    expect(tightenPolicy(pack('us-reg-f'), { calls: { most: 8 } })).toMatchObject({ ok: false, error: { details: { field: 'calls.most' } } });
  });

  it('knows of every rule whether it may change; only these may not', () => {
    expect(fixedFields(unirec).filter((field) => !['$schema', 'id', 'version', 'datedOn', 'preset', 'sources'].includes(field) && !/^(title|scope)\./.test(field)).sort())
      .toEqual(['holidays.country', 'holidays.region', 'operator.prerecorded', 'retention.unlessLegalDuty', 'thirdParties.tell']);
  });

  it('the examples of the documentation are what it says they are', () => {
    const page = readFileSync(new URL('../../../docs/policies.md', import.meta.url), 'utf8');
    const examples = [...page.matchAll(/<!-- (stricter|looser) than ([a-z0-9-]+) -->\n```json\n([^`]+)```/g)];
    expect(examples.map(([, way]) => way)).toEqual(['stricter', 'stricter', 'stricter', 'looser']);
    for (const [, way, id = '', text = ''] of examples) {
      const result = tightenPolicy(pack(id), JSON.parse(text));
      expect(result.ok ? 'stricter' : 'looser').toBe(way);
      if (result.ok) expect(result.value).not.toEqual(pack(id));
    }
  });

  it('every reason stands in the documentation, and every rule that may be made stricter', () => {
    const page = readFileSync(new URL('../../../docs/policies.md', import.meta.url), 'utf8');
    expect([...policyCodes, ...policyWarnings].filter((code) => !page.includes(`\`${code}\``))).toEqual([]);
    const named = (field: string): boolean => page.includes(`\`${field}\``) || page.includes(`\`.${field.split('.').at(-1) ?? ''}\``) || page.includes(`\`${field.split('.')[0] ?? ''}.*\``);
    const duties = ['operator.saysWho', 'operator.numberVisible', 'retention.eraseWhenDone', 'attempts', 'calls'];
    expect(strictness.map(({ field }) => field).filter((field) => !named(field) && !duties.includes(field))).toEqual([]);
  });

  it.each(['it', 'en'])('says in %s which rule it is', (language) => {
    const texts = JSON.parse(readFileSync(new URL(`../../../assets/locales/${language}.json`, import.meta.url), 'utf8'));
    const sentences = new Set(strictness.map(({ messageKey }) => messageKey.split('.').reduce((inner, key) => inner?.[key], texts)));
    expect([...sentences].every((sentence) => typeof sentence === 'string' && sentence.length > 20)).toBe(true);
    expect(sentences.size).toBe(new Set(strictness.map(({ messageKey }) => messageKey)).size);
  });
});
