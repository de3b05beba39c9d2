/**
 * Takes the sign and the currency off a written amount, in every way people and programs write them.
 *
 * Invariant: what is left in `digits` is digits, separators and one kind of blank (a plain space);
 * whatever is not understood stays in it, so that the reader of digits refuses it.
 */

export interface StrippedMoney {
  digits: string;
  negative: boolean;
  /** The currency written beside the digits: an ISO code, `$` when it does not say whose dollar, or null. */
  currency: string | null;
}

const currencyWords: Readonly<Record<string, string>> = {
  '€': 'EUR', euro: 'EUR', euros: 'EUR', eur: 'EUR', '£': 'GBP', us$: 'USD', $: '$', 'fr.': 'CHF', fr: 'CHF',
};

/** Splits `€ -1.722,60`, `(1.722,60)`, `1.722,60- EUR` … into sign, currency and digits. */
export function stripMoney(text: string): StrippedMoney {
  let rest = text
    .normalize('NFKC')
    .replace(/[\u2212\u2010-\u2015]/g, '-')
    .replace(/[\u2019\u2018`\u00b4]/g, "'")
    .replace(/\s+/g, ' ')
    .trim();
  let negative = false;
  let currency: string | null = null;
  const enclosed = /^(\D*)\(([^()]+)\)(\D*)$/.exec(rest);
  if (enclosed !== null) {
    negative = true;
    rest = `${enclosed[1] ?? ''}${enclosed[2] ?? ''}${enclosed[3] ?? ''}`;
  }
  rest = rest.replace(/[.,]-{1,2}$/, '');
  for (let changed = true; changed; ) {
    changed = false;
    const sign = /^([-+]) ?(.*)$/.exec(rest) ?? /^(.*\d) ?([-])$/.exec(rest);
    if (sign !== null && !(negative && rest.includes('-'))) {
      const trailing = rest.endsWith('-') && !/^[-+]/.test(rest);
      negative = negative || trailing || sign[1] === '-';
      rest = (trailing ? sign[1] : sign[2]) ?? '';
      changed = true;
    }
    const word = /^([\p{L}€$£.]+?) ?(?=[-+\d.,(])(.*)$/u.exec(rest) ?? /^(.*[\d-]) ?([\p{L}€$£.]+)$/u.exec(rest);
    if (word !== null && currency === null) {
      const leading = !/[\p{L}€$£]$/u.test(rest);
      const found = currencyOf((leading ? word[1] : word[2]) ?? '');
      if (found !== null) {
        currency = found;
        rest = ((leading ? word[2] : word[1]) ?? '').trim();
        changed = true;
      }
    }
  }
  return { digits: rest, negative, currency };
}

function currencyOf(word: string): string | null {
  const known = currencyWords[word.toLowerCase()];
  if (known !== undefined) return known;
  return /^[A-Z]{3}$/.test(word) ? word : null;
}
