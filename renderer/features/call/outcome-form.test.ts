import { listRestDays, planBasis } from '../../../shared/case/plan-basis.ts';
import { planForm } from '../../../shared/testing/outcome-forms.ts';
import { describe, expect, it } from 'vitest';
import { outcomeFormSchema } from '../../../shared/contract/outcome-form.ts';
import type { Outcome } from '../../app/sentences.ts';
import { noParts, outcomeBodySchema } from '../../../shared/facts/outcome-body.ts';
import { readOutcomeForm } from '../../../shared/case/read-outcome-form.ts';
import type { OutcomeCode } from '../../../shared/case/outcome-codes.ts';
import { viewCase } from '../../../shared/case/view-case.ts';
import { newId } from '../../../shared/id.ts';
import { sampleCase, sampleInvoice } from '../../../shared/testing/sample-case.ts';
import type { FormState } from './outcome-form.ts';
import {
  checkNote, chooseResend, defaultsOf, draftOfForm, emptyForm, fieldsOf, formOfDraft, formOfOutcome, lastRung, matchCode, offeredCodes, switchCode, toOutcomeForm,
} from './outcome-form.ts';

const numberId = '0193b0a0-0000-7000-8000-000000000001';
const invoiceId = '0193b0a0-0000-7000-8000-000000000002';

describe('toOutcomeForm', () => {
  it('is nothing until a code is chosen', () => {
    expect(toOutcomeForm(emptyForm(numberId))).toBeNull();
  });

  it('carries a promise as typed', () => {
    const form = { ...emptyForm(numberId), code: 'PTP' as const, amountText: '1.722,60', dateText: 'ven', method: 'bank-transfer', cause: 'forgot', note: 'ok' };
    expect(outcomeFormSchema.parse(toOutcomeForm(form))).toMatchObject({
      code: 'PTP', channel: 'phone-outbound', numberId, amountText: '1.722,60', dateText: 'ven', method: 'bank-transfer', cause: 'forgot', note: 'ok',
      disputeReason: null, disputeInvoiceId: null, callbackAudience: null,
    });
  });

  it('leaves behind what the code does not ask for', () => {
    const form = {
      ...emptyForm(''), code: 'NA' as const, amountText: '5', dateText: 'ven', method: 'card', cause: 'forgot', disputeReason: 'price',
      disputeInvoiceId: invoiceId, callbackAudience: 'anyone',
    };
    expect(toOutcomeForm(form)).toMatchObject({ code: 'NA', numberId: null, cause: null, amountText: '', dateText: '', method: null, disputeReason: null, disputeInvoiceId: null });
  });

  it('names who was spoken with only where somebody was', () => {
    const partyId = newId();
    const spoken = (code: OutcomeCode): unknown => toOutcomeForm({ ...emptyForm(numberId, partyId), code })?.partyId;
    expect([spoken('RPC'), spoken('TPC'), spoken('DEC')]).toEqual([partyId, partyId, partyId]);
    expect([spoken('NA'), spoken('AM'), spoken('WN')]).toEqual([null, null, null]);
  });

  it('makes a form that the contract accepts for every code offered', () => {
    for (const code of offeredCodes) expect(outcomeFormSchema.safeParse(toOutcomeForm({ ...emptyForm(numberId), code })).success).toBe(true);
  });
});

describe('matchCode', () => {
  it('takes whole codes, in any case, and beginnings that are clear', () => {
    expect(matchCode(' ptp ')).toBe('PTP');
    expect(matchCode('na')).toBe('NA');
    expect(matchCode('ds')).toBe('DSP');
    expect(matchCode('d')).toBeNull();
    expect(matchCode('xyz')).toBeNull();
    expect(matchCode('')).toBeNull();
  });
});

describe('switchCode', () => {
  it('never carries an amount from one code to another, and gives it back', () => {
    const promise = { ...emptyForm(''), code: 'PTP' as const, amountText: '100', dateText: 'ven', note: 'resta' };
    const dispute = switchCode(promise, {}, 'DSP');
    expect(dispute.form).toMatchObject({ code: 'DSP', amountText: '', dateText: '', note: 'resta' });
    const back = switchCode({ ...dispute.form, amountText: '20' }, dispute.stash, 'PTP');
    expect(back.form).toMatchObject({ code: 'PTP', amountText: '100', dateText: 'ven', note: 'resta' });
  });
});

