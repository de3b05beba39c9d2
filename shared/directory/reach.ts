/**
 * By what somebody who calls is found: a number or a tax code in one form, which hub and desk hash alike (ADR 0026).
 *
 * Invariant: pure; two ways of writing one number or one tax code give one text, and a number never looks like a tax code.
 */

/**
 * Of HMAC-SHA-256, what is kept: 64 bits. Among 1,000,000 hashes two are equal with a probability of 3 in 100,000,000, and a number that is
 * nobody's meets one of them once in 18,000,000,000,000 calls.
 */
export const REACH_HASH_BYTES = 8;

export function reachOfNumber(e164: string): string {
  return `tel:${e164}`;
}

/** Null where it is no tax code that could be meant: blanks, a dash. */
export function reachOfTaxCode(taxCode: string): string | null {
  const code = taxCode.normalize('NFKC').toUpperCase().replace(/[^A-Z0-9]/g, '').replace(/^IT(?=\d{11}$)/, '');
  return code.length < 8 ? null : `tax:${code}`;
}
