import { describe, expect, it } from 'vitest';
import callingPrefixes from '../../../assets/policies/zones/calling-prefixes.json' with { type: 'json' };
import countries from '../../../assets/policies/zones/countries.json' with { type: 'json' };
import subdivisions from '../../../assets/policies/zones/subdivisions.json' with { type: 'json' };
import { zoneSchema } from '../../time.ts';
import { placeOfAddress } from './place-of-address.ts';
import { possibleZones } from './zones.ts';
import { dateOfDay, dayOfDate, weekdayOf, zoneDays } from './zone-days.ts';
import { sampleMoment } from './sample-requests.ts';
import type { PlainDate } from '../../time.ts';

const home = { zone: 'Europe/Rome', country: 'IT' };

describe('possibleZones', () => {
  it.each([
    ['an Italian mobile', '+393330000002', 'IT', ['Europe/Rome']],
    ['an area code that a border cuts', '+12085550100', 'US', ['America/Denver', 'America/Los_Angeles']],
    ['Arizona', '+16025550100', 'US', ['America/Phoenix']],
    ['a Canadian area code', '+14165550100', 'CA', ['America/Toronto']],
    ['a Spanish number: the islands too', '+34910000000', 'ES', ['Atlantic/Canary', 'Europe/Madrid']],
  ])('%s', (_name, e164, country, expected) => {
    expect(possibleZones({ numbers: [{ e164, country }], address: null }, home)).toEqual(expected);
  });

  it('an area code nobody knows yet may be anywhere in its country', () => {
    expect(possibleZones({ numbers: [{ e164: '+18005550100', country: 'US' }], address: null }, home)).toHaveLength(countries.zones.US.length);
  });

  it('a country says nothing beside a region or an area code within it, and does not hide another country', () => {
    const manhattan = { e164: '+12125550100', country: 'US' };
    expect(possibleZones({ numbers: [manhattan], address: { country: 'US', region: null } }, home)).toEqual(['America/New_York']);
    expect(possibleZones({ numbers: [manhattan], address: { country: 'IT', region: null } }, home)).toEqual(['America/New_York', 'Europe/Rome']);
    expect(possibleZones({ numbers: [{ e164: '+34910000000', country: 'ES' }], address: { country: 'ES', region: 'CN' } }, home)).toEqual(['Atlantic/Canary']);
  });

  it('every zone of the tables exists', () => {
    const tables: Record<string, string[]>[] = [callingPrefixes.zones, countries.zones, subdivisions.zones];
    const all = new Set(tables.flatMap((table) => Object.values(table).flat()));
    expect([...all].filter((zone) => !zoneSchema.safeParse(zone).success)).toEqual([]);
    expect(all.size).toBeGreaterThan(200);
  });
});

describe('placeOfAddress', () => {
  it.each([
    ['Via Roma 1, 85100 Potenza (PZ)', 'Potenza'], ['Via Milano 12, Potenza', 'Potenza'], ['VIA MILANO 12', null], ['Corso Umberto 3 - 80138 NAPOLI NA', 'NAPOLI'],
    ['P.zza Duomo 1, 67100 L’Aquila AQ, Italia', 'L’Aquila'], ['Via Po 3, 10123 Torino', 'Torino'], ['Via dei Tigli 12', null], ['', null], ['C.da Piano 5, 85100', null],
  ])('%s: %s', (address, city) => {
    expect(placeOfAddress(address, 'IT')).toEqual({ country: 'IT', region: null, city });
  });

  it('reads a region where the country has such', () => {
    expect(placeOfAddress('1 Main Street, Phoenix, AZ 85001', 'US')).toEqual({ country: 'US', region: 'AZ', city: 'Phoenix' });
    expect(placeOfAddress(null, null)).toEqual({ country: null, region: null, city: null });
  });
});

describe('zoneDays', () => {
  it('counts days of 23, 24 and 25 hours, and midnights that are skipped', () => {
    const rome = zoneDays('Europe/Rome');
    const hours = (date: string, days = rome): number => {
      const day = dayOfDate(date as PlainDate);
      return (days.startOf(day + 1) - days.startOf(day)) / 3_600_000;
    };
    expect([hours('2026-03-28'), hours('2026-03-29'), hours('2026-10-25')]).toEqual([24, 23, 25]);
    // In Lebanon the clocks go forward at midnight.
    expect(hours('2026-03-29', zoneDays('Asia/Beirut'))).toBe(23);
    expect(hours('2026-04-05', zoneDays('Australia/Lord_Howe'))).toBe(24.5);
    const at = sampleMoment('2026-03-29 00:00');
    expect([rome.dayOf(at - 1), rome.dayOf(at)].map(dateOfDay)).toEqual(['2026-03-28', '2026-03-29']);
    expect([weekdayOf(dayOfDate('2026-03-29' as PlainDate)), weekdayOf(dayOfDate('1969-12-29' as PlainDate))]).toEqual([7, 1]);
  });
});
