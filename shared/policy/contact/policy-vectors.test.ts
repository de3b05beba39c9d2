/** The published and computed examples of each pack, by name. */
import { describe, expect, it } from 'vitest';
import type { ContactAnswer, ContactRequest } from './contact-request.ts';
import { clearState } from './contact-request.ts';
import type { ContactConsent, ContactResult, ContactRow } from './contact-row.ts';
import { mayContact } from './evaluate-contact.ts';
import { sampleMoment, sampleRequest, sampleRow } from './sample-requests.ts';
import { findStandardPolicy } from './standard-policies.ts';
import type { PolicyPack } from './policy-pack.ts';
import { possibleZones } from './zones.ts';

const NEW_YORK = 'America/New_York';
const home = { zone: 'Europe/Rome', country: 'IT' };

function pack(id: string): PolicyPack {
  const found = findStandardPolicy(id);
  if (found === null) throw new Error(`no pack ${id}`);
  return found;
}

const unirec = pack('it-unirec');
const regF = pack('us-reg-f');

function rome(text: string): number {
  return sampleMoment(text);
}

function ask(text: string, parts: Partial<ContactRequest> = {}): ContactAnswer {
  return mayContact(unirec, sampleRequest(rome(text), parts));
}

function eastern(text: string): number {
  return sampleMoment(text, NEW_YORK);
}

function askRegF(text: string, rows: readonly ContactRow[], parts: Partial<ContactRequest> = {}): ContactAnswer {
  return mayContact(regF, sampleRequest(eastern(text), { zones: [NEW_YORK], place: { country: 'US', region: 'NY', city: null }, rows, ...parts }));
}

/** Calls on days of April 2026 at 10:00, 11:00 …, so many each. */
function calls(counts: Readonly<Record<string, number>>, result: ContactResult = 'attempt', parts: Partial<ContactRow> = {}): ContactRow[] {
  return Object.entries(counts).flatMap(([date, count]) =>
    Array.from({ length: count }, (_, index) => sampleRow(eastern(`2026-${date} ${String(10 + index)}:00`), result, parts)));
}

function consent(givenAtMs: number, parts: Partial<ContactConsent> = {}): ContactConsent {
  return { givenAtMs, untilMs: null, callbackAtMs: null, revokedAtMs: null, ...parts };
}

/** Allowed, or the code and the moment it ends in Rome's clock. */
function short(answer: ContactAnswer, zone = 'Europe/Rome'): string {
  if (answer.allowed) return 'allowed';
  const when = answer.nextAllowedAtMs;
  if (when === null) return answer.code;
  const written = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'short' }).format(when);
  return `${answer.code} until ${written}`;
}

