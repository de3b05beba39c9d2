import { describe, expect, it } from 'vitest';
import type { AuditBody, ResumptionBody, SuspensionBody } from '../facts/decision-bodies.ts';
import type { FactType } from '../facts/fact-bodies.ts';
import { factVersions } from '../facts/fact-bodies.ts';
import type { OutcomeBody } from '../facts/outcome-body.ts';
import { noParts, outcomeBodySchema } from '../facts/outcome-body.ts';
import type { NumberId, PartyId, UserId } from '../id.ts';
import { newId } from '../id.ts';
import { sampleCase, sampleInvoice, sampleToday } from '../testing/sample-case.ts';
import { planForm, plainForm } from '../testing/outcome-forms.ts';
import type { PlainDate } from '../time.ts';
import { addDays, instantOf } from '../time.ts';
import type { CaseFact } from './case-entity.ts';
import { outcomeCodes } from './outcome-codes.ts';
import { listRestDays, planBasis } from './plan-basis.ts';
import { fieldsOfCode } from './outcome-fields.ts';
import { isSampledForAudit, outcomeRules } from './outcome-rules.ts';
import { readOutcomeForm } from './read-outcome-form.ts';
import { viewCase } from './view-case.ts';

const zone = 'Europe/Rome';
/** A Friday. */
const nowMs = instantOf(sampleToday, '12:00', zone);
const user = newId<UserId>();
const invoice = sampleInvoice('1', 20, 172_260);
const entity = sampleCase([invoice]);
const numberId = entity.numbers[0]?.numberId ?? newId<NumberId>();

function fact(type: FactType, body: object, at = nowMs - 60_000): CaseFact {
  return {
    id: newId(), type, version: factVersions[type], callId: null, at, zone, actor: user,
    basedOn: { caseRevision: 1, scriptVersion: null, policyVersion: null }, body: body as CaseFact['body'],
  };
}

function outcome(code: OutcomeBody['code'], parts: Partial<OutcomeBody> = {}, at?: number): CaseFact {
  const body = { code, channel: 'phone-outbound', numberId: null, partyId: null, cause: null, note: null, ...noParts, ...parts };
  return fact('outcome-recorded', outcomeBodySchema.parse(body), at);
}

const view = (facts: CaseFact[], at = nowMs): ReturnType<typeof viewCase> => viewCase(entity, facts, { nowMs: at, zone, userId: user });
const day = (days: number): PlainDate => addDays(sampleToday, days);
const payment = { amountCents: 172_260, currency: 'EUR', paidOn: sampleToday, method: null, proof: 'requested' as const, restDueOn: null };

describe('what an outcome brings about', () => {
  it('lets "already paid" rest for five working days, then asks again', () => {
    const paid = [outcome('PAID', { payment })];
    expect(view(paid).blocked).toMatchObject({ reason: { key: 'payment-claimed' }, until: instantOf(day(7), '08:30', zone) });
    const after = view(paid, instantOf(day(7), '09:00', zone));
    expect(after.blocked).toBeNull();
    expect(after.reasons[0]?.key).toBe('payment-check');
  });

  it('retires a wrong number and nothing else, until somebody saves it anew', () => {
    const wrong = view([outcome('WN', { numberId })]);
    expect(wrong.numbers[0]).toMatchObject({ usable: false, retired: { code: 'WN' } });
    expect(wrong.claimableCents).toBe(172_260);
    const point = { kind: 'phone', pointId: numberId, partyId: null, raw: '0971 000 123', source: 'given-by-person', usable: true, workplace: false, e164: '+390971000123', country: 'IT', numberKind: 'landline' };
    expect(view([outcome('WN', { numberId }), fact('contact-point-saved', { point }, nowMs - 1)]).numbers[0]).toMatchObject({ usable: true, retired: null });
  });

  it.each(['DEC', 'INS'] as const)('stops after %s until a lead lets it go on', (code) => {
    const stop = outcome(code);
    expect(view([stop]).blocked).toMatchObject({ reason: { key: 'lead-decides', params: { code } }, until: null });
    const resumed: ResumptionBody = { targetFactId: stop.id, reason: 'caso di omonimia' };
    expect(view([stop, fact('activity-resumed', resumed)]).folded.stops).toEqual([]);
  });

  it('stops for the person and only retires the number where only the number is unwanted', () => {
    expect(view([outcome('DNC', { refusedContact: 'person', numberId })]).blocked?.reason.key).toBe('lead-decides');
    const number = view([outcome('DNC', { refusedContact: 'number', numberId })]);
    expect(number.folded.stops).toEqual([]);
    expect(number.numbers[0]?.usable).toBe(false);
  });

  it('rings nobody but the representative once there is one', () => {
    const law = outcome('LAW', { represented: { name: 'Avv. Rossi', contact: '' } });
    expect(view([law])).toMatchObject({ blocked: { reason: { key: 'represented', params: { name: 'Avv. Rossi' } } }, numbers: [{ usable: false }] });
    const partyId = newId<PartyId>();
    const party = { partyId, role: 'representative', name: 'Avv. Rossi', mayBeTold: true, language: null, taxCode: null, note: null };
    const point = { kind: 'phone', pointId: newId<NumberId>(), partyId, raw: '0971 000 777', source: 'given-by-person', usable: true, workplace: false, e164: '+390971000777', country: 'IT', numberKind: 'landline' };
    const reachable = view([law, fact('party-saved', { party, removed: false }), fact('contact-point-saved', { point })], instantOf(day(3), '10:00', zone));
    expect(reachable.blocked).toBeNull();
    expect(reachable.numbers.map((number) => number.usable)).toEqual([true, false]);
  });

  it('keeps a suspended case until the day after, and a suspended invoice out of what may be asked for', () => {
    const suspension: SuspensionBody = { kind: 'suspended', invoiceId: null, until: day(3), reason: 'verifica in corso' };
    // The 23rd is a Monday, the day after it a Tuesday.
    expect(view([fact('activity-suspended', suspension)]).blocked).toMatchObject({ reason: { key: 'suspended' }, until: instantOf(day(4), '08:30', zone) });
    expect(view([fact('activity-suspended', suspension)], instantOf(day(4), '09:00', zone)).blocked).toBeNull();
    const part: SuspensionBody = { ...suspension, invoiceId: invoice.invoiceId };
    expect(view([fact('activity-suspended', part)]).claimableCents).toBe(0);
  });

  it('lets a rejected promise bind nobody, and a later correction take the verdict away', () => {
    const promise = outcome('PTP', { promise: { currency: 'EUR', method: 'card', graceDays: 2, parts: [{ dueOn: day(7), amountCents: 1_000 }], invoices: [] } });
    const rejected: AuditBody = { targetFactId: promise.id, verdict: 'rejected', reason: 'non l’ha detto' };
    const audited = view([promise, fact('outcome-audited', rejected)]);
    expect(audited.promise).toBeNull();
    expect(audited.folded.outcomes[0]?.audit?.verdict).toBe('rejected');
    const replacement = outcomeBodySchema.parse({ ...promise.body });
    const corrected = fact('outcome-corrected', { targetFactId: promise.id, replacement, reason: 'importo giusto' }, nowMs);
    expect(view([promise, fact('outcome-audited', rejected), corrected]).promise?.amountCents).toBe(1_000);
  });

  it('waits for the day that was agreed', () => {
    expect(view([outcome('RPC', { nextContactOn: day(10) })]).blocked).toMatchObject({ reason: { key: 'next-contact' }, until: instantOf(day(10), '08:30', zone) });
    expect(view([outcome('RES', { resend: { by: 'email', to: 'a@b.it', checkOn: day(7) } })]).blocked?.until).toBe(instantOf(day(7), '08:30', zone));
  });
});

