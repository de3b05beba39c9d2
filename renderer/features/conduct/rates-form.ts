/** A rate table as typed: nothing is turned away while it is typed, everything is read before it is published. */
import { checkRateRows, rateRowSchema } from '../../../shared/interest/rate-table.ts';
import type { RateRow } from '../../../shared/interest/rate-table.ts';
import { readPercent } from '../../../shared/interest/read-percent.ts';
import { decimalOfCents } from '../../../shared/money/format-money.ts';
import type { MoneyLocale } from '../../../shared/money/parse-money.ts';
import type { RateTableId } from '../../../shared/protocol/rates-protocol.ts';
import { addDays, plainDateSchema } from '../../../shared/time.ts';

export interface RateText { from: string; to: string; rate: string; source: string; isUnverified: boolean }
/** Oldest first, as they follow each other. */
export type RatesForm = RateText[];

/** By place, `3.from`: a key of the locales with what it says. */
export type RateProblems = Readonly<Record<string, { key: string; params: Record<string, string | number> }>>;

export function formOfRates(rows: readonly RateRow[], locale: MoneyLocale): RatesForm {
  return rows.map(({ from, to, basisPoints, source, status }) => {
    const decimal = decimalOfCents(basisPoints);
    return { from, to, rate: locale === 'it' ? decimal.replace('.', ',') : decimal, source, isUnverified: status === 'unverified' };
  });
}

/** The rows, or everything that is wrong. */
export function readRates(form: RatesForm, locale: MoneyLocale): { ok: true; rows: RateRow[] } | { ok: false; problems: RateProblems } {
  const problems: Record<string, RateProblems[string]> = {};
  const rows = form.flatMap(({ from, to, rate, source, isUnverified }, index) => {
    const wrong = (field: keyof RateText, key: string): void => { problems[`${String(index)}.${field}`] = { key, params: {} }; };
    const row = rateRowSchema.safeParse({ from, to, basisPoints: readPercent(rate, locale), source, status: isUnverified ? 'unverified' : 'read' });
    if (row.success) return [row.data];
    const fields = new Set(row.error.issues.map(({ path }) => path[0]));
    if (fields.has('from')) wrong('from', 'conduct.calendar.problem.date');
    if (fields.has('to')) wrong('to', 'conduct.calendar.problem.date');
    if (fields.has('basisPoints')) wrong('rate', 'conduct.rates.problem.rate');
    if (fields.has('source')) wrong('source', 'conduct.rates.problem.source');
    return [];
  });
  if (Object.keys(problems).length > 0) return { ok: false, problems };
  const checked = checkRateRows(rows);
  if (checked.ok) return { ok: true, rows };
  const { row, field, expected } = checked.error.details as { row: number; field: string; expected: string | null };
  return { ok: false, problems: { [`${String(row - 1)}.${field}`]: { key: checked.error.messageKey, params: { row, ...(expected === null ? {} : { expected }) } } } };
}

/** The period after the last one, its rate still to be typed: half a year of late-payment interest, a year of legal interest. */
export function withNextPeriod(form: RatesForm, tableId: RateTableId): RatesForm {
  const last = plainDateSchema.safeParse(form.at(-1)?.to);
  const from = last.success ? addDays(last.data, 1) : '';
  const endsInJune = tableId === 'it-late-payment' && from.slice(5, 7) <= '06';
  const to = from === '' ? '' : `${from.slice(0, 4)}-${endsInJune ? '06-30' : '12-31'}`;
  return [...form, { from, to, rate: '', source: '', isUnverified: false }];
}
