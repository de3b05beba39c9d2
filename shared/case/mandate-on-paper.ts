/**
 * What of a creditor's mandate stands on every paper: letterhead, and where money goes.
 *
 * Invariant: no coordinates, no paper that asks for money.
 */
import type { AgreedPaymentMethod } from '../documents/build-agreement.ts';
import type { Addressee, Letterhead as PrintedLetterhead } from '../documents/letterhead.ts';
import type { AgreementTerms, Letterhead } from '../protocol/agreement-terms.ts';
import type { CaseEntity } from './case-entity.ts';

/** Null: the mandate names no account. */
export function paymentMethodsOf({ coordinates }: Pick<AgreementTerms, 'coordinates'>, reference: string): AgreedPaymentMethod[] | null {
  if (coordinates === null) return null;
  const { beneficiary, iban, bic, cardPage } = coordinates;
  return [
    { method: 'transfer', beneficiary, iban, bic, reference: { kind: 'rf', reference } },
    ...(cardPage === null || !cardPage.startsWith('https:') ? [] : [{ method: 'card-link' as const, url: cardPage }]),
  ];
}

export function printedLetterhead(letterhead: Letterhead | null, creditorName: string): PrintedLetterhead {
  if (letterhead === null) return { name: creditorName, address: [], taxCode: null, contact: [], logo: null };
  const { name, address, taxCode, telephone, email } = letterhead;
  return { name, address: linesOf(address), taxCode: taxCode === '' ? null : taxCode, contact: [telephone, email].filter((line) => line !== ''), logo: null };
}

export function addresseeOf({ name, address, taxCode, code }: CaseEntity['customer']): Addressee {
  return { name, address: linesOf(address ?? ''), taxCode, code };
}

const CODE_LENGTH = 10;

/** Of the customer's code, what a reference may hold. */
export function referenceCode(customerCode: string): string {
  return customerCode.replace(/[^A-Za-z0-9]/g, '').slice(-CODE_LENGTH);
}

function linesOf(text: string): string[] {
  return text.split('\n').map((line) => line.trim()).filter((line) => line !== '');
}