describe('it-unirec: hours and days', () => {
  it.each([
    ['Monday 08:29', '2026-03-02 08:29', 'hours until 2026-03-02 08:30'],
    ['Monday 08:30', '2026-03-02 08:30', 'allowed'],
    ['Monday 20:59', '2026-03-02 20:59', 'allowed'],
    ['Monday 21:00', '2026-03-02 21:00', 'hours until 2026-03-03 08:30'],
    ['Saturday 14:59', '2026-03-07 14:59', 'allowed'],
    ['Saturday afternoon', '2026-03-07 15:00', 'hours until 2026-03-09 08:30'],
    ['Sunday', '2026-03-08 11:00', 'sunday until 2026-03-09 08:30'],
    ['Easter Monday', '2026-04-06 11:00', 'holiday until 2026-04-07 08:30'],
    ['25 December, a Friday, with Santo Stefano and Sunday behind it', '2026-12-25 11:00', 'holiday until 2026-12-28 08:30'],
    ['Monday 4 October 2027', '2027-10-04 11:00', 'holiday until 2027-10-05 08:30'],
    ['Friday 4 October 2024', '2024-10-04 11:00', 'allowed'],
    ['Sunday 4 October 2026', '2026-10-04 11:00', 'holiday until 2026-10-05 08:30'],
  ])('%s', (_name, text, expected) => {
    expect(short(ask(text))).toBe(expected);
  });

  it('the patron saint of the customer’s city, and only there', () => {
    const of = (city: string | null): string => short(ask('2026-12-07 11:00', { place: { country: 'IT', region: null, city } }));
    expect([of('MILANO'), of('Torino'), of(null)]).toEqual(['holiday until 2026-12-09 08:30', 'allowed', 'allowed']);
    expect(short(ask('2026-06-10 11:00', { place: { country: 'IT', region: null, city: "L'Aquila" } }))).toBe('holiday until 2026-06-11 08:30');
  });

  it('a closure that a lead wrote, and a patron saint that a lead added', () => {
    const calendar = {
      closures: [{ from: rest('2026-08-10'), to: rest('2026-08-14'), name: 'Ferie' }],
      patronSaints: [{ city: 'Matera', monthDay: '07-02', name: 'Madonna della Bruna' }],
    };
    expect(short(ask('2026-08-10 11:00', { calendar }))).toBe('closure until 2026-08-17 08:30');
    expect(short(ask('2026-07-02 11:00', { calendar, place: { country: 'IT', region: null, city: 'Matera' } }))).toBe('holiday until 2026-07-03 08:30');
  });

  it('the night the clocks go forward and the night they go back: 08:30 is 08:30', () => {
    expect(short(ask('2026-03-28 16:00'))).toBe('hours until 2026-03-30 08:30');
    expect(short(ask('2026-10-24 16:00'))).toBe('hours until 2026-10-26 08:30');
    const [before, after] = [ask('2026-03-27 22:00'), ask('2026-10-23 22:00')];
    expect([short(before), short(after)]).toEqual(['hours until 2026-03-28 08:30', 'hours until 2026-10-24 08:30']);
    // From Saturday 08:30 to Monday 08:30 there are 47 hours, or 49.
    expect(rome('2026-03-30 08:30') - rome('2026-03-28 08:30')).toBe(47 * 3_600_000);
    expect(rome('2026-10-26 08:30') - rome('2026-10-24 08:30')).toBe(49 * 3_600_000);
  });

  it('a letter may be sent at night, an SMS not', () => {
    const written = { reminds: false, agreedTo: true };
    expect(short(ask('2026-03-02 23:00', { channel: 'post', written }))).toBe('allowed');
    expect(short(ask('2026-03-02 23:00', { channel: 'sms', written }))).toBe('hours until 2026-03-03 08:30');
  });
});

function rest(text: string): ContactRequest['calendar']['closures'][number]['from'] {
  return text as ContactRequest['calendar']['closures'][number]['from'];
}

describe('zones: only a time that is fine in every possible one', () => {
  it('Reg F: Eastern phone and Pacific address: 11:00–21:00 Eastern', () => {
    const zones = possibleZones({ numbers: [{ e164: '+12125550100', country: 'US' }], address: { country: 'US', region: 'CA' } }, { zone: NEW_YORK, country: 'US' });
    expect(zones).toEqual(['America/Los_Angeles', NEW_YORK]);
    expect(['10:59', '11:00', '20:59', '21:00'].map((time) => askRegF(`2026-04-15 ${time}`, [], { zones }).allowed)).toEqual([false, true, true, false]);
    expect(short(askRegF('2026-04-15 21:00', [], { zones }), NEW_YORK)).toBe('hours until 2026-04-16 11:00');
  });

  it('Reg F: Eastern mobile and Mountain landline: 10:00–21:00 Eastern', () => {
    const zones = possibleZones({ numbers: [{ e164: '+19175550100', country: 'US' }, { e164: '+13035550100', country: 'US' }], address: null }, { zone: NEW_YORK, country: 'US' });
    expect(zones).toEqual(['America/Denver', NEW_YORK]);
    expect(['09:59', '10:00', '20:59', '21:00'].map((time) => askRegF(`2026-04-15 ${time}`, [], { zones }).allowed)).toEqual([false, true, true, false]);
  });

  it('a foreign number with an Italian address: both clocks', () => {
    const zones = possibleZones({ numbers: [{ e164: '+447400000000', country: 'GB' }], address: { country: 'IT', region: null } }, home);
    expect(zones).toEqual(['Europe/London', 'Europe/Rome']);
    expect(['09:29', '09:30', '20:59', '21:00'].map((time) => ask(`2026-03-02 ${time}`, { zones }).allowed)).toEqual([false, true, true, false]);
  });

  it('an unknown zone: everywhere in the country', () => {
    const zones = possibleZones({ numbers: [{ e164: null, country: 'US' }], address: null }, { zone: NEW_YORK, country: 'US' });
    expect(zones).toContain('Pacific/Honolulu');
    // In April 08:00 in Honolulu is 14:00 in New York.
    expect(['13:59', '14:00', '20:59', '21:00'].map((time) => askRegF(`2026-04-15 ${time}`, [], { zones }).allowed)).toEqual([false, true, true, false]);
  });

  it('nothing known at all: the site’s zone and the policy’s country', () => {
    expect(possibleZones({ numbers: [], address: null }, home)).toEqual(['Europe/Rome']);
    expect(possibleZones({ numbers: [{ e164: '+999', country: null }], address: { country: null, region: null } }, { zone: 'Europe/Rome', country: 'ES' }))
      .toEqual(['Atlantic/Canary', 'Europe/Madrid', 'Europe/Rome']);
  });

  it('the holidays of the customer’s own country count too', () => {
    const place = { country: 'FR', region: null, city: null };
    expect(short(ask('2026-07-14 11:00', { zones: ['Europe/Paris'], place }))).toBe('holiday until 2026-07-15 08:30');
    expect(short(ask('2026-07-14 11:00'))).toBe('allowed');
  });
});

