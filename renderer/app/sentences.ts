/** Sentences that several screens say: reasons, errors, what an outcome was. */
import type { TFunction } from 'i18next';
import { plannedCents } from '../../shared/facts/agreement-details.ts';
import type { AppError } from '../../shared/result.ts';
import type { HistoryEntryView, WorklistRow } from '../../shared/contract/screens.ts';
import type { PlainDate } from '../../shared/time.ts';
import type { Formatter, Params } from './format.ts';
import { formatParams } from './format.ts';

type Reason = WorklistRow['reasons'][number];
export type Outcome = Extract<HistoryEntryView, { kind: 'outcome' }>['outcome'];

/** Why a case is here, or is not, as a sentence. */
export function reasonSentence(reason: Reason, t: TFunction, format: Formatter): string {
  const { code } = reason.params;
  const what = typeof code === 'string' && code !== '' ? { what: t(`outcome.${code}`) } : {};
  return t(`reason.${reason.key}`, { ...formatParams(reason.params, format), ...what });
}

/** All the reasons, each sentence once. */
export function reasonSentences(reasons: readonly Reason[], t: TFunction, format: Formatter): string[] {
  return [...new Set(reasons.map((reason) => reasonSentence(reason, t, format)))];
}

/** What went wrong and what to do next. */
export function errorSentence(error: AppError, t: TFunction, format: Formatter): string {
  const params: Params = {};
  for (const [name, value] of Object.entries(error.details)) {
    if (typeof value === 'string' || typeof value === 'number') params[name] = value;
  }
  return t([error.messageKey, 'error.unexpected'], formatParams(params, format));
}

/** `Promessa · 1.722,60 € entro ven 27 nov · bonifico`. */
export function outcomeSentence(outcome: Outcome, t: TFunction, format: Formatter): string {
  const parts = [t(`outcome.${outcome.code}`)];
  if (outcome.promise !== null) {
    const { currency, method } = outcome.promise;
    for (const { dueOn, amountCents } of outcome.promise.parts) parts.push(t('history.promise', { amount: format.money(amountCents, currency), date: format.date(dueOn) }));
    parts.push(t(`method.${method}`));
  }
  if (outcome.dispute !== null) {
    const { amountCents, currency, reason } = outcome.dispute;
    parts.push(t(`disputeReason.${reason}`), amountCents === null ? t('history.wholeInvoice') : format.money(amountCents, currency));
  }
  if (outcome.callback !== null) {
    parts.push(format.moment(outcome.callback.at, outcome.callback.zone), t(`audience.${outcome.callback.audience}`));
  }
  parts.push(...detailSentences(outcome, t, format));
  if (outcome.cause !== null) parts.push(t(`cause.${outcome.cause}`));
  return parts.join(' · ');
}

/** What the rarer codes carry. */
function detailSentences({ payment, plan, settlement, resend, holderChange, represented, complaint, privacyRequest, ...rest }: Outcome, t: TFunction, format: Formatter): string[] {
  const parts: string[] = [];
  if (payment !== null) {
    parts.push(t('history.payment', { amount: format.money(payment.amountCents, payment.currency), date: format.date(payment.paidOn) }));
    if (payment.proof !== 'none') parts.push(t(`proof.${payment.proof}`));
    if (payment.restDueOn !== null) parts.push(t('history.rest', { date: format.date(payment.restDueOn) }));
  }
  if (plan !== null) {
    const [first] = plan.instalments;
    if (first !== undefined) parts.push(t('history.plan', { count: plan.instalments.length, amount: format.money(plannedCents(plan), plan.currency), date: format.date(first.dueOn) }));
  }
  if (settlement !== null) parts.push(t('history.settlement', { amount: format.money(settlement.offeredCents, settlement.currency), date: format.date(settlement.payBy) }));
  if (resend !== null) parts.push(t(`resendBy.${resend.by}`), resend.to, t('history.checkOn', { date: format.date(resend.checkOn) }));
  if (holderChange !== null) parts.push(holderChange.newHolder);
  if (represented !== null) parts.push(represented.contact === '' ? represented.name : `${represented.name}, ${represented.contact}`);
  if (complaint !== null) parts.push(t(`owner.${complaint.owner}`), t('history.answerBy', { date: format.date(complaint.dueOn) }));
  if (privacyRequest !== null) parts.push(t(`requestKind.${privacyRequest.kind}`), t('history.answerBy', { date: format.date(privacyRequest.dueOn) }));
  if (rest.refusedContact !== null) parts.push(t(`refusedScope.${rest.refusedContact}`));
  if (rest.languageWanted !== null) parts.push(rest.languageWanted);
  if (rest.nextContactOn !== null) parts.push(t('history.nextContact', { date: format.date(rest.nextContactOn) }));
  return parts;
}

/** `scade ven 27 nov · fra 6 giorni`, `scaduta ven 13 nov · da 8 giorni`, `scade oggi`. */
export function dueSentence(dueDate: PlainDate, daysLate: number, t: TFunction, format: Formatter): string {
  if (daysLate === 0) return t('invoice.dueToday');
  if (daysLate > 0) return t('invoice.overdue', { date: format.date(dueDate), count: daysLate });
  return t('invoice.dueLater', { date: format.date(dueDate), count: -daysLate });
}
