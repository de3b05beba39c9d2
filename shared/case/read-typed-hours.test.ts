import { describe, expect, it } from 'vitest';
import { preferencesSchema } from '../facts/contact-bodies.ts';
import { readTypedHours } from './read-typed-hours.ts';

describe('readTypedHours', () => {
  it.each([
    ['9-13', '09:00', '13:00'], ['9:30 – 12', '09:30', '12:00'], ['dalle 17 alle 20', '17:00', '20:00'], ['17.30 20', '17:30', '20:00'],
    ['from 8 to 10', '08:00', '10:00'], ['09:00-13:00', '09:00', '13:00'],
  ])('understands «%s»', (text, from, to) => {
    const read = readTypedHours(text, 'hours');
    expect(read).toEqual({ ok: true, value: { from, to } });
    const preferences = { partyId: null, channel: null, hours: { from, to }, doNotCall: false, language: null, note: null };
    expect(preferencesSchema.safeParse(preferences).success).toBe(true);
  });

  it.each(['', '9', 'mattina', '13-9', '9-9', '9-25', '9:70-12', '9-10-11'])('refuses «%s», beside its field', (text) => {
    expect(readTypedHours(text, 'hours')).toMatchObject({ ok: false, error: { messageKey: 'error.hoursUnreadable', details: { field: 'hours' } } });
  });
});