describe('drafts', () => {
  it('keeps nothing for an untouched form, whatever number is set', () => {
    expect(draftOfForm(emptyForm(numberId), '')).toBeNull();
  });

  it('comes back as it was left', () => {
    const form = { ...emptyForm(numberId), code: 'CBK' as const, dateText: 'lun 10:30', callbackAudience: 'only-me', note: 'x' };
    expect(formOfDraft(draftOfForm(form, 's3'), numberId)).toEqual(form);
    expect(draftOfForm(form, 's3')?.scriptStepId).toBe('s3');
    const spoken = { ...form, numberId: String(newId()), partyId: String(newId()), channel: 'phone-inbound' };
    expect(formOfDraft(draftOfForm(spoken, ''), numberId, 'x')).toEqual(spoken);
  });
});

describe('formOfOutcome', () => {
  it('writes a promise the way a person types it', () => {
    const outcome: Outcome = outcomeBodySchema.parse({
      ...noParts, partyId: null, code: 'PTP', channel: 'phone-outbound', numberId, cause: null, note: null,
      promise: { currency: 'EUR', method: 'bank-transfer', graceDays: 2, parts: [{ dueOn: '2026-11-27', amountCents: 172260 }], invoices: [{ invoiceId, amountCents: 172260 }] },
    });
    expect(formOfOutcome(outcome, 'it')).toMatchObject({ code: 'PTP', amountText: '1722,60', dateText: '27/11/2026', method: 'bank-transfer' });
    expect(formOfOutcome(outcome, 'en').amountText).toBe('1722.60');
  });

  it('writes a callback in its own zone', () => {
    const outcome: Outcome = outcomeBodySchema.parse({
      ...noParts, partyId: null, code: 'CBK', channel: 'phone-outbound', numberId: null, cause: null, note: 'sera',
      callback: { at: Date.UTC(2026, 10, 23, 9, 30), zone: 'Europe/Rome', audience: 'anyone' },
    });
    expect(formOfOutcome(outcome, 'it')).toMatchObject({ dateText: '23/11/2026 10:30', callbackAudience: 'anyone', note: 'sera' });
  });
});

/** What an operator types for each code that asks for something; notes and causes come along. */
const typedFor: Partial<Record<OutcomeCode, Partial<FormState>>> = {
  PTP: { amountText: '120,50', dateText: '+3', method: 'card' }, PLN: { amountText: '200', perMonthText: '60', dayText: '10' },
  PAID: { amountText: '50', dateText: 'ieri', method: 'cash', proof: 'received' }, PPY: { amountText: '10', dateText: 'oggi', method: 'card', restDateText: '+10' },
  DSP: { disputeReason: 'price', amountText: '2,50', proof: 'requested' }, RES: { resendBy: 'email', addressText: 'studio@esempio.it', dateText: '+5' },
  SET: { amountText: '90', dateText: '+20' }, REF: { cause: 'opportunistic', dateText: '+2' }, RPC: { dateText: '' }, CBK: { dateText: '24/11 10:30', callbackAudience: 'only-me', spokeWith: 'other' },
  TRN: { nameText: 'Nuova Gestione', addressText: '0971 1', dateText: '1/11', spokeWith: 'right-party' }, LAW: { nameText: 'Avv. Bianchi', addressText: 'b@pec.it' },
  CMP: { owner: 'creditor', dateText: '+7', note: 'tono scortese' }, PRV: { requestKind: 'access', owner: 'back-office' }, DNC: { refusedScope: 'number' }, LNG: { nameText: 'rumeno' },
};

describe('a correction', () => {
  const entity = sampleCase([sampleInvoice('1', 10, 20_000), sampleInvoice('2', -5, 5_000)]);
  // Friday 20 November 2026, ten o'clock in Rome.
  const nowMs = Date.UTC(2026, 10, 20, 9);
  const view = viewCase(entity, [], { nowMs, zone: 'Europe/Rome', userId: newId() });
  const context = { view, nowMs, zone: 'Europe/Rome', locale: 'it' as const };
  const readBack = (form: FormState): Outcome => {
    const filled = toOutcomeForm(form);
    const body = filled === null ? null : readOutcomeForm(filled, context);
    if (body?.ok !== true) throw new Error(`${String(form.code)} does not read: ${JSON.stringify(body)}`);
    return body.value;
  };

  const shownFor = (amountText: string, perMonthText: string, dayText: string): string => {
    const basis = planBasis(view, context);
    return planForm({ ...basis, restDays: listRestDays(view.rules, basis) }, { amountText, perMonthText, dayText }).plan?.shown ?? '';
  };

  it.each(offeredCodes)('of %s starts from what was saved, whole', (code) => {
    const number = entity.numbers[0]?.numberId ?? '';
    const disputeInvoiceId = entity.invoices[0]?.invoiceId ?? '';
    const plan = code === 'PLN' ? { planKind: 'fewest', planReadBack: 'yes', planShown: shownFor('200', '60', '10') } : {};
    const saved = readBack({ ...emptyForm(number), ...plan, code, note: 'detto al telefono', channel: 'phone-inbound', reasons: 'paid other', ...typedFor[code], disputeInvoiceId });
    expect(readBack(formOfOutcome(saved, 'it'))).toEqual(saved);
  });
});

