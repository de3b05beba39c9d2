/**
 * Italian tax codes and VAT numbers, checked by their own check characters.
 *
 * Invariant: what is accepted is valid as written; a slip of one character is refused. Sources: D.M. 23 December 1976
 * (codice fiscale, check character and omocodia letters); the VAT number's last digit is Luhn's (D.P.R. 633/1972, art. 35).
 */
import type { Result } from '../result.ts';
import { fail, ok } from '../result.ts';

export interface TaxCode {
  kind: 'person' | 'company';
  /** Upper case, without blanks and country. */
  code: string;
}

/** Value of each character in an odd place (first, third, …), digits and letters. */
const oddValues: Record<string, number> = {
  0: 1, 1: 0, 2: 5, 3: 7, 4: 9, 5: 13, 6: 15, 7: 17, 8: 19, 9: 21, A: 1, B: 0, C: 5, D: 7, E: 9, F: 13, G: 15, H: 17, I: 19, J: 21,
  K: 2, L: 4, M: 18, N: 20, O: 11, P: 3, Q: 6, R: 8, S: 12, T: 14, U: 16, V: 10, W: 22, X: 25, Y: 24, Z: 23,
};
/** Six letters, year, month, day, place; letters may stand for digits where two people had the same code. */
const personPattern = /^[A-Z]{6}[0-9LMNPQRSTUV]{2}[ABCDEHLMPRST][0-9LMNPQRSTUV]{2}[A-Z][0-9LMNPQRSTUV]{3}[A-Z]$/;

/** Reads a codice fiscale of a person (16 characters) or a VAT number (11 digits, `IT` allowed). */
export function readTaxCode(text: string): Result<TaxCode> {
  const code = text.normalize('NFKC').toUpperCase().replace(/[\s.-]/g, '').replace(/^IT(?=\d{11}$)/, '');
  if (/^\d{11}$/.test(code)) return luhnHolds(code) ? ok({ kind: 'company', code }) : refused(text);
  return personPattern.test(code) && checkCharacter(code) === code[15] ? ok({ kind: 'person', code }) : refused(text);
}

function refused(text: string): ReturnType<typeof fail> {
  return fail('tax-code-unreadable', 'error.taxCodeUnreadable', { text, field: 'taxCode' });
}

function checkCharacter(code: string): string {
  let sum = 0;
  for (let place = 0; place < 15; place += 1) {
    const character = code[place] ?? '';
    sum += place % 2 === 0 ? (oddValues[character] ?? 0) : evenValue(character);
  }
  return String.fromCharCode(65 + (sum % 26));
}

function evenValue(character: string): number {
  return /\d/.test(character) ? Number(character) : character.charCodeAt(0) - 65;
}

function luhnHolds(digits: string): boolean {
  let sum = 0;
  for (let place = 0; place < digits.length; place += 1) {
    const digit = Number(digits[place]);
    const counted = place % 2 === 0 ? digit : digit * 2;
    sum += counted > 9 ? counted - 9 : counted;
  }
  return sum % 10 === 0;
}
