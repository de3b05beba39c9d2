/**
 * The document of a plan that a customer accepted, from the facts of the case and the mandate.
 *
 * Invariants: instalments, invoices and terms are the fact's, as they were agreed: a mandate that changed since changes none of them; where to pay, the letterhead
 * and whether it acknowledges are the mandate's. A plan that was not accepted, or was given up, is on no paper.
 */
import type { AgreementDocument } from '../documents/agreement-document.ts';
import { buildAgreement } from '../documents/build-agreement.ts';
import type { DocumentLanguage } from '../documents/letterhead.ts';
import type { FactId } from '../id.ts';
import { makeRfReference } from '../money/rf-reference.ts';
import type { AgreementTerms } from '../protocol/agreement-terms.ts';
import type { Result } from '../result.ts';
import { fail } from '../result.ts';
import type { CaseEntity } from './case-entity.ts';
import type { AgreedPlan } from './fold-agreements.ts';
import { addresseeOf, paymentMethodsOf, printedLetterhead, referenceCode } from './mandate-on-paper.ts';

export interface PlanToPrint {
  entity: Pick<CaseEntity, 'creditorName' | 'customer' | 'invoices'>;
  plan: AgreedPlan;
  terms: AgreementTerms;
  agencyName: string;
  language: DocumentLanguage;
}

/** Errors: `plan-not-accepted`, `plan-without-invoices`, `coordinates-missing`, those of `buildAgreement`. */
export function agreementOfPlan({ entity, plan, terms, agencyName, language }: PlanToPrint): Result<AgreementDocument> {
  if (plan.acceptedOn === null || plan.cancelledOn !== null) return fail('plan-not-accepted', 'error.planNotAccepted');
  const invoices = plan.invoices.flatMap(({ invoiceId, amountCents }) => {
    const held = entity.invoices.find((one) => one.invoiceId === invoiceId);
    return held === undefined ? [] : [{ number: held.number, issuedOn: held.issueDate, dueOn: held.dueDate, capitalCents: amountCents, interestCents: 0, costsCents: 0 }];
  });
  if (invoices.length === 0 || invoices.length < plan.invoices.length) return fail('plan-without-invoices', 'error.planWithoutInvoices');
  const reference = planReference(entity.customer.code, plan.planId);
  const paymentMethods = paymentMethodsOf(terms, reference);
  if (paymentMethods === null) return fail('coordinates-missing', 'error.coordinatesMissing');
  const creditor = printedLetterhead(terms.letterhead, entity.creditorName);
  return buildAgreement({
    language, currency: plan.currency, creditor, agencyName: agencyName === creditor.name ? null : agencyName,
    customer: addresseeOf(entity.customer),
    reference, agreedOn: plan.acceptedOn, place: placeWords[language], invoices, waivedCents: 0,
    instalments: plan.instalments.map(({ dueOn, capitalCents, interestCents }) => ({ dueOn, capitalCents, interestCents, amountCents: capitalCents + interestCents })),
    paymentMethods, terms: plan.terms, acknowledgement: { kind: terms.acknowledgement ? 'acknowledges' : 'without' },
    signatories: { creditor: creditor.name, customer: entity.customer.name },
  });
}

const placeWords: Record<DocumentLanguage, string> = { it: 'per telefono', en: 'by telephone' };
const PLAN_LENGTH = 8;

/** The customer's code and the plan's, so that a transfer finds both; the same for a plan for ever. */
export function planReference(customerCode: string, planId: FactId): string {
  return makeRfReference(`${referenceCode(customerCode)}${planId.replaceAll('-', '').slice(-PLAN_LENGTH)}`);
}
