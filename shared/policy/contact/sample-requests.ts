/** Requests and rows for tests and benches: everything clear, a private person in Italy, and the parts that a case is about. */
import type { PlainDate } from '../../time.ts';
import { instantOf } from '../../time.ts';
import { unknownPlace } from './calendar.ts';
import type { ContactRequest } from './contact-request.ts';
import { clearState } from './contact-request.ts';
import type { ContactResult, ContactRow } from './contact-row.ts';
import { emptyCalendar } from './policy-pack.ts';

/** `sampleMoment('2026-04-01 10:00', 'Europe/Rome')` */
export function sampleMoment(text: string, zone = 'Europe/Rome'): number {
  const [date = '', time = ''] = text.split(' ');
  return instantOf(date as PlainDate, time, zone);
}

/** Nothing stands in the way but what the parts say. */
export function sampleRequest(nowMs: number, parts: Partial<ContactRequest> = {}): ContactRequest {
  return {
    nowMs, zones: ['Europe/Rome'], place: { ...unknownPlace, country: 'IT' }, channel: 'phone',
    to: { value: '+390971000001', workplace: false, givenByPerson: false, isRepresentative: false },
    rows: [], caseId: 'case-1', consents: [], state: clearState, preferredHours: null, certificate: { tone: 'courtesy', held: 'full' },
    written: { reminds: true, agreedTo: false }, frequencyOverride: null, calendar: emptyCalendar, ...parts,
  };
}

/** An outbound call about `case-1`. */
export function sampleRow(atMs: number, result: ContactResult, parts: Partial<ContactRow> = {}): ContactRow {
  return {
    contactKey: `contact-${String(atMs)}-${parts.to ?? ''}`, atMs, channel: 'phone', direction: 'outbound', result, to: '+390971000001', partyId: null,
    caseId: 'case-1', creditorId: 'creditor-1', ...parts,
  };
}
