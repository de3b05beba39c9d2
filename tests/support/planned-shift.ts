/**
 * A shift of 40 cases on paper: who types which code when, what is typed, and what must then stand at the hub.
 *
 * Invariant: every outcome code is here; texts are what a person types, expectations are the fact's own values, and
 * no function of the app turns one into the other.
 */
import type { OutcomeCode } from '../../shared/case/outcome-codes.ts';
import { nextOpen, openingHours } from '../../shared/policy/contact/opening-hours.ts';
import { emptyCalendar } from '../../shared/policy/contact/policy-pack.ts';
import { findStandardPolicy } from '../../shared/policy/contact/standard-policies.ts';
import type { PlainDate } from '../../shared/time.ts';
import { addDays, dateOfInstant, instantOf, systemClock } from '../../shared/time.ts';
import type { TypedFields } from './type-outcome.ts';

const zone = 'Europe/Rome';
const today = dateOfInstant(systemClock.nowMs(), zone);
/** No Sunday and no holiday. */
const callbackDay = dateOfInstant(nextCallingMoment(instantOf(addDays(today, 2), '10:15', zone)), zone);

function nextCallingMoment(instantMs: number): number {
  const policy = findStandardPolicy('it-unirec');
  const moment = policy === null ? null : nextOpen([openingHours(policy, emptyCalendar, { country: 'IT', region: null, city: null }, zone)], instantMs);
  if (moment === null) throw new Error('no hour to call at');
  return moment;
}

export interface PlannedOutcome {
  code: OutcomeCode;
  typed: TypedFields;
  /** Parts of the fact's body. */
  expected: Record<string, unknown>;
}

interface Planned { online: PlannedOutcome[]; offline: PlannedOutcome[] }

/** Codes whose number is soon free again stand last: so nobody is offered a case twice, at any hour of the day. */
export const shiftPlan: { first: Planned; second: Planned } = {
  first: {
    online: plan('PTP', 'PLN', 'PAID', 'NA', 'DSP', 'RES', 'SET', 'NA', 'REF', 'LB'),
    offline: plan('RPC', 'CBK', 'TRN', 'PTP', 'NA', 'LAW', 'CMP', 'DSP', 'WN', 'DRP'),
  },
  second: {
    online: plan('PRV', 'DNC', 'LNG', 'TPC', 'LM', 'AM', 'HU', 'NA', 'LB', 'PPY'),
    offline: plan('DEC', 'INS', 'IDR', 'MIN', 'PTP', 'NA', 'PAID', 'RPC', 'DC', 'NA'),
  },
};

function plan(...codes: OutcomeCode[]): PlannedOutcome[] {
  return codes.map((code, at) => ({ code, ...contentOf(code, 10 + at) }));
}