describe('it-unirec: conversations', () => {
  const talk = (text: string, parts: Partial<ContactRow> = {}): ContactRow => sampleRow(rome(text), 'conversation', parts);

  it('one a day', () => {
    expect(short(ask('2026-03-03 15:00', { rows: [talk('2026-03-03 09:00')] }))).toBe('conversations-today until 2026-03-04 08:30');
  });

  it('three in seven days', () => {
    const rows = [talk('2026-03-02 09:00'), talk('2026-03-03 09:00'), talk('2026-03-04 09:00')];
    expect(short(ask('2026-03-05 09:00', { rows }))).toBe('conversations-week until 2026-03-09 08:30');
    expect(short(ask('2026-03-05 09:00', { rows: rows.slice(1) }))).toBe('allowed');
  });

  it('of two creditors of one person are counted together', () => {
    const rows = [talk('2026-03-03 09:00', { caseId: 'case-2', creditorId: 'creditor-2' })];
    expect(short(ask('2026-03-03 15:00', { rows }))).toBe('conversations-today until 2026-03-04 08:30');
    // Where a limit is per debt, the other creditor's does not count.
    expect(askRegF('2026-04-15 15:00', [sampleRow(eastern('2026-04-15 09:00'), 'conversation', { caseId: 'case-2' })]).allowed).toBe(true);
  });

  it('one contact about two cases counts once', () => {
    const both = ['case-1', 'case-2'].map((caseId) => talk('2026-03-02 09:00', { caseId, contactKey: 'same' }));
    expect(ask('2026-03-05 09:00', { rows: [...both, talk('2026-03-03 09:00')] }).counters.conversationsThisWeek).toBe(2);
  });

  it('failed attempts do not count towards 1/3', () => {
    const answer = ask('2026-03-02 15:00', { rows: [sampleRow(rome('2026-03-02 09:00'), 'attempt')] });
    expect(answer).toMatchObject({ allowed: true, counters: { conversationsToday: 0, roundsToday: 1 } });
  });

  it('a booked callback is consent for that call’s frequency', () => {
    const rows = [talk('2026-03-02 09:00')];
    const consents = [consent(rome('2026-03-02 09:00'), { callbackAtMs: rome('2026-03-02 17:00') })];
    expect(short(ask('2026-03-02 16:49', { rows, consents }))).toBe('conversations-today until 2026-03-02 16:50');
    expect(short(ask('2026-03-02 17:00', { rows, consents }))).toBe('allowed');
    // Answered: it is used up.
    expect(short(ask('2026-03-02 17:30', { rows: [...rows, talk('2026-03-02 17:05')], consents }))).toBe('conversations-today until 2026-03-03 08:30');
    // Tried twice in vain: used up as well.
    const vain = ['17:00', '17:05'].map((time) => sampleRow(rome(`2026-03-02 ${time}`), 'attempt'));
    expect(short(ask('2026-03-02 17:30', { rows: [...rows, ...vain], consents }))).toBe('conversations-today until 2026-03-03 08:30');
  });

  it('but not for hours or holidays: 21:30 and Sunday are refused', () => {
    const at2130 = [consent(rome('2026-03-02 09:00'), { callbackAtMs: rome('2026-03-02 21:30') })];
    expect(short(ask('2026-03-02 21:30', { consents: at2130 }))).toBe('hours until 2026-03-03 08:30');
    const onSunday = [consent(rome('2026-03-02 09:00'), { callbackAtMs: rome('2026-03-08 11:00') })];
    expect(short(ask('2026-03-08 11:00', { consents: onSunday }))).toBe('sunday until 2026-03-09 08:30');
  });

  it('a dropped line may be resumed within 15 minutes, once tried no more', () => {
    const rows = [talk('2026-03-02 09:00'), sampleRow(rome('2026-03-02 10:00'), 'dropped')];
    expect(short(ask('2026-03-02 10:14', { rows }))).toBe('allowed');
    expect(short(ask('2026-03-02 10:15', { rows }))).toBe('conversations-today until 2026-03-03 08:30');
    expect(short(ask('2026-03-02 10:10', { rows: [...rows, sampleRow(rome('2026-03-02 10:05'), 'attempt')] }))).toBe('conversations-today until 2026-03-03 08:30');
    // Of another case, it is no resumption.
    expect(ask('2026-03-02 10:05', { rows, caseId: 'case-2' }).allowed).toBe(false);
    // Nor after hours.
    expect(short(ask('2026-03-02 21:05', { rows: [sampleRow(rome('2026-03-02 20:58'), 'dropped')] }))).toBe('hours until 2026-03-03 08:30');
  });

  it('a lead may set frequency aside, and nothing else', () => {
    const rows = [talk('2026-03-02 09:00')];
    expect(ask('2026-03-02 15:00', { rows })).toMatchObject({ allowed: false, overridable: true });
    const frequencyOverride = { untilMs: rome('2026-03-02 23:00') };
    expect(ask('2026-03-02 15:00', { rows, frequencyOverride })).toMatchObject({ allowed: true, warnings: ['frequency-overridden'] });
    expect(ask('2026-03-02 21:30', { rows, frequencyOverride })).toMatchObject({ allowed: false, code: 'hours', overridable: false });
    expect(ask('2026-03-02 21:30', { rows })).toMatchObject({ allowed: false, overridable: false });
    expect(ask('2026-03-03 00:10', { rows: [talk('2026-03-02 09:00')], frequencyOverride })).toMatchObject({ allowed: false, code: 'hours' });
  });
});

