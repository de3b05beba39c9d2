/**
 * Amounts and small numbers as a person says them aloud.
 *
 * Invariant: what is said is exactly the amount, to the cent; nothing is rounded. Italian words are joined
 * and accented as in writing (ventuno, ventotto, ventitré, but ventitremila), English ones as in Britain.
 * Own code: the libraries at hand say "un milione euro" and write milletre or ventitrémila.
 */
import { formatMoney } from './format-money.ts';
import type { MoneyLocale } from './parse-money.ts';

interface CurrencyWords { one: string; many: string; centOne: string; centMany: string }

const currencyWords: Readonly<Record<string, Readonly<Record<MoneyLocale, CurrencyWords>>>> = {
  EUR: {
    it: { one: 'euro', many: 'euro', centOne: 'centesimo', centMany: 'centesimi' },
    en: { one: 'euro', many: 'euros', centOne: 'cent', centMany: 'cents' },
  },
  USD: {
    it: { one: 'dollaro', many: 'dollari', centOne: 'centesimo', centMany: 'centesimi' },
    en: { one: 'dollar', many: 'dollars', centOne: 'cent', centMany: 'cents' },
  },
  CHF: {
    it: { one: 'franco', many: 'franchi', centOne: 'centesimo', centMany: 'centesimi' },
    en: { one: 'franc', many: 'francs', centOne: 'centime', centMany: 'centimes' },
  },
};

/** `120010` → "milleduecento euro e dieci"; "one thousand two hundred euros and ten cents". Other currencies: in digits. */
export function speakAmount(amountCents: number, currency: string, locale: MoneyLocale): string {
  const words = currencyWords[currency]?.[locale];
  if (words === undefined) return formatMoney(amountCents, currency, locale);
  if (amountCents < 0) return `${locale === 'it' ? 'meno' : 'minus'} ${speakAmount(-amountCents, currency, locale)}`;
  const whole = Math.floor(amountCents / 100);
  const cents = amountCents % 100;
  const centWords = `${speakCount(cents, locale)} ${cents === 1 ? words.centOne : words.centMany}`;
  if (whole === 0 && cents > 0) return centWords;
  const linked = locale === 'it' && whole >= 1_000_000 && whole % 1_000_000 === 0 ? ' di ' : ' ';
  const wholeWords = `${speakCount(whole, locale)}${linked}${whole === 1 ? words.one : words.many}`;
  if (cents === 0) return wholeWords;
  if (locale === 'en') return `${wholeWords} and ${centWords}`;
  return `${wholeWords} e ${cents < 10 ? centWords : speakNumber(cents, 'it')}`;
}

/** `23` → "ventitré" / "twenty-three". Whole numbers from 0 to a thousand billion. */
export function speakNumber(value: number, locale: MoneyLocale): string {
  if (!Number.isSafeInteger(value) || value < 0 || value > 1e12) throw new RangeError(`speakNumber: cannot say ${String(value)}`);
  return locale === 'it' ? speakItalian(value) : speakEnglish(value);
}

/** Before a noun: "un euro", not "uno euro". */
function speakCount(value: number, locale: MoneyLocale): string {
  return locale === 'it' && value === 1 ? 'un' : speakNumber(value, locale);
}

const italianOnes = [
  '', 'uno', 'due', 'tre', 'quattro', 'cinque', 'sei', 'sette', 'otto', 'nove', 'dieci', 'undici', 'dodici', 'tredici', 'quattordici',
  'quindici', 'sedici', 'diciassette', 'diciotto', 'diciannove',
];
const italianTens = ['', '', 'venti', 'trenta', 'quaranta', 'cinquanta', 'sessanta', 'settanta', 'ottanta', 'novanta'];

function speakItalian(value: number): string {
  if (value === 0) return 'zero';
  const millions = Math.floor(value / 1_000_000);
  const parts = [...italianScale(Math.floor(millions / 1000), 'miliardo', 'miliardi'), ...italianScale(millions % 1000, 'milione', 'milioni')];
  const rest = value % 1_000_000;
  if (rest > 0) parts.push(accentFinalTre(italianThousands(rest)));
  return parts.join(' ');
}

function italianScale(count: number, one: string, many: string): string[] {
  if (count === 0) return [];
  return [count === 1 ? `un ${one}` : `${accentFinalTre(italianThousands(count))} ${many}`];
}

function italianThousands(value: number): string {
  const thousands = Math.floor(value / 1000);
  const head = thousands === 0 ? '' : thousands === 1 ? 'mille' : `${italianHundreds(thousands)}mila`;
  return head + italianHundreds(value % 1000);
}

function italianHundreds(value: number): string {
  const hundreds = Math.floor(value / 100);
  const rest = italianBelowHundred(value % 100);
  const head = hundreds === 0 ? '' : `${hundreds === 1 ? '' : (italianOnes[hundreds] ?? '')}cento`;
  return head !== '' && rest.startsWith('ott') ? head.slice(0, -1) + rest : head + rest;
}

function italianBelowHundred(value: number): string {
  const one = italianOnes[value];
  if (one !== undefined) return one;
  const tens = italianTens[Math.floor(value / 10)] ?? '';
  const ones = italianOnes[value % 10] ?? '';
  return ones === 'uno' || ones === 'otto' ? tens.slice(0, -1) + ones : tens + ones;
}

/** "tre" alone has no accent; at the end of a compound it has. */
function accentFinalTre(word: string): string {
  return word !== 'tre' && word.endsWith('tre') ? `${word.slice(0, -1)}é` : word;
}

const englishOnes = [
  '', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven', 'twelve', 'thirteen', 'fourteen',
  'fifteen', 'sixteen', 'seventeen', 'eighteen', 'nineteen',
];
const englishTens = ['', '', 'twenty', 'thirty', 'forty', 'fifty', 'sixty', 'seventy', 'eighty', 'ninety'];

function speakEnglish(value: number): string {
  if (value === 0) return 'zero';
  const parts: string[] = [];
  let rest = value;
  for (const [size, name] of [[1_000_000_000, 'billion'], [1_000_000, 'million'], [1000, 'thousand']] as const) {
    const count = Math.floor(rest / size);
    if (count > 0) parts.push(`${englishHundreds(count)} ${name}`);
    rest %= size;
  }
  if (rest > 0) parts.push(parts.length > 0 && rest < 100 ? `and ${englishHundreds(rest)}` : englishHundreds(rest));
  return parts.join(' ');
}

function englishHundreds(value: number): string {
  const hundreds = Math.floor(value / 100);
  const rest = englishBelowHundred(value % 100);
  if (hundreds === 0) return rest;
  const head = hundreds === 10 ? 'one thousand' : `${englishOnes[hundreds] ?? ''} hundred`;
  return rest === '' ? head : `${head} and ${rest}`;
}

function englishBelowHundred(value: number): string {
  const one = englishOnes[value];
  if (one !== undefined) return one;
  const ones = englishOnes[value % 10] ?? '';
  return (englishTens[Math.floor(value / 10)] ?? '') + (ones === '' ? '' : `-${ones}`);
}
