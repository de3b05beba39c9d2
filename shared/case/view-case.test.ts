import { describe, expect, it } from 'vitest';
import type { UserId } from '../id.ts';
import { newId } from '../id.ts';
import type { OutcomeBody } from '../facts/outcome-body.ts';
import type { PlainDate } from '../time.ts';
import { addDays, instantOf } from '../time.ts';
import { sampleCase, sampleInvoice, sampleToday } from '../testing/sample-case.ts';
import type { CaseFact } from './case-entity.ts';
import { bucketOf, viewCase } from './view-case.ts';

const zone = 'Europe/Rome';
const userId = newId<UserId>();
const noon = instantOf(sampleToday, '12:00', zone);
const context = { nowMs: noon, zone, userId };

/** As version 1 wrote it: what desks of before recorded is viewed like anything else. */
function outcome(at: number, parts: Record<string, unknown> & Pick<OutcomeBody, 'code'>): CaseFact {
  return {
    id: newId(), type: 'outcome-recorded', version: 1, callId: null, at, zone, actor: userId,
    basedOn: { caseRevision: 1, scriptVersion: null, policyVersion: null },
    body: { channel: 'phone-outbound', numberId: null, cause: null, note: null, promise: null, dispute: null, callback: null, ...parts },
  };
}

function promised(at: number, dueOn: PlainDate): CaseFact {
  return outcome(at, { code: 'PTP', promise: { amountCents: 1000, currency: 'EUR', dueOn, method: 'card', invoiceIds: [] } });
}

describe('ageing', () => {
  it.each([[-1, 'current'], [0, 'current'], [1, 'days-1-30'], [30, 'days-1-30'], [31, 'days-31-60'], [60, 'days-31-60'], [61, 'days-61-90'], [90, 'days-61-90'], [91, 'days-over-90']] as const)(
    '%i days past due is %s', (days, bucket) => { expect(bucketOf(days)).toBe(bucket); },
  );
});

