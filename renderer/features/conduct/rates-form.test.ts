import { describe, expect, it } from 'vitest';
import { standardRates } from '../../../shared/interest/standard-rates.ts';
import { formOfRates, readRates, withNextPeriod } from './rates-form.ts';

const late = standardRates['late-payment'].rows;

describe('a rate table as typed', () => {
  it.each(['it', 'en'] as const)('gives back what stands, in %s', (locale) => {
    for (const { rows } of Object.values(standardRates)) expect(readRates(formOfRates(rows, locale), locale)).toEqual({ ok: true, rows });
  });

  it('goes on with the next half-year, or the next year', () => {
    const form = withNextPeriod(formOfRates(late, 'it'), 'it-late-payment');
    expect(form.at(-1)).toMatchObject({ from: '2026-07-01', to: '2026-12-31', rate: '' });
    expect(withNextPeriod(form, 'it-late-payment').at(-1)).toMatchObject({ from: '2027-01-01', to: '2027-06-30' });
    expect(withNextPeriod(formOfRates(standardRates.legal.rows, 'it'), 'it-legal').at(-1)).toMatchObject({ from: '2027-01-01', to: '2027-12-31' });
    expect(withNextPeriod([], 'it-legal')).toEqual([{ from: '', to: '', rate: '', source: '', isUnverified: false }]);
  });

  it('is refused at the field: what is missing, a hole, an overlap, a turned period', () => {
    const next = withNextPeriod(formOfRates(late, 'it'), 'it-late-payment');
    const [index, at] = [next.length - 1, String(next.length - 1)];
    const typed = (change: object): ReturnType<typeof readRates> => readRates(next.map((row, place) => (place === index ? { ...row, rate: '10,15', source: 'Comunicato MEF', ...change } : row)), 'it');
    expect(typed({})).toMatchObject({ ok: true });
    expect(readRates(next, 'it')).toMatchObject({ problems: { [`${at}.rate`]: { key: 'conduct.rates.problem.rate' }, [`${at}.source`]: { key: 'conduct.rates.problem.source' } } });
    expect(typed({ to: '' })).toMatchObject({ problems: { [`${at}.to`]: { key: 'conduct.calendar.problem.date' } } });
    expect(typed({ rate: '101' })).toMatchObject({ problems: { [`${at}.rate`]: { key: 'conduct.rates.problem.rate' } } });
    expect(typed({ from: '2026-07-02' })).toEqual({ ok: false, problems: { [`${at}.from`]: { key: 'error.rates.hole', params: { row: next.length, expected: '2026-07-01' } } } });
    expect(typed({ from: '2026-06-30' })).toEqual({ ok: false, problems: { [`${at}.from`]: { key: 'error.rates.overlap', params: { row: next.length, expected: '2026-07-01' } } } });
    expect(typed({ to: '2026-06-30' })).toMatchObject({ problems: { [`${at}.to`]: { key: 'error.rates.turned' } } });
    // A row taken out of the middle leaves a hole before the one that followed it.
    expect(readRates(formOfRates(late, 'it').filter((_row, place) => place !== 3), 'it')).toMatchObject({ problems: { '3.from': { key: 'error.rates.hole' } } });
  });
});
