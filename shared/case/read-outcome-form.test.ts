import { describe, expect, it } from 'vitest';
import { promiseForm, plainForm } from '../testing/outcome-forms.ts';
import { sampleCase, sampleInvoice, sampleToday } from '../testing/sample-case.ts';
import type { OutcomeForm } from '../contract/outcome-form.ts';
import type { UserId } from '../id.ts';
import { newId } from '../id.ts';
import { instantOf } from '../time.ts';
import { readOutcomeForm } from './read-outcome-form.ts';
import { viewCase } from './view-case.ts';

const zone = 'Europe/Rome';
/** A Friday. */
const nowMs = instantOf(sampleToday, '12:00', zone);
const invoice = sampleInvoice('1', 20, 172_260);
const view = viewCase(sampleCase([invoice]), [], { nowMs, zone, userId: newId<UserId>() });
const read = (form: OutcomeForm): ReturnType<typeof readOutcomeForm> => readOutcomeForm(form, { view, nowMs, zone, locale: 'it' });

describe('readOutcomeForm', () => {
  it('takes everything that may be asked for when no amount is typed', () => {
    expect(read(promiseForm())).toMatchObject({
      ok: true, value: { promise: { parts: [{ dueOn: '2026-11-23', amountCents: 172_260 }], invoices: [{ invoiceId: invoice.invoiceId, amountCents: 172_260 }] } },
    });
  });

  it.each([
    ['an amount of letters', promiseForm({ amountText: 'tanto' }), 'amountText', 'amount-unreadable'],
    ['nothing', promiseForm({ amountText: '0' }), 'amountText', 'amount-zero'],
    ['more than is open', promiseForm({ amountText: '1.722,61' }), 'amountText', 'amount-too-large'],
    ['no date', promiseForm({ dateText: '' }), 'dateText', 'date-unreadable'],
    ['a past date', promiseForm({ dateText: '2026-11-19' }), 'dateText', 'date-in-past'],
    ['a date in two years', promiseForm({ dateText: '2028-11-19' }), 'dateText', 'date-too-far'],
    ['no method', promiseForm({ method: null }), 'method', 'method-missing'],
    ['no reason', plainForm('DSP', { disputeInvoiceId: invoice.invoiceId }), 'disputeReason', 'dispute-reason-missing'],
    ['no invoice', plainForm('DSP', { disputeReason: 'price' }), 'disputeInvoiceId', 'invoice-missing'],
    ['a callback at night', plainForm('CBK', { dateText: '2026-11-23 21:30', callbackAudience: 'anyone' }), 'dateText', 'moment-outside-hours'],
    ['a callback on Sunday', plainForm('CBK', { dateText: '2026-11-22 10:00', callbackAudience: 'anyone' }), 'dateText', 'moment-outside-hours'],
    ['a callback on Saturday evening', plainForm('CBK', { dateText: '2026-11-21 15:00', callbackAudience: 'anyone' }), 'dateText', 'moment-outside-hours'],
    ['no audience', plainForm('CBK', { dateText: 'lun 10:00' }), 'callbackAudience', 'audience-missing'],
    ['a refusal without a cause', plainForm('REF'), 'cause', 'cause-missing'],
  ] as const)('refuses %s and names the field', (_what, form, field, code) => {
    expect(read(form)).toMatchObject({ ok: false, error: { code, details: { field } } });
  });

  it('reads a part dispute and a callback as typed', () => {
    expect(read(plainForm('DSP', { disputeReason: 'quantity', disputeInvoiceId: invoice.invoiceId, amountText: '120' }))).toMatchObject({
      ok: true, value: { dispute: { amountCents: 12_000, reason: 'quantity' } },
    });
    expect(read(plainForm('CBK', { dateText: 'lun 10:30', callbackAudience: 'only-me', note: '  dopo le dieci ' }))).toMatchObject({
      ok: true, value: { note: 'dopo le dieci', callback: { at: instantOf('2026-11-23' as typeof sampleToday, '10:30', zone), audience: 'only-me' } },
    });
  });
});
