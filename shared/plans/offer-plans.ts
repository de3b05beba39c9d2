/**
 * What a customer can pay, as typed: for the page that shows the options and for the desk that keeps the one chosen.
 *
 * Invariant: both read the same texts against the same basis, so the instalments that were read aloud are those that are kept; where they are
 * not (midnight went by, an invoice was paid), `planFingerprint` tells, and nothing is saved.
 */
import type { MoneyLocale } from '../money/parse-money.ts';
import { parseMoney } from '../money/parse-money.ts';
import type { AppError, Result } from '../result.ts';
import { fail, ok } from '../result.ts';
import type { PlainDate } from '../time.ts';
import type { Instalment } from './make-schedule.ts';
import type { PlanLimits } from './plan-limits.ts';
import { planOptions, planWishFields } from './plan-options.ts';
import type { PlanOption, PlanWish } from './plan-options.ts';

/** What may be put into a plan, and by which limits. */
export interface PlanBasis {
  debtCents: number;
  currency: string;
  limits: PlanLimits;
  today: PlainDate;
  earliest: PlainDate;
  /** Left out: why there may be nothing to plan. */
  timeBarred?: readonly { number: string }[];
}

export interface PlanWishTexts {
  /** Empty: all of it. */
  amountText: string;
  perMonthText: string;
  dayText: string;
  /** Empty: nothing at once. */
  firstText: string;
}

/** Names of the texts, by what they mean. */
const textOf = { debtCents: 'amountText', perMonthCents: 'perMonthText', dayOfMonth: 'dayText', firstPaymentCents: 'firstText', earliest: 'dayText' } as const;

/** The options for what was typed. Errors stand beside `details.field`: the name of the text. */
export function offerPlans(texts: PlanWishTexts, basis: PlanBasis, isRestDay: (date: PlainDate) => boolean, locale: MoneyLocale): Result<{ wish: PlanWish; options: PlanOption[] }> {
  if (basis.debtCents === 0) return nothingToPlan(basis);
  const wish = readPlanWish(texts, basis, locale);
  if (!wish.ok) return wish;
  const options = planOptions(wish.value, basis.limits, isRestDay);
  if (options.ok) return ok({ wish: wish.value, options: options.value });
  const { code, messageKey, details } = options.error;
  const field = details['field'];
  const known = planWishFields.find((one) => one === field);
  return fail(code, messageKey, { ...details, currency: basis.currency, ...(known === undefined ? {} : { field: textOf[known] }) });
}

/** Said at once, whatever was typed: no amount would do. */
export function nothingToPlan({ timeBarred = [] }: PlanBasis): { ok: false; error: AppError } {
  const numbers = timeBarred.map(({ number }) => number).join(', ');
  return timeBarred.length > 0
    ? fail('plan-all-time-barred', 'error.plan.allTimeBarred', { field: 'amountText', numbers })
    : fail('plan-nothing-left', 'error.plan.nothingLeft', { field: 'amountText' });
}

function readPlanWish(texts: PlanWishTexts, basis: PlanBasis, locale: MoneyLocale): Result<PlanWish> {
  const debt = readCents(texts.amountText, basis.debtCents, 'amountText', locale);
  if (!debt.ok) return debt;
  if (debt.value > basis.debtCents) return fail('amount-too-large', 'error.amountTooLarge', { field: 'amountText', amountCents: basis.debtCents, currency: basis.currency });
  const perMonth = readCents(texts.perMonthText, 0, 'perMonthText', locale);
  if (!perMonth.ok) return perMonth;
  const first = readCents(texts.firstText, 0, 'firstText', locale);
  if (!first.ok) return first;
  const dayOfMonth = /^\d{1,2}$/.test(texts.dayText.trim()) ? Number(texts.dayText.trim()) : 0;
  return ok({
    debtCents: debt.value, perMonthCents: perMonth.value, firstPaymentCents: first.value, dayOfMonth, today: basis.today, earliest: basis.earliest,
  });
}

function readCents(text: string, whenEmpty: number, field: keyof PlanWishTexts, locale: MoneyLocale): Result<number> {
  if (text.trim() === '') return ok(whenEmpty);
  const amount = parseMoney(text, locale);
  if (!amount.ok) return fail('amount-unreadable', 'error.amountUnreadable', { field, text });
  return ok(amount.value);
}

/** Two plans with the same fingerprint have the same instalments. */
export function planFingerprint(instalments: readonly Pick<Instalment, 'dueOn' | 'capitalCents' | 'interestCents'>[]): string {
  return instalments.map(({ dueOn, capitalCents, interestCents }) => `${dueOn} ${String(capitalCents)}+${String(interestCents)}`).join('; ');
}