describe('the table of codes', () => {
  it('reads every code from the fields that it asks for, filled in as an operator would', () => {
    const typed = {
      amountText: '100', method: 'card', cause: 'forgot', disputeReason: 'price', disputeInvoiceId: invoice.invoiceId, callbackAudience: 'anyone', proof: 'requested',
      restDateText: '+20', resendBy: 'email', addressText: 'a@b.it', nameText: 'Maria Bianchi', owner: 'lead', requestKind: 'access', refusedScope: 'person',
      spokeWith: 'other', note: 'detto così',
    } as const;
    const context = { view: view([]), nowMs, zone, locale: 'it' as const };
    for (const code of outcomeCodes) {
      const dateText = code === 'CBK' ? 'lun 10:00' : code === 'PAID' || code === 'TRN' ? 'ieri' : '+3';
      const asked = fieldsOfCode(code);
      const parts = Object.fromEntries(Object.entries({ ...typed, dateText }).filter(([field]) => asked.some((name) => name === field)));
      const basis = planBasis(context.view, context);
      const form = code === 'PLN' ? planForm({ ...basis, restDays: listRestDays(context.view.rules, basis) }, { amountText: '100', perMonthText: '40', dayText: '9' }, { numberId, ...parts }) : plainForm(code, { numberId, ...parts });
      const read = readOutcomeForm(form, context);
      expect(read.ok ? null : read.error, code).toBeNull();
      for (const part of read.ok ? outcomeRules[code].needs : []) expect(read.ok && read.value[part], `${code} ${part}`).not.toBeNull();
    }
  });

  it('asks for what it needs: an empty form of a code that needs something is refused beside a field', () => {
    const context = { view: view([]), nowMs, zone, locale: 'it' as const };
    for (const code of outcomeCodes) {
      const { needs, cause, noteRequired, retiresNumber } = outcomeRules[code];
      if (needs.length === 0 && cause !== 'required' && !noteRequired && !retiresNumber) continue;
      if (code === 'PAID') continue; // all of it, today, proof requested: what is said most
      const read = readOutcomeForm(plainForm(code), context);
      expect(read.ok, code).toBe(false);
    }
  });

  it('samples about a fifth of the positive outcomes, and every agreement for less or in parts', () => {
    const sampled = Array.from({ length: 2_000 }, () => newId()).filter((id) => isSampledForAudit('PTP', id)).length;
    expect(sampled).toBeGreaterThan(300);
    expect(sampled).toBeLessThan(500);
    expect(isSampledForAudit('SET', newId())).toBe(true);
    expect(isSampledForAudit('NA', newId())).toBe(false);
  });
});
