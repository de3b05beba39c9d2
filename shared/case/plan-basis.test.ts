import { describe, expect, it } from 'vitest';
import type { UserId } from '../id.ts';
import { newId } from '../id.ts';
import { offerPlans } from '../plans/offer-plans.ts';
import { usualAgreementTerms } from '../protocol/agreement-terms.ts';
import { standardConduct } from '../protocol/conduct-protocol.ts';
import { plainForm } from '../testing/outcome-forms.ts';
import { sampleCase, sampleInvoice, sampleToday } from '../testing/sample-case.ts';
import { instantOf } from '../time.ts';
import type { Invoice } from './case-entity.ts';
import { standardHouse } from './contact-rules.ts';
import { planBasis } from './plan-basis.ts';
import { readOutcomeForm } from './read-outcome-form.ts';
import type { CaseView } from './view-case.ts';
import { viewCase } from './view-case.ts';

const zone = 'Europe/Rome';
const nowMs = instantOf(sampleToday, '10:00', zone);
const texts = { amountText: '', perMonthText: '50', dayText: '10', firstText: '' };

/** Claims of this creditor are time-barred after two years. */
function viewOf(invoices: Invoice[]): CaseView {
  const entity = sampleCase(invoices);
  const house = { ...standardHouse, conductOf: () => ({ ...standardConduct(entity.creditorId), agreements: { ...usualAgreementTerms, prescriptionMonths: 24 } }) };
  return viewCase(entity, [], { nowMs, zone, userId: newId<UserId>(), house });
}

describe('what may be put into a plan', () => {
  it('is nothing where all is time-barred, and that is what is said, whatever was typed', () => {
    const view = viewOf([sampleInvoice('F-1', 800, 50_000), sampleInvoice('F-2', 900, 70_000)]);
    const basis = planBasis(view, { nowMs, zone });
    expect(basis).toMatchObject({ debtCents: 0, invoices: [] });
    for (const amountText of ['', '100', 'x']) {
      expect(offerPlans({ ...texts, amountText }, basis, () => false, 'it')).toMatchObject({
        ok: false, error: { code: 'plan-all-time-barred', messageKey: 'error.plan.allTimeBarred', details: { field: 'amountText', numbers: 'F-2, F-1' } },
      });
    }
    // Nothing was chosen, for there was nothing to choose: the reason is said, not that.
    expect(readOutcomeForm(plainForm('PLN'), { view, locale: 'it', nowMs, zone })).toMatchObject({ ok: false, error: { code: 'plan-all-time-barred' } });
  });

  it('is what is left where a part is time-barred', () => {
    const basis = planBasis(viewOf([sampleInvoice('F-1', 800, 50_000), sampleInvoice('F-3', 20, 30_000)]), { nowMs, zone });
    expect(basis).toMatchObject({ debtCents: 30_000, invoices: [{ number: 'F-3' }], timeBarred: [{ number: 'F-1' }] });
    expect(offerPlans(texts, basis, () => false, 'it').ok).toBe(true);
  });

  it('is nothing where there is nothing, and no prescription is blamed for it', () => {
    const basis = planBasis(viewOf([]), { nowMs, zone });
    expect(offerPlans(texts, basis, () => false, 'it')).toMatchObject({ ok: false, error: { code: 'plan-nothing-left' } });
  });
});
