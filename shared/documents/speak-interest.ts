/**
 * The interest on an invoice as it is read aloud.
 *
 * Invariant: every part is in it, with capital, days, rate and amount, and the whole; nothing is rounded.
 */
import { speakAmount, speakNumber } from '../money/speak-amount.ts';
import type { InterestInvoice } from './interest-document.ts';
import type { DocumentLanguage } from './letterhead.ts';

/** "su mille euro, trenta giorni al tasso dell'undici virgola quindici per cento: nove euro e sedici; …; in tutto …" */
export function speakInterest({ parts, interestCents, lumpSumCents, totalCents }: Pick<InterestInvoice, 'parts' | 'interestCents' | 'lumpSumCents' | 'totalCents'>, currency: string, language: DocumentLanguage): string {
  const say = words[language];
  const amount = (cents: number): string => speakAmount(cents, currency, language);
  if (totalCents === 0) return say.none;
  const spoken = parts.map(({ capitalCents, days, basisPoints, interestCents: cents }) => say.part(amount(capitalCents), days, basisPoints, amount(cents)));
  const lump = lumpSumCents === 0 ? [] : [say.lumpSum(amount(lumpSumCents))];
  const isOne = spoken.length + lump.length === 1;
  return [...spoken, ...lump, ...(isOne ? [] : [say.whole(amount(interestCents + lumpSumCents))])].join('; ');
}

interface Words {
  part(capital: string, days: number, basisPoints: number, interest: string): string;
  lumpSum(amount: string): string;
  whole(amount: string): string;
  none: string;
}

const words: Record<DocumentLanguage, Words> = {
  it: {
    part: (capital, days, basisPoints, interest) => `su ${capital}, ${days === 1 ? 'un giorno' : `${speakNumber(days, 'it')} giorni`} al tasso ${ofRate(speakRate(basisPoints, 'it', 'virgola'))} per cento: ${interest}`,
    lumpSum: (amount) => `spese di recupero: ${amount}`,
    whole: (amount) => `in tutto ${amount}`,
    none: 'nessun interesse',
  },
  en: {
    part: (capital, days, basisPoints, interest) => `on ${capital}, ${days === 1 ? 'one day' : `${speakNumber(days, 'en')} days`} at a rate of ${speakRate(basisPoints, 'en', 'point')} percent: ${interest}`,
    lumpSum: (amount) => `costs of recovery: ${amount}`,
    whole: (amount) => `${amount} in all`,
    none: 'no interest',
  },
};

/** "dell'undici", "dell'otto virgola cinque", but "del dieci". */
function ofRate(rate: string): string {
  return /^(?:uno|ott|undici)/.test(rate) ? `dell'${rate}` : `del ${rate}`;
}

/** `1115` → "undici virgola quindici", `805` → "otto virgola zero cinque"; English says the digits one by one. */
function speakRate(basisPoints: number, language: DocumentLanguage, mark: string): string {
  const whole = speakNumber(Math.floor(basisPoints / 100), language);
  const decimals = String(basisPoints % 100).padStart(2, '0').replace(/0$/, '');
  if (decimals === '' || decimals === '0') return whole;
  const isTogether = language === 'it' && !decimals.startsWith('0');
  const spoken = isTogether ? speakNumber(Number(decimals), language) : [...decimals].map((digit) => speakNumber(Number(digit), language)).join(' ');
  return `${whole} ${mark} ${spoken}`;
}