describe('it-unirec: attempts', () => {
  const tried = (text: string, to = '+390971000001', result: ContactResult = 'attempt'): ContactRow => sampleRow(rome(text), result, { to });
  const asTo = (value: string | null): Partial<ContactRequest> => ({ to: { value, workplace: false, givenByPerson: false, isRepresentative: false } });

  it('other numbers of one person within 15 minutes are the same round', () => {
    const rows = [tried('2026-03-02 09:00')];
    expect(short(ask('2026-03-02 09:10', { rows, ...asTo('+393330000002') }))).toBe('allowed');
    expect(short(ask('2026-03-02 09:10', { rows }))).toBe('number-tried until 2026-03-02 12:00');
    expect(short(ask('2026-03-02 09:10', { rows, ...asTo(null) }))).toBe('number-tried until 2026-03-02 12:00');
    expect(short(ask('2026-03-02 09:15', { rows, ...asTo('+393330000002') }))).toBe('rounds-apart until 2026-03-02 12:00');
  });

  it('rounds are three hours apart, counted from the last attempt', () => {
    const rows = [tried('2026-03-02 09:00'), tried('2026-03-02 09:14', '+393330000002')];
    expect(short(ask('2026-03-02 11:00', { rows }))).toBe('rounds-apart until 2026-03-02 12:14');
  });

  it('two rounds a day', () => {
    const rows = [tried('2026-03-02 09:00'), tried('2026-03-02 13:00')];
    expect(short(ask('2026-03-02 17:00', { rows }))).toBe('rounds-today until 2026-03-03 08:30');
    // The second is under way: another number still belongs to it.
    expect(short(ask('2026-03-02 13:05', { rows, ...asTo('+393330000002') }))).toBe('allowed');
  });

  it('six rounds in seven days', () => {
    const rows = ['02', '03', '04'].flatMap((day) => [tried(`2026-03-${day} 09:00`), tried(`2026-03-${day} 13:00`)]);
    expect(short(ask('2026-03-05 09:00', { rows }))).toBe('rounds-week until 2026-03-09 08:30');
    expect(short(ask('2026-03-05 09:00', { rows: rows.slice(1) }))).toBe('allowed');
  });

  it('a busy number once more after 10 minutes, inside the round', () => {
    const busy = tried('2026-03-02 09:00', '+390971000001', 'busy');
    expect(short(ask('2026-03-02 09:09', { rows: [busy] }))).toBe('busy-wait until 2026-03-02 09:10');
    expect(short(ask('2026-03-02 09:10', { rows: [busy] }))).toBe('allowed');
    expect(short(ask('2026-03-02 09:15', { rows: [busy] }))).toBe('rounds-apart until 2026-03-02 12:00');
    const again = tried('2026-03-02 09:10', '+390971000001', 'busy');
    expect(short(ask('2026-03-02 09:14', { rows: [busy, again] }))).toBe('number-tried until 2026-03-02 12:10');
  });

  it('a dead number is no attempt', () => {
    expect(short(ask('2026-03-02 09:20', { rows: [tried('2026-03-02 09:00', '+390971000001', 'not-in-service')] }))).toBe('allowed');
  });

  it('the person’s attempts count whoever the creditor', () => {
    const rows = [sampleRow(rome('2026-03-02 09:00'), 'attempt', { caseId: 'case-2', creditorId: 'creditor-2' })];
    expect(short(ask('2026-03-02 10:00', { rows }))).toBe('rounds-apart until 2026-03-02 12:00');
  });
});

