/**
 * What the acts on agreements have in common: what they are about, and amounts and days as typed, refused beside their field.
 *
 * Invariant: an act names something that is open now (`open-agreements.ts`); of anything else the answer says whether it is over or was never there.
 */
import type { CaseEntity } from '../../../shared/case/case-entity.ts';
import type { OpenAgreements } from '../../../shared/case/open-agreements.ts';
import { openAgreements } from '../../../shared/case/open-agreements.ts';
import { readTypedDate } from '../../../shared/case/read-typed-date.ts';
import { readTypedPastDate } from '../../../shared/case/read-typed-past-date.ts';
import type { CaseView } from '../../../shared/case/view-case.ts';
import type { Locale } from '../../../shared/contract/contract.ts';
import { parseMoney } from '../../../shared/money/parse-money.ts';
import type { FactId } from '../../../shared/id.ts';
import type { Result } from '../../../shared/result.ts';
import { fail, ok } from '../../../shared/result.ts';
import type { PlainDate } from '../../../shared/time.ts';
import { dateOfInstant } from '../../../shared/time.ts';
import type { Session } from '../session.ts';
import { viewContext } from '../session.ts';

export function todayOf(session: Session): PlainDate {
  const { nowMs, zone } = viewContext(session);
  return dateOfInstant(nowMs, zone);
}

export function openNow(session: Session, { entity, view }: { entity: CaseEntity; view: CaseView }): OpenAgreements {
  return openAgreements(view, entity, todayOf(session));
}

/** Why a target is not open: it was, or nobody knows it. */
export function notOpen({ folded }: CaseView, targetFactId: FactId): ReturnType<typeof fail> {
  return folded.history.some(({ factId }) => factId === targetFactId)
    ? fail('agreement-closed', 'error.act.closed') : fail('agreement-not-found', 'error.act.notFound');
}

/** Above zero, and at most `mostCents` where that is given. */
export function readActAmount(text: string, locale: Locale, field: string, most: { cents: number; currency: string } | null = null): Result<number> {
  if (text.trim() === '') return fail('amount-missing', 'error.amountMissing', { field });
  const amount = parseMoney(text, locale);
  if (!amount.ok) return fail('amount-unreadable', 'error.amountUnreadable', { text, field });
  if (amount.value <= 0) return fail('amount-zero', 'error.act.amountZero', { field });
  if (most !== null && amount.value > most.cents) return fail('amount-too-large', 'error.act.amountTooLarge', { amountCents: most.cents, currency: most.currency, field });
  return amount;
}

/** Today or later. */
export function readActDay(session: Session, text: string, locale: Locale, field: string): Result<PlainDate> {
  const today = todayOf(session);
  const day = readTypedDate(text, { today, locale });
  if (!day.ok) return fail(day.error.code, day.error.messageKey, { ...day.error.details, field });
  return day.value < today ? fail('date-in-past', 'error.dateInPast', { field }) : day;
}

/** Today or earlier. */
export function readActPastDay(session: Session, text: string, locale: Locale, field: string): Result<PlainDate> {
  const today = todayOf(session);
  const day = text.trim() === '' ? ok(today) : readTypedPastDate(text, { today, locale });
  if (!day.ok) return fail(day.error.code, day.error.messageKey, { ...day.error.details, field });
  return day.value > today ? fail('date-in-future', 'error.dateInFuture', { date: day.value, field }) : day;
}
