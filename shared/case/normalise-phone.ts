/**
 * Telephone numbers as creditors' files hold them: several in a cell, labels, slashes, missing prefixes.
 *
 * Invariant: a number is never guessed. What cannot be read as one valid number stays in the list with
 * its raw text, `usable: false` and the problem, so that a person can repair it.
 */
import { parsePhoneNumberFromString } from 'libphonenumber-js/min';
import type { CountryCode, PhoneNumber as LibraryNumber } from 'libphonenumber-js/min';

export const phoneProblems = [
  /** Excel turned the number into `3,39E+09`: its digits are lost. */
  'spreadsheet-exponent',
  /** Words, or nothing that is a number. */
  'not-a-number',
  /** Digits that are no valid number of the country; often a missing prefix or a lost leading zero. */
  'not-valid',
  /** All the same digit, or a run: typed to fill a mandatory field. */
  'placeholder',
  /** A few digits behind a slash: another extension of the number before it. */
  'fragment',
  /** Calling it costs the agency a premium. */
  'premium-rate',
] as const;
export type PhoneProblem = (typeof phoneProblems)[number];

export interface NormalisedPhone {
  raw: string;
  e164: string | null;
  country: string | null;
  kind: 'mobile' | 'landline' | 'other' | 'unknown';
  usable: boolean;
  problem: PhoneProblem | null;
}

const emptyCell = /^(?:[-–—./\s]*|n\.?\s?d\.?|n\.?\s?a\.?|nessuno|none|null|assente|x+)$/i;
const strongSeparator = /\s*(?:[;,|\n\r]+|\s(?:o|e|oppure|or|and)\s)\s*/i;

/** Every number in a cell, in order, without repeats. `defaultCountry` is where the creditor's customers live. */
export function normalisePhone(cell: string, defaultCountry = 'IT'): NormalisedPhone[] {
  const text = cell.normalize('NFKC').replace(/^[='"]+|["']+$/g, '').trim();
  if (emptyCell.test(text)) return [];
  const country = defaultCountry as CountryCode;
  if (isExponent(text)) return [unusable(text, 'spreadsheet-exponent')];
  return readPart(text, country)
    .filter((phone, index, all) => phone.e164 === null || all.findIndex((other) => other.e164 === phone.e164) === index);
}

function readPart(text: string, country: CountryCode): NormalisedPhone[] {
  const withTail = /^(.*\d)\s*(\/\s*\d{1,2})$/.exec(text);
  const beforeTail = withTail === null ? undefined : parse(withTail[1] ?? '', country);
  if (withTail !== null && beforeTail?.isValid() === true && digitsOf(withTail[1] ?? '').length >= 8) {
    return [describe(withTail[1] ?? '', beforeTail), unusable(withTail[2] ?? '', 'fragment')];
  }
  const whole = parse(text, country);
  if (whole?.isValid() === true) return [describe(text, whole)];
  for (const separator of [strongSeparator, /\s*\/\s*/, /\s+[-–]\s+/, /[-–]/]) {
    const parts = text.split(separator).map((part) => part.trim()).filter((part) => !emptyCell.test(part));
    if (parts.length < 2) continue;
    const isStrong = separator === strongSeparator;
    if (isStrong) return parts.flatMap((part) => readPart(part, country));
    const [first = '', ...rest] = parts;
    const head = parse(first, country);
    if (head?.isValid() !== true) continue;
    return [describe(first, head), ...rest.flatMap((part) =>
      digitsOf(part).length <= 4 ? [unusable(part, 'fragment')] : readPart(part, country))];
  }
  return [unusable(text, problemOf(text))];
}

function parse(text: string, country: CountryCode): LibraryNumber | undefined {
  const bare = withoutLabels(text);
  if (bare === null || isPlaceholder(bare)) return undefined;
  return parsePhoneNumberFromString(bare, { defaultCountry: country, extract: false });
}

/** `Tel. 0971 000123 (ufficio)` → `0971 000123`; null when letters stand among the digits. */
function withoutLabels(text: string): string | null {
  const bare = text
    .replace(/\s*\(?\p{L}[\p{L}\s.']*\)?\s*$/u, '')
    .replace(/^[\p{L}\s.':°]+(?=[+(\d])/u, '')
    .replace(/[-./]+$/, '')
    .replace(/(?<=\d{6})[.,]0$/, '')
    .trim();
  const beforeExtension = bare.replace(/\s*(?:int\.?|interno|ext\.?)\s*\d{1,5}$/i, '');
  return /^\+?[\d\s()./-]*$/.test(beforeExtension) && /\d/.test(beforeExtension) ? beforeExtension : null;
}

function describe(raw: string, phone: LibraryNumber): NormalisedPhone {
  const kind = kindOf(phone);
  const isPremium = phone.getType() === 'PREMIUM_RATE';
  return {
    raw, e164: phone.number, country: phone.country ?? null, kind, usable: !isPremium, problem: isPremium ? 'premium-rate' : null,
  };
}

function kindOf(phone: LibraryNumber): NormalisedPhone['kind'] {
  switch (phone.getType()) {
    case 'MOBILE':
      return 'mobile';
    case 'FIXED_LINE':
      return 'landline';
    case undefined:
    case 'FIXED_LINE_OR_MOBILE':
      return 'unknown';
    case 'PREMIUM_RATE':
    case 'TOLL_FREE':
    case 'SHARED_COST':
    case 'VOIP':
    case 'PERSONAL_NUMBER':
    case 'PAGER':
    case 'UAN':
    case 'VOICEMAIL':
      return 'other';
  }
}

function unusable(raw: string, problem: PhoneProblem): NormalisedPhone {
  return { raw, e164: null, country: null, kind: 'unknown', usable: false, problem };
}

function problemOf(text: string): PhoneProblem {
  if (isExponent(text)) return 'spreadsheet-exponent';
  const bare = withoutLabels(text);
  if (bare === null) return 'not-a-number';
  return isPlaceholder(bare) ? 'placeholder' : 'not-valid';
}

function isExponent(text: string): boolean {
  return /^\+?\d(?:[.,]\d+)?e\+?\d{1,2}$/i.test(text);
}

function isPlaceholder(text: string): boolean {
  const digits = digitsOf(text).replace(/^(?:00)?39(?=\d{6})/, '');
  return /^(\d)\1{4,}$/.test(digits) || digits === '123456789' || digits === '1234567890' || digits === '0123456789';
}

function digitsOf(text: string): string {
  return text.replace(/\D/g, '');
}