describe('us-reg-f, the nine cases', () => {
  it('1: one call Apr 1 and six unanswered Apr 2–7; the next on Apr 8 complies', () => {
    const rows = calls({ '04-01': 1, '04-02': 1, '04-03': 1, '04-04': 1, '04-05': 1, '04-06': 1, '04-07': 1 });
    expect(askRegF('2026-04-08 10:00', rows)).toMatchObject({ allowed: true, counters: { callsInWindow: 6 } });
  });

  it('2: eight in seven days: the eighth is refused', () => {
    const rows = calls({ '04-01': 1, '04-02': 2, '04-03': 2, '04-06': 2 });
    expect(short(askRegF('2026-04-07 10:00', rows), NEW_YORK)).toBe('calls-in-days until 2026-04-08 08:00');
  });

  it('3: the consumer calls Aug 13; the next outbound on Aug 20 complies, on Aug 19 not', () => {
    const rows = [sampleRow(eastern('2026-08-13 10:00'), 'conversation', { direction: 'inbound' })];
    expect(askRegF('2026-08-20 09:00', rows).allowed).toBe(true);
    expect(short(askRegF('2026-08-19 20:00', rows), NEW_YORK)).toBe('conversation-rest until 2026-08-20 08:00');
  });

  it('4: a conversation on Aug 14: no call before Aug 21', () => {
    const rows = [sampleRow(eastern('2026-08-14 10:00'), 'conversation')];
    expect(short(askRegF('2026-08-17 10:00', rows), NEW_YORK)).toBe('conversation-rest until 2026-08-21 08:00');
    expect(askRegF('2026-08-21 08:00', rows).allowed).toBe(true);
  });

  const friday = eastern('2026-04-03 10:00');
  const talkedOnFriday = sampleRow(friday, 'conversation');

  it('5: Apr 3 “call back Monday”; the call on Mon Apr 6 is excluded', () => {
    const consents = [consent(friday, { callbackAtMs: eastern('2026-04-06 12:00') })];
    expect(askRegF('2026-04-06 09:00', [talkedOnFriday], { consents }).allowed).toBe(true);
    expect(askRegF('2026-04-07 09:00', [talkedOnFriday], { consents }).allowed).toBe(false);
    expect(askRegF('2026-04-06 09:00', [talkedOnFriday]).allowed).toBe(false);
  });

  it('6: no day named, talk on Apr 6; a call on Wed Apr 8 without new consent is refused', () => {
    const consents = [consent(friday)];
    expect(askRegF('2026-04-06 09:00', [talkedOnFriday], { consents }).allowed).toBe(true);
    const rows = [talkedOnFriday, sampleRow(eastern('2026-04-06 09:00'), 'conversation')];
    expect(short(askRegF('2026-04-08 09:00', rows, { consents }), NEW_YORK)).toBe('conversation-rest until 2026-04-13 08:00');
  });

  it('7: consent by e-mail Thu Jun 4; eight calls Jun 8–10 are excluded; from Jun 11 they count', () => {
    const consents = [consent(eastern('2026-06-04 15:00'))];
    const rows = calls({ '06-08': 3, '06-09': 3, '06-10': 2 });
    expect(askRegF('2026-06-10 15:00', rows.slice(0, 7), { consents }).allowed).toBe(true);
    expect(askRegF('2026-06-11 09:00', rows, { consents })).toMatchObject({ allowed: true, counters: { callsInWindow: 0 } });
    expect(askRegF('2026-06-11 09:00', rows)).toMatchObject({ allowed: false, counters: { callsInWindow: 8 } });
    const more = [...rows, ...calls({ '06-11': 4, '06-12': 3 })];
    expect(short(askRegF('2026-06-12 15:00', more, { consents }), NEW_YORK)).toBe('calls-in-days until 2026-06-18 08:00');
    // Revoked on Jun 9: the calls of Jun 10 count.
    expect(askRegF('2026-06-11 09:00', rows, { consents: [consent(eastern('2026-06-04 15:00'), { revokedAtMs: eastern('2026-06-09 20:00') })] }).counters.callsInWindow).toBe(2);
  });

  it('8: three debts, 21 unanswered, seven assigned to each: complies, and an eighth for one does not', () => {
    const rows = ['case-1', 'case-2', 'case-3'].flatMap((caseId, index) =>
      calls({ '04-01': 3, '04-02': 4 }, 'attempt', { caseId, to: `+1212555010${String(index)}` }));
    expect(rows).toHaveLength(21);
    expect(askRegF('2026-04-02 19:00', rows.filter((row) => row.atMs < eastern('2026-04-02 13:00'))).allowed).toBe(true);
    expect(askRegF('2026-04-02 19:00', rows)).toMatchObject({ allowed: false, code: 'calls-in-days', counters: { callsInWindow: 7 } });
    expect(askRegF('2026-04-02 19:00', rows, { caseId: 'case-4' }).allowed).toBe(true);
  });

  it('a voicemail about two debts counts for both', () => {
    const six = calls({ '04-01': 6 });
    const voicemail = ['case-1', 'case-2'].map((caseId) => sampleRow(eastern('2026-04-02 09:00'), 'voicemail', { caseId, contactKey: 'voicemail' }));
    expect(askRegF('2026-04-02 19:00', [...six, ...voicemail]).counters.callsInWindow).toBe(7);
    expect(askRegF('2026-04-02 19:00', [...six, ...voicemail], { caseId: 'case-2' }).counters.callsInWindow).toBe(1);
  });

  it('9: two unanswered within 5 minutes, or six or seven in a day: complies, with a warning', () => {
    const first = [sampleRow(eastern('2026-04-01 10:00'), 'attempt')];
    expect(askRegF('2026-04-01 10:04', first)).toMatchObject({ allowed: true, warnings: ['calls-close'] });
    expect(askRegF('2026-04-01 10:05', first)).toMatchObject({ allowed: true, warnings: [] });
    expect(askRegF('2026-04-01 16:00', calls({ '04-01': 4 }))).toMatchObject({ allowed: true, warnings: [] });
    expect(askRegF('2026-04-01 16:00', calls({ '04-01': 5 }))).toMatchObject({ allowed: true, warnings: ['calls-many'] });
    expect(askRegF('2026-04-01 17:00', calls({ '04-01': 6 }))).toMatchObject({ allowed: true, warnings: ['calls-many'] });
  });

  it('busy and dead numbers do not count; dropped ones do', () => {
    const answer = askRegF('2026-04-01 19:00', [...calls({ '04-01': 5 }, 'busy'), ...calls({ '03-31': 3 }, 'not-in-service'), ...calls({ '03-30': 2 }, 'dropped')]);
    expect(answer.counters.callsInWindow).toBe(2);
  });

  it('8:00–21:00, Sundays and holidays too', () => {
    expect(['07:59', '08:00', '20:59', '21:00'].map((time) => askRegF(`2026-07-05 ${time}`, []).allowed)).toEqual([false, true, true, false]);
    expect(askRegF('2026-12-25 10:00', []).allowed).toBe(true);
  });
});

