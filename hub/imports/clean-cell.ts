/**
 * Small readers of one cell.
 *
 * Invariant: codes keep their leading zeros and letters; only what a spreadsheet added is taken off
 * (`="00123"`, a leading apostrophe, `.0` behind digits).
 */
import type { DebtorKind } from '../../shared/case/case-entity.ts';

/** Blanks trimmed, no-break spaces and line breaks made plain, stray quotes around the whole taken off. */
export function cleanText(cell: string): string {
  const text = cell.replace(/[\s\u00a0\u202f\ufeff]+/g, ' ').trim();
  const wrapped = /^="([^]*)"$/.exec(text) ?? /^"([^]*)"$/.exec(text);
  return (wrapped?.[1] ?? text).replace(/^'(?=[\d=+@-])/, '').trim();
}

/** A customer code or an invoice number. */
export function cleanCode(cell: string): string {
  const text = cleanText(cell);
  return /^\d+\.0+$/.test(text) ? text.replace(/\.0+$/, '') : text;
}

/** True for `1,23E+11`: a spreadsheet lost the digits. */
export function isExponent(text: string): boolean {
  return /^\d(?:[.,]\d+)?E\+\d{1,2}$/i.test(text);
}

const yes = new Set(['yes', 'y', 'si', 'sì', 's', 'true', 'vero', '1', 'x', 'contestata', 'contestato', 'in contestazione', 'disputed', 'ja']);
const no = new Set(['', 'no', 'n', 'false', 'falso', '0', '-', 'nessuna', 'none', 'nein']);

/** Yes, no, or null when the cell says neither. */
export function readYesNo(cell: string): boolean | null {
  const text = cleanText(cell).toLowerCase();
  if (yes.has(text)) return true;
  return no.has(text) ? false : null;
}

const kinds: readonly [RegExp, DebtorKind][] = [
  [/^(?:sole-trader|sole trader|ditta individuale|impresa individuale|di|lavoratore autonomo|libero professionista|professionista|freelancer)$/, 'sole-trader'],
  [/^(?:condominium|condominio|cond)$/, 'condominium'],
  [/^(?:public-body|public body|ente pubblico|ente|pa|p a|pubblica amministrazione|comune)$/, 'public-body'],
  [/^(?:company|societa|azienda|impresa|ditta|persona giuridica|pg|giuridica|srl|spa|snc|sas|business|corporate|soc)$/, 'company'],
  [/^(?:person|persona|persona fisica|pf|fisica|privato|private|consumer|consumatore|individual|domestico)$/, 'person'],
];

/** The kind of debtor that a cell names, or null. */
export function readKind(cell: string): DebtorKind | null {
  const text = cleanText(cell).normalize('NFKD').toLowerCase().replace(/[\u0300-\u036f.]/g, '').replace(/_/g, ' ').trim();
  return kinds.find(([pattern]) => pattern.test(text))?.[1] ?? null;
}

const languages: readonly [RegExp, string][] = [
  [/^(?:ita|italian[oa]?)$/, 'it'], [/^(?:eng|ing|english|inglese)$/, 'en'], [/^(?:deu|ger|ted|german|deutsch|tedesco)$/, 'de'],
  [/^(?:fra|fre|french|francese|français)$/, 'fr'], [/^(?:esp|spa|spanish|spagnolo|español)$/, 'es'],
];

/** A two-letter language code, or null. */
export function readLanguage(cell: string): string | null {
  const text = cleanText(cell).toLowerCase();
  const code = /^([a-z]{2})(?:[-_][a-z]{2})?$/.exec(text);
  return code?.[1] ?? languages.find(([pattern]) => pattern.test(text))?.[1] ?? null;
}

const knownCurrencies = new Set(Intl.supportedValuesOf('currency'));

/** An ISO currency with two decimals, or null. */
export function readCurrency(cell: string): string | null {
  const text = cleanText(cell).toUpperCase();
  const code = { '€': 'EUR', EURO: 'EUR', '£': 'GBP', US$: 'USD' }[text] ?? text;
  if (!/^[A-Z]{3}$/.test(code) || !knownCurrencies.has(code)) return null;
  const digits = new Intl.NumberFormat('en', { style: 'currency', currency: code }).resolvedOptions().maximumFractionDigits;
  return digits === 2 ? code : null;
}

/** True for a document type that lowers the balance. */
export function isCreditNote(documentType: string): boolean {
  return /^(?:nc|n\.\s?c\.?|n\/c|n\.?\s?cred.*|nota(?:\s+di)?\s+(?:credito|accredito).*|td04|credit\s?(?:note|memo).*|gutschrift)$/i.test(documentType.trim());
}
