/**
 * Creditor references (RF, ISO 11649): what a customer writes on a transfer so that it is found.
 *
 * Invariant: `RF`, two check digits (mod 97 = 1 after moving the first four places to the end), then 1 to 21 letters and digits.
 */
import type { Result } from '../result.ts';
import { fail, ok } from '../result.ts';
import { remainder97 } from './remainder-97.ts';

/** Reads one with any blanks; the result has none. */
export function readRfReference(text: string): Result<string> {
  const reference = text.toUpperCase().replace(/\s/g, '');
  const isWell = /^RF\d{2}[A-Z0-9]{1,21}$/.test(reference) && remainder97(reference.slice(4) + reference.slice(0, 4)) === 1;
  return isWell ? ok(reference) : fail('rf-reference-invalid', 'error.rfReference', { text });
}

/** The reference of a text of 1 to 21 letters and digits. @throws RangeError on any other */
export function makeRfReference(body: string): string {
  const plain = body.toUpperCase();
  if (!/^[A-Z0-9]{1,21}$/.test(plain)) throw new RangeError(`makeRfReference: ${body}`);
  return `RF${String(98 - remainder97(`${plain}RF00`)).padStart(2, '0')}${plain}`;
}

/** In groups of four, as it is printed. */
export function printRfReference(reference: string): string {
  return reference.replace(/(.{4})(?=.)/g, '$1 ');
}
