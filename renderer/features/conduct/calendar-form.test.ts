import { describe, expect, it } from 'vitest';
import { calendarEntitySchema } from '../../../shared/protocol/conduct-protocol.ts';
import { formOfCalendar, readCalendar, readMonthDay, showMonthDay } from './calendar-form.ts';

describe('the calendar as typed', () => {
  it('comes back as it was published', () => {
    const calendar = calendarEntitySchema.parse({
      calendarId: 'agency', version: 2, closures: [{ from: '2026-12-24', to: '2027-01-02', name: 'Natale' }], patronSaints: [{ city: 'Matera', monthDay: '07-02', name: 'Madonna della Bruna' }],
    });
    const { version: _version, ...draft } = calendar;
    expect(readCalendar(formOfCalendar(calendar))).toEqual({ ok: true, draft });
  });

  it('names every field that is wrong', () => {
    expect(readCalendar({ closures: [{ from: '', to: '', name: ' ' }, { from: '2026-12-24', to: '2026-12-23', name: 'x' }], saints: [{ city: '', day: '31/2', name: '' }] })).toEqual({
      ok: false,
      problems: { 'closures.0.from': 'date', 'closures.0.to': 'date', 'closures.0.name': 'name', 'closures.1.to': 'reversed', 'saints.0.city': 'city', 'saints.0.day': 'day' },
    });
  });

  it('reads days as people write them', () => {
    expect(['7/12', '07.12', ' 7 - 12 ', '7 12'].map(readMonthDay)).toEqual(['12-07', '12-07', '12-07', '12-07']);
    expect(readMonthDay('29/2')).toBe('02-29');
    expect(['30/2', '7', '12/7/2026', 'Natale', '0/1', '1/13'].map(readMonthDay)).toEqual([null, null, null, null, null, null]);
    expect(showMonthDay('07-02')).toBe('2/7');
  });
});
