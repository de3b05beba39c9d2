/**
 * A plan as it is read back on the telephone, before the customer says yes.
 *
 * Invariant: every instalment is in it: how many of which amount, the first day and the last, and the whole; nothing is rounded.
 */
import type { MoneyLocale } from '../money/parse-money.ts';
import { speakAmount, speakNumber } from '../money/speak-amount.ts';
import { speakDate } from '../script/speak-date.ts';
import type { PlainDate } from '../time.ts';
import type { Instalment } from './make-schedule.ts';

/** "dieci rate da cento euro, la prima entro il 10 dicembre, l'ultima entro il 10 settembre 2027; in tutto mille euro" */
export function speakPlan(instalments: readonly Pick<Instalment, 'dueOn' | 'amountCents'>[], currency: string, today: PlainDate, locale: MoneyLocale): string {
  const [first, last] = [instalments[0], instalments.at(-1)];
  if (first === undefined || last === undefined) throw new RangeError('speakPlan: no instalment');
  const say = words[locale];
  const groups = runsOf(instalments).map(({ count, amountCents }) => say.group(count, speakAmount(amountCents, currency, locale)));
  const whole = speakAmount(instalments.reduce((sum, { amountCents }) => sum + amountCents, 0), currency, locale);
  return say.plan(say.join(groups), speakDate(first.dueOn, today, locale), speakDate(last.dueOn, today, locale), whole);
}

interface Words {
  group(count: number, amount: string): string;
  join(groups: readonly string[]): string;
  plan(groups: string, first: string, last: string, whole: string): string;
}

const words: Record<MoneyLocale, Words> = {
  it: {
    group: (count, amount) => (count === 1 ? `una rata da ${amount}` : `${speakNumber(count, 'it')} rate da ${amount}`),
    join: (groups) => groups.join(', poi '),
    plan: (groups, first, last, whole) => `${groups}, la prima entro ${first}, l'ultima entro ${last}; in tutto ${whole}`,
  },
  en: {
    group: (count, amount) => (count === 1 ? `one payment of ${amount}` : `${speakNumber(count, 'en')} payments of ${amount}`),
    join: (groups) => groups.join(', then '),
    plan: (groups, first, last, whole) => `${groups}, the first by ${first}, the last by ${last}; ${whole} in all`,
  },
};

function runsOf(instalments: readonly Pick<Instalment, 'amountCents'>[]): { count: number; amountCents: number }[] {
  const runs: { count: number; amountCents: number }[] = [];
  for (const { amountCents } of instalments) {
    const last = runs.at(-1);
    if (last?.amountCents === amountCents) last.count += 1;
    else runs.push({ count: 1, amountCents });
  }
  return runs;
}
