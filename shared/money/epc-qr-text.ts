/**
 * The text of a QR code with which a bank's app fills in a SEPA transfer (EPC069-12, version 002).
 *
 * Invariants: twelve lines in their order, empty ones keep theirs (those at the very end fall away); at most 331 bytes of UTF-8; reference *or* text,
 * never both. The code is drawn with error correction M, at most version 13. One payment method among others: few Italian banks read it.
 */
import type { Result } from '../result.ts';
import { fail, ok } from '../result.ts';
import { decimalOfCents } from './format-money.ts';
import { readIban } from './read-iban.ts';
import { readRfReference } from './rf-reference.ts';

export interface EpcTransfer {
  /** 001 asks for a BIC, 002 does not within the European Economic Area. */
  version: '001' | '002';
  bic: string;
  name: string;
  iban: string;
  amountCents: number;
  /** Four letters, or nothing. */
  purpose: string;
  reference: { kind: 'none' } | { kind: 'rf'; reference: string } | { kind: 'text'; text: string };
  /** For the payer only. */
  information: string;
}

const MOST_BYTES = 331;
const MOST_CENTS = 99_999_999_999;

/** The lines, joined; error `epc-qr-invalid` names the field that does not fit. */
export function epcQrText({ version, bic, name, iban, amountCents, purpose, reference, information }: EpcTransfer): Result<string> {
  const refuse = (field: string): ReturnType<typeof fail> => fail('epc-qr-invalid', 'error.epcQr', { field });
  const account = readIban(iban);
  if (!account.ok) return account;
  if (bic === '' ? version === '001' : !/^[A-Z]{6}[A-Z0-9]{2}([A-Z0-9]{3})?$/.test(bic)) return refuse('bic');
  if (!isLine(name, 1, 70)) return refuse('name');
  if (!Number.isSafeInteger(amountCents) || amountCents < 1 || amountCents > MOST_CENTS) return refuse('amountCents');
  if (!/^([A-Z0-9]{1,4})?$/.test(purpose)) return refuse('purpose');
  if (!isLine(information, 0, 70)) return refuse('information');
  if (reference.kind === 'text' && !isLine(reference.text, 1, 140)) return refuse('reference');
  const rf = reference.kind === 'rf' ? readRfReference(reference.reference) : null;
  if (rf?.ok === false) return rf;
  const lines = [
    'BCD', version, '1', 'SCT', bic, name, account.value, `EUR${decimalOfCents(amountCents)}`, purpose, rf?.value ?? '',
    reference.kind === 'text' ? reference.text : '', information,
  ];
  const text = lines.join('\n').replace(/\n+$/, '');
  return new TextEncoder().encode(text).length > MOST_BYTES ? refuse('length') : ok(text);
}

function isLine(text: string, least: number, most: number): boolean {
  return text.length >= least && text.length <= most && !/[\r\n]/.test(text);
}