describe('viewCase', () => {
  it('adds up to the cent; credits lower the balance; due today is not overdue', () => {
    const view = viewCase(sampleCase([sampleInvoice('1', 31, 10_010), sampleInvoice('2', 0, 5_005), sampleInvoice('3', 10, -1_001)]), [], context);
    expect(view).toMatchObject({ openCents: 14_014, overdueCents: 9_009, notYetDueCents: 5_005, disputedCents: 0, claimableCents: 14_014 });
    expect(view.ageing).toEqual({ current: 5_005, 'days-1-30': -1_001, 'days-31-60': 10_010, 'days-61-90': 0, 'days-over-90': 0 });
  });

  it('is courteous before the due date, reminds after it, recovers only where the creditor approved', () => {
    const approved = { recoveryApprovedOn: sampleToday };
    expect(viewCase(sampleCase([sampleInvoice('1', -6, 100)], approved), [], context).tone).toBe('courtesy');
    expect(viewCase(sampleCase([sampleInvoice('1', 6, 100)]), [], context).tone).toBe('reminder');
    expect(viewCase(sampleCase([sampleInvoice('1', 6, 100), sampleInvoice('2', -6, -100), sampleInvoice('3', -6, 50)]), [], context).tone).toBe('courtesy');
    expect(viewCase(sampleCase([sampleInvoice('1', 120, 100)]), [], context).tone).toBe('reminder');
    expect(viewCase(sampleCase([sampleInvoice('1', 120, 100)], approved), [], context).tone).toBe('recovery');
  });

  it('asks for the undisputed part only and never hardens while an objection is open', () => {
    const [disputed, other] = [sampleInvoice('1', 40, 10_000), sampleInvoice('2', 100, 5_000)];
    const part = outcome(noon - 86_400_000, { code: 'DSP', dispute: { reason: 'price', invoiceId: disputed.invoiceId, amountCents: 1_200, currency: 'EUR', proof: 'none' } });
    const view = viewCase(sampleCase([disputed, other], { recoveryApprovedOn: sampleToday }), [part], context);
    expect(view).toMatchObject({ tone: 'reminder', disputedCents: 1_200, claimableCents: 13_800 });
    const whole = outcome(noon - 86_400_000, { code: 'DSP', dispute: { reason: 'price', invoiceId: disputed.invoiceId, amountCents: null, currency: 'EUR', proof: 'none' } });
    expect(viewCase(sampleCase([disputed]), [whole], context)).toMatchObject({ claimableCents: 0, blocked: { reason: { key: 'disputed' }, until: null } });
  });

  it('waits for a promise through its grace, then says that it was not kept', () => {
    const entity = sampleCase([sampleInvoice('1', 20, 9_000)]);
    const yesterday = noon - 86_400_000;
    expect(viewCase(entity, [promised(yesterday, addDays(sampleToday, 3))], context)).toMatchObject({ promise: { state: 'pending' }, blocked: { reason: { key: 'promise-pending' } } });
    expect(viewCase(entity, [promised(noon - 5 * 86_400_000, addDays(sampleToday, -2))], context).promise?.state).toBe('due');
    const broken = viewCase(entity, [promised(noon - 9 * 86_400_000, addDays(sampleToday, -3))], context);
    expect(broken).toMatchObject({ promise: { state: 'broken' }, blocked: null });
    expect(broken.reasons[0]?.key).toBe('promise-broken');
  });

  it('brings a callback forward ten minutes before its time, and not earlier', () => {
    const entity = sampleCase([sampleInvoice('1', 20, 9_000)]);
    const agreed = (at: number): CaseFact => outcome(noon - 3_600_000, { code: 'CBK', callback: { at, zone, audience: 'only-me' } });
    expect(viewCase(entity, [agreed(noon + 11 * 60_000)], context).blocked?.until).toBe(noon + 11 * 60_000);
    expect(viewCase(entity, [agreed(noon + 9 * 60_000)], context)).toMatchObject({ blocked: null, placement: { orderClass: 'callback' } });
  });

  it('does not call again on a day with a conversation; a missed call waits three hours', () => {
    const entity = sampleCase([sampleInvoice('1', 20, 9_000)]);
    expect(viewCase(entity, [outcome(noon - 60_000, { code: 'RPC' })], context).blocked?.until).toBe(instantOf(addDays(sampleToday, 1), '08:30', zone));
    expect(viewCase(entity, [outcome(noon - 60_000, { code: 'NA' })], context).blocked?.until).toBe(noon - 60_000 + 3 * 3_600_000);
    expect(viewCase(entity, [outcome(noon - 4 * 3_600_000, { code: 'NA' })], context).blocked).toBeNull();
  });

  it('does not hold for a conversation or an attempt what a lead has allowed since; for what was agreed it does', () => {
    const entity = sampleCase([sampleInvoice('1', 20, 9_000)]);
    const allowed: CaseFact = {
      id: newId(), type: 'contact-allowed', version: 1, callId: null, at: noon - 60_000, zone, actor: newId<UserId>(),
      basedOn: { caseRevision: 1, scriptVersion: null, policyVersion: null }, body: { until: noon + 3_600_000, reason: 'lo ha chiesto' },
    };
    const [spoken, missed, later] = [outcome(noon - 7_200_000, { code: 'RPC' }), outcome(noon - 3_600_000, { code: 'NA' }), outcome(noon, { code: 'NA' })];
    expect(viewCase(entity, [spoken, missed], context).blocked).not.toBeNull();
    expect(viewCase(entity, [spoken, missed, allowed], context).blocked).toBeNull();
    expect(viewCase(entity, [spoken, missed, allowed, later], context).blocked?.reason.key).toBe('tried-before');
    expect(viewCase(entity, [promised(noon - 7_200_000, addDays(sampleToday, 3)), allowed], context).blocked?.reason.key).toBe('promise-pending');
  });

  it('says of an attempt what it was: only silence is no answer', () => {
    const entity = sampleCase([sampleInvoice('1', 10, 1000)]);
    const attempt = (minutesAgo: number, code: 'NA' | 'LB'): CaseFact => outcome(noon - minutesAgo * 60_000, { code });
    const reasonAfter = (...facts: CaseFact[]): unknown => viewCase(entity, facts, context).blocked?.reason;
    expect(reasonAfter(attempt(9, 'NA'), attempt(3, 'NA'))).toMatchObject({ key: 'no-answer-before', params: { count: 2 } });
    expect(reasonAfter(attempt(3, 'LB'))).toEqual({ key: 'tried-before', params: { code: 'LB', at: noon - 3 * 60_000 } });
    expect(reasonAfter(attempt(9, 'LB'), attempt(3, 'NA'))).toMatchObject({ key: 'tried-before', params: { code: 'NA' } });
  });

  it('never says that the next call is on a Sunday or at night', () => {
    const entity = sampleCase([sampleInvoice('1', 20, 9_000)]);
    const saturday = instantOf(addDays(sampleToday, 1), '14:00', zone);
    const monday = instantOf(addDays(sampleToday, 3), '08:30', zone);
    const at = { ...context, nowMs: saturday + 60_000 };
    expect(viewCase(entity, [outcome(saturday, { code: 'RPC' })], at).blocked?.until).toBe(monday);
    expect(viewCase(entity, [outcome(saturday, { code: 'NA' })], at).blocked?.until).toBe(monday);
  });

  it('counts a fact once, whether it is local, at the hub or both', () => {
    const fact = promised(noon - 86_400_000, addDays(sampleToday, 3));
    const invoices = [sampleInvoice('1', 20, 9_000)];
    const entity = sampleCase(invoices);
    const local = viewCase(entity, [fact], context);
    const both = viewCase({ ...entity, facts: [fact] }, [fact], context);
    expect({ ...both }).toEqual({ ...local });
  });
});