describe('what a code starts with', () => {
  const many = { invoices: [sampleInvoice('1', 10, 100), sampleInvoice('2', 5, 100)] as never };
  const one = { invoices: [sampleInvoice('1', 10, 100), sampleInvoice('2', 5, -100)] as never };

  it('is never an amount, a date or a promise', () => {
    for (const code of offeredCodes) {
      const { amountText, dateText, restDateText, perMonthText, method } = { amountText: '', dateText: '', restDateText: '', perMonthText: '', method: '', ...defaultsOf(code, many) };
      expect([amountText, dateText, restDateText, perMonthText, method]).toEqual(['', '', '', '', '']);
    }
  });

  it('names the invoice where there is only one', () => {
    expect(defaultsOf('DSP', many).disputeInvoiceId).toBeUndefined();
    expect(defaultsOf('DSP', one).disputeInvoiceId).toBeDefined();
  });

  it('gives way to what was typed for that code before', () => {
    const typed = switchCode({ ...emptyForm(''), code: 'PAID', proof: 'received' }, {}, 'DSP', defaultsOf('DSP', many));
    expect(typed.form.proof).toBe('none');
    expect(switchCode(typed.form, typed.stash, 'PAID', defaultsOf('PAID', many)).form.proof).toBe('received');
  });
});

describe('chooseResend', () => {
  const screen = { addresses: [], numbers: [], customer: { email: 'a@b.it', address: 'Via Roma 1' } } as never;

  it('puts the known address into the field, and leaves a typed one alone', () => {
    const byMail = { ...emptyForm(''), ...chooseResend(emptyForm(''), screen, 'email') };
    expect(byMail.addressText).toBe('a@b.it');
    expect(chooseResend(byMail, screen, 'post')).toEqual({ resendBy: 'post', addressText: 'Via Roma 1' });
    expect(chooseResend({ ...byMail, addressText: 'altro@b.it' }, screen, 'post')).toEqual({ resendBy: 'post' });
    expect(chooseResend(byMail, screen, 'pec')).toEqual({ resendBy: 'pec', addressText: '' });
  });
});

describe('lastRung', () => {
  const numbers = (...at: (number | null)[]): Parameters<typeof lastRung>[0] => viewCase(sampleCase([sampleInvoice('F-1', 20, 10_000)]), [], { nowMs: 1, zone: 'Europe/Rome', userId: newId() }).numbers
    .slice(0, 1).flatMap((number) => at.map((one) => ({ ...number, numberId: newId<typeof number.numberId>(), last: one === null ? null : { code: 'NA' as const, at: one } })));

  it('is the one whose result is the newest, and none where nothing was rung', () => {
    const rung = numbers(2_000, 5_000, null);
    expect(lastRung(rung)).toBe(rung[1]?.numberId);
    expect(lastRung(numbers(null, null))).toBeNull();
    expect(lastRung([])).toBeNull();
  });
});

describe('fieldsOf', () => {
  it('asks for the cause when the right party was reached', () => {
    expect(fieldsOf('RPC')).toContain('cause');
    expect(fieldsOf('NA')).toEqual(['note']);
    expect(fieldsOf(null)).toEqual(['cause', 'note']);
    expect(fieldsOf('CMP')[0]).toBe('note');
  });
});

describe('checkNote', () => {
  it('refuses what the contract would refuse, and says which field', () => {
    expect(checkNote('x'.repeat(4000))).toBeNull();
    expect(checkNote('x'.repeat(4001))).toMatchObject({ messageKey: 'error.noteTooLong', details: { field: 'note' } });
    expect(outcomeFormSchema.safeParse(toOutcomeForm({ ...emptyForm(''), code: 'NA', note: 'x'.repeat(4001) })).success).toBe(false);
  });
});