describe('ie-cca46, uk-conc7, it-business, it-unirec-strict', () => {
  const at = (id: string, text: string, zone: string, country: string, parts: Partial<ContactRequest> = {}): string =>
    short(mayContact(pack(id), sampleRequest(sampleMoment(text, zone), { zones: [zone], place: { country, region: null, city: null }, ...parts })), zone);

  it('ie-cca46: none from 21:00 to 09:00, none on Sundays or public holidays', () => {
    const dublin = (text: string): string => at('ie-cca46', text, 'Europe/Dublin', 'IE');
    expect(dublin('2026-03-02 08:59')).toBe('hours until 2026-03-02 09:00');
    expect(dublin('2026-03-02 20:59')).toBe('allowed');
    expect(dublin('2026-03-07 21:00')).toBe('hours until 2026-03-09 09:00');
    expect(dublin('2026-03-08 12:00')).toBe('sunday until 2026-03-09 09:00');
    expect(dublin('2026-03-17 12:00')).toBe('holiday until 2026-03-18 09:00');
    // Good Friday is a bank holiday, not a public one.
    expect(dublin('2026-04-03 12:00')).toBe('allowed');
  });

  it('ie-cca46: not at work without consent', () => {
    const to = { value: '+35315550100', workplace: true, givenByPerson: false, isRepresentative: false };
    expect(at('ie-cca46', '2026-03-02 10:00', 'Europe/Dublin', 'IE', { to })).toBe('workplace');
    expect(at('ie-cca46', '2026-03-02 10:00', 'Europe/Dublin', 'IE', { to: { ...to, givenByPerson: true } })).toBe('allowed');
  });

  it('uk-conc7: stated preferences bind; a breathing space is kept', () => {
    const london = (text: string, parts: Partial<ContactRequest> = {}): string => at('uk-conc7', text, 'Europe/London', 'GB', parts);
    const preferredHours = { from: '17:00', to: '19:00' };
    expect(london('2026-03-02 10:00', { preferredHours })).toBe('preferred-hours until 2026-03-02 17:00');
    expect(london('2026-03-02 18:00', { preferredHours })).toBe('allowed');
    expect(pack('uk-conc7').breathingSpaceDays).toBe(60);
    const state = { ...clearState, breathingSpaceUntilMs: sampleMoment('2026-05-01 00:00', 'Europe/London') };
    expect(london('2026-03-02 10:00', { state })).toBe('breathing-space until 2026-05-01 08:00');
  });

  it('it-unirec says when a call lies outside the hours a person asked for, and does not forbid it', () => {
    expect(ask('2026-03-02 10:00', { preferredHours: { from: '17:00', to: '19:00' } })).toMatchObject({ allowed: true, warnings: ['preferred-hours'] });
  });

  it('it-business: office hours', () => {
    const rome = (text: string): string => at('it-business', text, 'Europe/Rome', 'IT');
    expect(rome('2026-03-02 13:30')).toBe('hours until 2026-03-02 14:00');
    expect(rome('2026-03-06 18:30')).toBe('hours until 2026-03-09 08:30');
  });

  it('it-unirec-strict: one call every two days, none from Saturday afternoon to Monday morning', () => {
    const rows = [sampleRow(sampleMoment('2026-03-02 10:00'), 'conversation')];
    expect(at('it-unirec-strict', '2026-03-03 10:00', 'Europe/Rome', 'IT', { rows })).toBe('conversation-rest until 2026-03-04 08:30');
    const vain = [sampleRow(sampleMoment('2026-03-02 10:00'), 'attempt')];
    expect(at('it-unirec-strict', '2026-03-03 10:00', 'Europe/Rome', 'IT', { rows: vain })).toBe('rounds-apart until 2026-03-04 10:00');
    expect(at('it-unirec-strict', '2026-03-07 13:00', 'Europe/Rome', 'IT')).toBe('hours until 2026-03-09 08:30');
  });
});

