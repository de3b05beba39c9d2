import { describe, expect, it } from 'vitest';
import type { CreditorId } from '../../../shared/id.ts';
import { newId } from '../../../shared/id.ts';
import { findStandardPolicy, standardPolicies } from '../../../shared/policy/contact/standard-policies.ts';
import { usualAgreementTerms } from '../../../shared/protocol/agreement-terms.ts';
import { standardConduct } from '../../../shared/protocol/conduct-protocol.ts';
import { formOfConduct, hiddenChanges, holdingValue, policiesInUse, problemOf, readConduct, rulesOf, showValue, valueAt } from './conduct-form.ts';

const creditorId = newId<CreditorId>();
const unirec = findStandardPolicy('it-unirec')!;

describe('the rules of a creditor as typed', () => {
  it('gives back what is published, also what the form does not show', () => {
    const stricter = { 'it-unirec': { conversations: { perWeek: 2 }, hours: { weekday: [{ from: '09:00', to: '13:00' }], preferred: 'binding' } } };
    const form = formOfConduct(creditorId, { ...standardConduct(creditorId), version: 3, stricter }, 'it');
    expect(form.stricter['it-unirec']).toEqual({ 'conversations.perWeek': '2', 'hours.weekday': '09:00-13:00' });
    expect(hiddenChanges(form.kept['it-unirec']!)).toEqual(['hours.preferred']);
    expect(readConduct(creditorId, form, 'it')).toMatchObject({ ok: true, draft: { stricter } });
  });

  it('keeps what may be agreed', () => {
    const agreements = { ...usualAgreementTerms, acknowledgement: true, prescriptionMonths: 24 };
    const form = formOfConduct(creditorId, { ...standardConduct(creditorId), version: 3, agreements }, 'it');
    expect(readConduct(creditorId, form, 'it')).toMatchObject({ ok: true, draft: { agreements } });
  });

  it('takes a change back where the field is emptied, with the part that is left empty', () => {
    const form = formOfConduct(creditorId, { ...standardConduct(creditorId), version: 1, stricter: { 'it-unirec': { conversations: { perWeek: 2 } } } }, 'it');
    form.stricter['it-unirec'] = { 'conversations.perWeek': '' };
    expect(readConduct(creditorId, form, 'it')).toMatchObject({ ok: true, draft: { stricter: {} } });
  });

  it('refuses what is looser or cannot be read, at its own field', () => {
    expect(problemOf(unirec, 'conversations.perWeek', '9', 'count')).toBe('error.policyLooser.conversationsPerWeek');
    expect(problemOf(unirec, 'conversations.perWeek', '2', 'count')).toBeNull();
    expect(problemOf(unirec, 'conversations.perWeek', 'due', 'count')).toBe('conduct.rules.notCount');
    expect(problemOf(unirec, 'conversations.perWeek', '0', 'count')).toBe('conduct.rules.notCount');
    expect(problemOf(unirec, 'hours.saturday', '8-20', 'hours')).toBe('error.policyLooser.hoursSaturday');
    expect(problemOf(unirec, 'hours.saturday', '9-12, 13:30-14', 'hours')).toBeNull();
    expect(problemOf(unirec, 'hours.saturday', '-', 'hours')).toBeNull();
    expect(problemOf(unirec, 'hours.saturday', 'mattina', 'hours')).toBe('conduct.rules.notHours');
    expect(problemOf(unirec, 'hours.saturday', '13-9', 'hours')).not.toBeNull();
    const form = formOfConduct(creditorId, null, 'it');
    form.stricter['it-unirec'] = { 'conversations.perWeek': '9' };
    expect(readConduct(creditorId, form, 'it')).toEqual({ ok: false, problems: { 'it-unirec/conversations.perWeek': 'error.policyLooser.conversationsPerWeek' }, terms: {} });
  });

  it('holds the preset where what is typed cannot stand', () => {
    expect(holdingValue(unirec, 'conversations.perWeek', '9', 'count')).toBe(valueAt(unirec, 'conversations.perWeek'));
    expect(holdingValue(unirec, 'conversations.perWeek', '1', 'count')).toBe(1);
  });

  it('accepts every preset value typed over itself', () => {
    for (const pack of standardPolicies) {
      for (const { field, type } of rulesOf(pack)) {
        const preset = valueAt(pack, field);
        if (preset !== null) expect(problemOf(pack, field, showValue(preset, type), type), `${pack.id} ${field} ${showValue(preset, type)}`).toBeNull();
      }
    }
  });

  it('shows the policies in use once each', () => {
    expect(policiesInUse(formOfConduct(creditorId, null, 'it')).map(({ id }) => id)).toEqual(['it-unirec', 'it-business']);
  });
});
