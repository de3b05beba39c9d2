import { describe, expect, it } from 'vitest';
import { outcomeFormSchema } from '../../../shared/contract/outcome-form.ts';
import type { Outcome } from '../../app/sentences.ts';
import { noParts, outcomeBodySchema } from '../../../shared/facts/outcome-body.ts';
import { checkNote, draftOfForm, emptyForm, fieldsOf, formOfDraft, formOfOutcome, matchCode, offeredCodes, switchCode, toOutcomeForm } from './outcome-form.ts';

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
  });
});

describe('formOfOutcome', () => {
  it('writes a promise the way a person types it', () => {
    const outcome: Outcome = outcomeBodySchema.parse({
      ...noParts, partyId: null, code: 'PTP', channel: 'phone-outbound', numberId, cause: null, note: null,
      promise: { amountCents: 172260, currency: 'EUR', dueOn: '2026-11-27', method: 'bank-transfer', invoiceIds: [invoiceId] },
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

describe('fieldsOf', () => {
  it('asks for the cause when the right party was reached', () => {
    expect(fieldsOf('RPC')).toContain('cause');
    expect(fieldsOf('NA')).toEqual(['note']);
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