/** `euros` differs from case to case, so that a row in the wrong place shows. */
function contentOf(code: OutcomeCode, euros: number): Pick<PlannedOutcome, 'typed' | 'expected'> {
  const cents = euros * 100 + 25;
  const amountText = `${String(euros)},25`;
  const currency = 'EUR';
  switch (code) {
    case 'PTP': return {
      typed: { amountText, dateText: typedDay(5), method: 'bank-transfer', cause: 'temporary-liquidity' },
      expected: { promise: { parts: [{ amountCents: cents, dueOn: day(5) }], currency, method: 'bank-transfer' }, cause: 'temporary-liquidity' },
    };
    case 'PLN': return {
      // No instalment is smaller than a creditor lets it be.
      typed: { amountText: `${String(euros + 50)},25`, perMonthText: '40', dayText: '10', planKind: 'fewest', planReadBack: 'yes' },
      expected: { plan: { stage: 'accepted', kind: 'fewest', currency, readBack: true } },
    };
    case 'PAID': return {
      typed: { amountText, dateText: typedDay(-2), method: 'card', proof: 'received' },
      expected: { payment: { amountCents: cents, currency, paidOn: day(-2), method: 'card', proof: 'received', restDueOn: null } },
    };
    case 'PPY': return {
      typed: { amountText, dateText: typedDay(2), method: 'cash', restDateText: typedDay(12) },
      expected: { payment: { amountCents: cents, currency, paidOn: day(2), method: 'cash', restDueOn: day(12) } },
    };
    case 'DSP': return {
      typed: { disputeReason: 'quantity', amountText, proof: 'requested' },
      expected: { dispute: { reason: 'quantity', amountCents: cents, currency, proof: 'requested' } },
    };
    case 'RES': return {
      typed: { resendBy: 'email', addressText: 'uffici.o@posta.example', dateText: typedDay(8) },
      expected: { resend: { by: 'email', to: 'uffici.o@posta.example', checkOn: day(8) } },
    };
    case 'SET': return {
      typed: { amountText, dateText: typedDay(9) }, expected: { settlement: { offeredCents: cents, currency, payBy: day(9) } },
    };
    case 'REF': return {
      typed: { dateText: typedDay(14), cause: 'opportunistic' }, expected: { cause: 'opportunistic', nextContactOn: day(14) },
    };
    case 'RPC': return { typed: { dateText: typedDay(6), cause: 'forgot' }, expected: { cause: 'forgot', nextContactOn: day(6) } };
    case 'CBK': return {
      typed: { dateText: `${typed(callbackDay)} 10:15`, callbackAudience: 'only-me' },
      expected: { callback: { at: instantOf(callbackDay, '10:15', zone), zone, audience: 'only-me' }, spokeWith: 'right-party' },
    };
    case 'TRN': return {
      typed: { nameText: 'D’Àvola Niccolò', dateText: typedDay(-30), addressText: '0828 000 999', spokeWith: 'other' },
      expected: { holderChange: { newHolder: 'D’Àvola Niccolò', since: day(-30), contact: '0828 000 999' }, spokeWith: 'other' },
    };
    case 'LAW': return {
      typed: { nameText: 'Avv. Quaranta', addressText: 'quaranta@posta.example' },
      expected: { represented: { name: 'Avv. Quaranta', contact: 'quaranta@posta.example' } },
    };
    case 'CMP': return { typed: { owner: 'creditor', dateText: typedDay(7) }, expected: { complaint: { owner: 'creditor', dueOn: day(7) } } };
    case 'PRV': return { typed: { requestKind: 'access', owner: 'back-office' }, expected: { privacyRequest: { kind: 'access', owner: 'back-office' } } };
    case 'DNC': return { typed: { refusedScope: 'person' }, expected: { refusedContact: 'person' } };
    case 'LNG': return { typed: { nameText: 'rumeno' }, expected: { languageWanted: 'rumeno' } };
    case 'TPC': case 'LM': case 'AM': case 'HU': case 'NA': case 'LB': case 'WN': case 'DC': case 'DEC': case 'INS': case 'IDR': case 'MIN': case 'DRP':
      return { typed: {}, expected: { promise: null, dispute: null, payment: null, plan: null, callback: null } };
  }
}

/** A creditor's file with one overdue invoice for each of `count` customers, no two of one name. */
export function renderShiftFile(count: number): string {
  const surnames = ['Settefontane', 'Quercioli', 'D’Àvola', 'Trecollini', 'Ventimolini', 'Lo Presti', 'Cinquecipressi', 'Ponteallegro', 'Òrsola', 'Fossombra', 'Malaspina'];
  const names = ['Ada', 'Bruno', 'Carmela', 'Donato'];
  const rows = Array.from({ length: count }, (_, at) => {
    const name = `${surnames[at % surnames.length] ?? ''} ${names[Math.floor(at / surnames.length)] ?? ''}`;
    const code = String(at + 1).padStart(4, '0');
    return `C${code};${name};Persona fisica;F${code};${typedDay(-60 - at)};${typedDay(-20 - at)};${String(100 + at)},00;0828 00${code}`;
  });
  return ['Codice cliente;Intestatario;Tipo cliente;N. bolletta;Data emissione;Scadenza;Importo;Telefono', ...rows, ''].join('\r\n');
}

function day(offset: number): PlainDate {
  return addDays(today, offset);
}

function typedDay(offset: number): string {
  return typed(day(offset));
}

function typed(date: PlainDate): string {
  const [year, month, dayOfMonth] = date.split('-');
  return `${dayOfMonth ?? ''}/${month ?? ''}/${year ?? ''}`;
}
