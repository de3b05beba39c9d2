import { describe, expect, it } from 'vitest';
import type { PlainDate } from '../../shared/time.ts';
import { formatParams, makeFormatter } from './format.ts';

const nowMs = Date.UTC(2026, 10, 21, 9, 30);
const zone = 'Europe/Rome';
const it_ = makeFormatter('it', () => nowMs, zone);
const en = makeFormatter('en', () => nowMs, zone);
const day = (text: string): PlainDate => text as PlainDate;
const plain = (text: string): string => text.replace(/\u00a0/g, ' ');

describe('makeFormatter', () => {
  it('writes money with its currency', () => {
    expect(plain(it_.money(172260, 'EUR'))).toBe('1.722,60 €');
    expect(en.money(172260, 'USD')).toMatch(/1,722\.60/);
  });

  it('writes dates with the day of the week, the year only when it is another one', () => {
    expect(it_.date(day('2026-11-27'))).toBe('ven 27 nov');
    expect(en.date(day('2026-11-27'))).toBe('Fri 27 Nov');
    expect(it_.date(day('2025-11-27'))).toBe('gio 27 nov 2025');
    expect(it_.shortDate(day('2026-10-09'))).toBe('9 ott');
  });

  it('writes moments in their own zone: the time alone when it is today', () => {
    expect(it_.moment(Date.UTC(2026, 10, 21, 13, 0), zone)).toBe('14:00');
    expect(it_.moment(Date.UTC(2026, 10, 23, 7, 30), zone)).toBe('lun 23 nov, 08:30');
    expect(en.moment(Date.UTC(2026, 10, 23, 7, 30), 'Europe/London')).toBe('Mon 23 Nov, 07:30');
    expect(it_.full(nowMs, zone)).toBe('sab 21 nov 2026, 10:30');
  });

  it('counts days and minutes from now', () => {
    expect(it_.daysTo(day('2026-11-27'))).toBe(6);
    expect(it_.daysTo(day('2026-11-20'))).toBe(-1);
    expect(it_.minutesTo(nowMs + 240_000)).toBe(4);
  });
});

describe('formatParams', () => {
  it('makes cents, dates, moments and counts readable', () => {
    const readable = formatParams({ amountCents: 18000, currency: 'EUR', dueOn: '2026-11-20', at: Date.UTC(2026, 10, 21, 13, 0), zone, days: 3 }, it_);
    expect(plain(String(readable['amount']))).toBe('180,00 €');
    expect(readable).toMatchObject({ dueOn: 'ven 20 nov', at: '14:00', days: 3, count: 3 });
  });
});

it('writes the size of a file as people do', () => {
  const sizes = [1, 430_000, 1_230_000, 20 * 1024 * 1024, 80 * 1024 ** 3].map((sizeBytes) => plain(it_.fileSize(sizeBytes)));
  expect(sizes).toEqual(['1 kB', '420 kB', '1,2 MB', '20 MB', '80 GB']);
});
