/**
 * What an exchange says of who calls, as the numbers that could be meant: with and without prefix, `00` for `+`, national, an extension, nothing.
 *
 * Invariant: pure; every answer is a number that exists in its country's numbering plan: a caller who sends anything else is nobody, whatever
 * it looks like. That the number is the caller's is proved by nothing: it opens a card, never the gate.
 */
import { parsePhoneNumberFromString } from 'libphonenumber-js/min';
import type { CountryCode } from 'libphonenumber-js/min';
import { dialNumberSchema, isExtension } from './dial-target.ts';

export type CallerNumber = { kind: 'none' } | { kind: 'extension' } | { kind: 'number'; e164: string[] };

const HIDDEN = /^(anonymous|restricted|unavailable|private|unknown|coperto|invalid)$/i;

/** @param country where national numbers are meant */
export function readCallerNumber(text: string | null, country = 'IT'): CallerNumber {
  const bare = (text ?? '').normalize('NFKC').replace(/[\s\u00A0.()/-]/g, '');
  if (bare === '' || bare.length > 40 || HIDDEN.test(bare)) return { kind: 'none' };
  const number = dialNumberSchema.safeParse(bare);
  if (!number.success) return { kind: 'none' };
  if (isExtension(number.data)) return { kind: 'extension' };
  const meant = bare.startsWith('+') ? [bare] : bare.startsWith('00') ? [`+${bare.slice(2)}`, bare] : [bare, `+${bare}`];
  const e164 = meant.flatMap((form): string[] => {
    const parsed = parsePhoneNumberFromString(form, { defaultCountry: country as CountryCode, extract: false });
    return parsed?.isValid() === true && parsed.ext === undefined ? [parsed.number] : [];
  });
  return e164.length === 0 ? { kind: 'none' } : { kind: 'number', e164: [...new Set(e164)] };
}