describe('what nobody sets aside', () => {
  it.each([
    ['represented', { state: { ...clearState, represented: true } }],
    ['stopped', { state: { ...clearState, stopped: true } }],
    ['do-not-call-person', { state: { ...clearState, doNotCallPerson: true } }],
    ['do-not-call-number', { state: { ...clearState, doNotCallNumber: true } }],
    ['do-not-call-creditor', { state: { ...clearState, doNotCallCreditor: true } }],
    ['dispute-open', { state: { ...clearState, disputeOpen: true } }],
    ['suspended-open', { state: { ...clearState, suspendedUntilMs: 'open' as const } }],
    ['certificate-missing', { certificate: { tone: 'recovery' as const, held: 'none' as const } }],
    ['workplace', { to: { value: null, workplace: true, givenByPerson: false, isRepresentative: false } }],
  ] as const)('%s: no override, and nobody knows until when', (code, parts) => {
    const frequencyOverride = { untilMs: rome('2026-04-01 00:00') };
    expect(ask('2026-03-02 10:00', { ...parts, frequencyOverride })).toMatchObject({ allowed: false, code, nextAllowedAtMs: null, overridable: false });
  });

  it('a representative may be called where the person may not', () => {
    const to = { value: null, workplace: false, givenByPerson: true, isRepresentative: true };
    expect(ask('2026-03-02 10:00', { state: { ...clearState, represented: true }, to }).allowed).toBe(true);
  });

  it('a letter reaches a person who is not to be called', () => {
    expect(ask('2026-03-02 10:00', { state: { ...clearState, doNotCallPerson: true }, channel: 'post' }).allowed).toBe(true);
  });

  it('a trainee calls, and is audited', () => {
    expect(ask('2026-03-02 10:00', { certificate: { tone: 'reminder', held: 'trainee' } })).toMatchObject({ allowed: true, warnings: ['trainee'] });
  });

  it('an e-mail is not the first reminder, and needs the person’s yes', () => {
    const email = (parts: Partial<ContactRequest>): string => short(ask('2026-03-02 10:00', { channel: 'email', ...parts }));
    const rows = [sampleRow(rome('2026-02-20 10:00'), 'attempt')];
    expect(email({ rows })).toBe('written-without-consent');
    expect(email({ written: { reminds: true, agreedTo: true } })).toBe('written-as-first');
    expect(email({ rows, written: { reminds: true, agreedTo: true } })).toBe('allowed');
    expect(email({ written: { reminds: false, agreedTo: false } })).toBe('allowed');
  });

  it('a suspension with an end; who cannot pay is not pressed, unless they asked for the call', () => {
    expect(short(ask('2026-03-02 10:00', { state: { ...clearState, suspendedUntilMs: rome('2026-03-15 00:00') } }))).toBe('suspended until 2026-03-16 08:30');
    const state = { ...clearState, inabilityDeclaredAtMs: rome('2026-03-01 10:00') };
    expect(short(ask('2026-03-02 10:00', { state }))).toBe('inability until 2026-03-31 08:30');
    const consents = [consent(rome('2026-03-01 10:00'), { callbackAtMs: rome('2026-03-10 11:00') })];
    expect(short(ask('2026-03-02 10:00', { state, consents }))).toBe('inability until 2026-03-10 10:50');
    const strict = sampleRequest(rome('2026-03-02 10:00'), { state });
    expect(short(mayContact(pack('it-unirec-strict'), strict))).toBe('inability-open');
    expect(short(mayContact(pack('it-unirec-strict'), { ...strict, consents }))).toBe('inability until 2026-03-10 10:50');
  });

  it('of several reasons the one that lasts longest is said, all are named', () => {
    const rows = ['02-24', '02-26', '03-01'].map((date) => sampleRow(rome(`2026-${date} 10:00`), 'conversation'));
    const answer = ask('2026-03-01 21:30', { rows });
    expect(answer).toMatchObject({ code: 'conversations-week', codes: ['conversations-week', 'sunday', 'conversations-today'], overridable: false });
    expect(ask('2026-03-01 21:30', { rows, state: { ...clearState, disputeOpen: true } })).toMatchObject({ code: 'dispute-open', nextAllowedAtMs: null });
  });

  it('hours that no zone shares', () => {
    const answer = ask('2026-03-02 10:00', { zones: ['Asia/Kolkata', 'America/Los_Angeles', 'Europe/Rome'] });
    expect(short(answer)).toBe('no-common-hours');
  });
});
