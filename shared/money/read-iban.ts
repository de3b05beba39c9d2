/**
 * Bank account numbers (IBAN, ISO 13616) as people dictate them.
 *
 * Invariants: what is read is of a country that has such numbers and has that country's length, its check digits hold (mod 97 = 1), and for Italy
 * and San Marino the control letter (CIN) holds too, which most readers of IBANs do not look at. Nothing is corrected.
 */
import type { Result } from '../result.ts';
import { fail, ok } from '../result.ts';
import { remainder97 } from './remainder-97.ts';

/** Length by country, after the registry of ISO 13616. */
const lengths: Readonly<Record<string, number>> = {
  AD: 24, AL: 28, AT: 20, BA: 20, BE: 16, BG: 22, CH: 21, CY: 28, CZ: 24, DE: 22, DK: 18, EE: 20, ES: 24, FI: 18, FR: 27, GB: 22, GI: 23, GR: 27,
  HR: 21, HU: 28, IE: 22, IS: 26, IT: 27, LI: 21, LT: 20, LU: 20, LV: 21, MC: 27, MD: 24, ME: 22, MK: 19, MT: 31, NL: 18, NO: 15, PL: 28, PT: 25,
  RO: 24, RS: 22, SE: 24, SI: 19, SK: 24, SM: 27, UA: 29, VA: 22, XK: 20,
  AE: 23, AZ: 28, BH: 22, BI: 27, BR: 29, BY: 28, CR: 22, DJ: 27, DO: 28, EG: 29, FK: 18, FO: 18, GE: 22, GL: 18, GT: 28, IL: 23, IQ: 23, JO: 30,
  KW: 30, KZ: 20, LB: 28, LC: 32, LY: 25, MN: 20, MR: 27, MU: 30, NI: 28, OM: 23, PK: 24, PS: 29, QA: 29, RU: 33, SA: 24, SC: 31, SD: 18, SO: 23,
  ST: 25, SV: 28, TL: 23, TN: 24, TR: 26, VG: 24, YE: 30,
};

/** Weights of 0–9 and A–Z at odd places of ABI, CAB and account. */
const oddWeights = [1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23];

/** Reads an IBAN with any blanks; the result has none. */
export function readIban(text: string): Result<string> {
  const iban = text.toUpperCase().replace(/^\s*IBAN\b:?/, '').replace(/[\s.-]/g, '');
  const refuse = (code: string, key: string): Result<string> => fail(code, key, { text });
  if (!/^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/.test(iban)) return refuse('iban-unreadable', 'error.iban.unreadable');
  const country = iban.slice(0, 2);
  const length = lengths[country];
  if (length === undefined) return refuse('iban-country', 'error.iban.country');
  if (iban.length !== length) return fail('iban-length', 'error.iban.length', { text, length, found: iban.length });
  if (remainder97(iban.slice(4) + iban.slice(0, 4)) !== 1) return refuse('iban-check-digits', 'error.iban.checkDigits');
  if ((country === 'IT' || country === 'SM') && !isItalianAccount(iban.slice(4))) return refuse('iban-control-letter', 'error.iban.controlLetter');
  return ok(iban);
}

/** In groups of four, as it is printed. */
export function printIban(iban: string): string {
  return iban.replace(/(.{4})(?=.)/g, '$1 ');
}

/** CIN, then five digits ABI, five digits CAB, twelve of the account. */
function isItalianAccount(account: string): boolean {
  const [, letter = '', body = ''] = /^([A-Z])(\d{10}[A-Z0-9]{12})$/.exec(account) ?? [];
  return letter !== '' && letter === controlLetterOf(body);
}

/** The control letter of the 22 characters ABI, CAB and account. */
export function controlLetterOf(body: string): string {
  let sum = 0;
  for (const [index, letter] of [...body].entries()) {
    const code = /\d/.test(letter) ? Number(letter) : letter.charCodeAt(0) - 65;
    sum += index % 2 === 0 ? oddWeights[code] ?? 0 : code;
  }
  return String.fromCharCode(65 + (sum % 26));
}
