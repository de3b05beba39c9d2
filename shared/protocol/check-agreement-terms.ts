/**
 * What a creditor's terms of agreement may not say, though each of them has the right form: the one rule of the form and of the hub.
 *
 * Invariants: each problem names its field by its place in `AgreementTerms`; the usual terms have none. What is never claimed at all has no word in
 * the terms (interest on interest, art. 1283 c.c.; late-payment interest of consumers, D.Lgs. 231/2002), so their schema refuses it.
 */
import { LATE_PAYMENT_LUMP_SUM_CENTS } from '../interest/claim-interest.ts';
import { readIban } from '../money/read-iban.ts';
import type { AgreementTerms } from './agreement-terms.ts';

export interface TermsProblem {
  code: string;
  field: string;
  messageKey: string;
  details: Record<string, string | number>;
}

/** Two due dates are 28 days apart at least: with more grace the next instalment falls due before this one is missed. */
const MOST_GRACE_DAYS = 27;
/** No plan above a million is made on the telephone: then a figure has too many digits. */
const MOST_PLANNED_CENTS = 100_000_000;

/** Everything that is wrong, in the order of the form. */
export function checkAgreementTerms(terms: AgreementTerms): TermsProblem[] {
  return [...planProblems(terms), ...interestProblems(terms), ...promiseProblems(terms), ...coordinateProblems(terms), ...letterheadProblems(terms)];
}

function problem(code: string, field: string, messageKey: string, details: TermsProblem['details'] = {}): TermsProblem {
  return { code, field, messageKey, details };
}

function planProblems({ planLimits }: AgreementTerms): TermsProblem[] {
  const { maxInstalments, minInstalmentCents, maxDurationMonths, graceDays, consecutiveMissed, totalMissed } = planLimits;
  const found: TermsProblem[] = [];
  if (maxInstalments * minInstalmentCents > MOST_PLANNED_CENTS) {
    found.push(problem('terms-plan-too-large', 'planLimits.minInstalmentCents', 'error.terms.planTooLarge', { count: maxInstalments, amountCents: maxInstalments * minInstalmentCents, currency: 'EUR' }));
  }
  if (maxDurationMonths < maxInstalments) found.push(problem('terms-duration-too-short', 'planLimits.maxDurationMonths', 'error.terms.durationTooShort', { count: maxInstalments }));
  if (graceDays > MOST_GRACE_DAYS) found.push(problem('terms-grace-too-long', 'planLimits.graceDays', 'error.terms.graceTooLong', { count: MOST_GRACE_DAYS }));
  if (consecutiveMissed > maxInstalments) found.push(problem('terms-missed-never', 'planLimits.consecutiveMissed', 'error.terms.missedNever', { count: maxInstalments }));
  if (totalMissed > maxInstalments) found.push(problem('terms-missed-never', 'planLimits.totalMissed', 'error.terms.missedNever', { count: maxInstalments }));
  else if (totalMissed < Math.min(consecutiveMissed, maxInstalments)) found.push(problem('terms-total-below-row', 'planLimits.totalMissed', 'error.terms.totalBelowRow', { count: consecutiveMissed }));
  return found;
}

function interestProblems({ interest: { business, lumpSumCents } }: AgreementTerms): TermsProblem[] {
  const field = 'interest.lumpSumCents';
  if (lumpSumCents > 0 && business !== 'late-payment') return [problem('terms-lump-sum-alone', field, 'error.terms.lumpSumAlone')];
  if (lumpSumCents > LATE_PAYMENT_LUMP_SUM_CENTS) {
    return [problem('terms-lump-sum-too-high', field, 'error.terms.lumpSumTooHigh', { mostCents: LATE_PAYMENT_LUMP_SUM_CENTS, currency: 'EUR' })];
  }
  return [];
}

function promiseProblems({ promise: { maxParts, maxDaysAhead } }: AgreementTerms): TermsProblem[] {
  return maxParts > maxDaysAhead ? [problem('terms-parts-beyond-days', 'promise.maxParts', 'error.terms.partsBeyondDays', { count: maxDaysAhead })] : [];
}

/** An IBAN that does not hold would send a customer's money nowhere, or to somebody else. */
function coordinateProblems({ coordinates }: AgreementTerms): TermsProblem[] {
  if (coordinates === null) return [];
  const found: TermsProblem[] = [];
  const iban = readIban(coordinates.iban);
  if (!iban.ok) {
    const { code, messageKey, details: { length, found: counted } } = iban.error;
    found.push(problem(code, 'coordinates.iban', messageKey, { text: coordinates.iban, ...(typeof length === 'number' && typeof counted === 'number' ? { length, found: counted } : {}) }));
  }
  if (coordinates.cardPage !== null && !coordinates.cardPage.toLowerCase().startsWith('https://')) {
    found.push(problem('terms-card-page-unsafe', 'coordinates.cardPage', 'error.terms.cardPageUnsafe'));
  }
  return found;
}

function letterheadProblems({ letterhead }: AgreementTerms): TermsProblem[] {
  if (letterhead === null || letterhead.email === '' || /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(letterhead.email)) return [];
  return [problem('terms-email-unreadable', 'letterhead.email', 'error.terms.emailUnreadable')];
}
