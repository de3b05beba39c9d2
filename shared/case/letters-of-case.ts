/**
 * The letters of a case that are not about a plan: where to pay, and what interest there is.
 *
 * Invariants: only what may be asked for is on them: no disputed part, no suspended invoice; interest only where the mandate claims it (`view-agreements.ts`).
 */
import type { AgreementsView } from '../contract/agreement-screen.ts';
import type { CoordinatesDocument } from '../documents/coordinates-document.ts';
import { buildCoordinates } from '../documents/coordinates-document.ts';
import type { InterestDocument } from '../documents/interest-document.ts';
import { buildInterestDocument } from '../documents/interest-document.ts';
import type { DocumentLanguage } from '../documents/letterhead.ts';
import type { RateTables } from '../interest/standard-rates.ts';
import { makeRfReference } from '../money/rf-reference.ts';
import type { Result } from '../result.ts';
import { fail } from '../result.ts';
import type { PlainDate } from '../time.ts';
import type { CaseEntity } from './case-entity.ts';
import { addresseeOf, paymentMethodsOf, printedLetterhead, referenceCode } from './mandate-on-paper.ts';
import type { CaseView } from './view-case.ts';

interface Letter {
  entity: Pick<CaseEntity, 'creditorName' | 'customer'>;
  view: Pick<CaseView, 'invoices' | 'rules' | 'tone' | 'currency'>;
  language: DocumentLanguage;
  today: PlainDate;
}

/** Errors: `nothing-to-pay`, `coordinates-missing`, those of `buildCoordinates`. */
export function coordinatesOfCase({ entity, view, language, today, agencyName }: Letter & { agencyName: string }): Result<CoordinatesDocument> {
  const invoices = view.invoices.filter(({ claimableCents }) => claimableCents > 0)
    .map(({ number, issueDate, dueDate, claimableCents }) => ({ number, issuedOn: issueDate, dueOn: dueDate, openCents: claimableCents }));
  if (invoices.length === 0) return fail('nothing-to-pay', 'error.nothingToPay');
  const terms = view.rules.conduct.agreements;
  const code = referenceCode(entity.customer.code);
  const paymentMethods = code === '' ? null : paymentMethodsOf(terms, makeRfReference(code));
  if (paymentMethods === null) return fail('coordinates-missing', 'error.coordinatesMissing');
  const creditor = printedLetterhead(terms.letterhead, entity.creditorName);
  return buildCoordinates({
    language, currency: view.currency, creditor, agencyName: agencyName === creditor.name ? null : agencyName, customer: addresseeOf(entity.customer), tone: view.tone, on: today, invoices, paymentMethods,
  });
}

/** Errors: `no-interest`, `rate-unknown`, those of `buildInterestDocument`. */
export function interestOfCase({ entity, view, language, today, interest, rates }: Letter & { interest: AgreementsView['interest']; rates: RateTables }): Result<InterestDocument> {
  if (interest === null) return fail('no-interest', 'error.noInterest');
  if (interest.refusedOn !== null) return fail('rate-unknown', 'error.rates.unknown', { table: interest.kind, day: interest.refusedOn });
  if (interest.invoices.length === 0) return fail('no-interest', 'error.noInterest');
  const lumpSumCents = interest.lumpSumCents / interest.invoices.length;
  return buildInterestDocument({
    language, currency: view.currency, creditor: printedLetterhead(view.rules.conduct.agreements.letterhead, entity.creditorName), customer: addresseeOf(entity.customer),
    rateTitle: rates[interest.kind].title[language], until: today,
    invoices: interest.invoices.map(({ invoiceId, lines }) => {
      const held = view.invoices.find((one) => one.invoiceId === invoiceId);
      if (held === undefined) throw new Error('interest on an invoice that the case does not hold');
      return { number: held.number, dueOn: held.dueDate, capitalCents: held.claimableCents, lumpSumCents, lines };
    }),
  });
}
