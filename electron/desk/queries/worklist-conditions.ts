/**
 * The worklist's views and filters as conditions on `case_list`.
 *
 * Invariants: constant texts, values bound, so the statements stay few; every filter that is null lets all through;
 * the words of a row (`viewCase`) and these conditions agree about the same case on the same day (tested).
 */
import { placesOfClass } from '../../../shared/case/place-case.ts';
import type { ViewContext } from '../../../shared/case/view-case.ts';
import { DUE_SOON_DAYS } from '../../../shared/case/view-case.ts';
import type { WorklistViewName } from '../../../shared/contract/screens.ts';
import type { WorklistFilter } from '../../../shared/contract/worklist-filter.ts';
import type { CreditorId } from '../../../shared/id.ts';
import type { PlainDate } from '../../../shared/time.ts';
import { addDays, dateOfInstant, instantOf } from '../../../shared/time.ts';
import { searchQuery } from '../projections/case-search.ts';

const isBroken = `order_class IN (${placesOfClass('promise-broken').join(', ')}) AND agreed_until < @today`;

/** Which rows a view shows; a case worked today leaves the list until something about it is due. */
export const viewConditions: Record<WorklistViewName, string> = {
  'to-work': 'open_cents > 0 AND (ready = 1 OR last_outcome_at IS NULL OR last_outcome_at < @startOfDayMs)',
  callbacks: 'callback_at IS NOT NULL AND open_cents > 0',
  promises: 'agreed_until >= @today AND open_cents > 0',
  'promises-broken': `${isBroken} AND open_cents > 0`,
  waiting: 'ready = 0 AND available_from IS NOT NULL AND stopped = 0 AND open_cents > 0',
  stopped: 'ready = 0 AND stopped = 1 AND open_cents > 0',
  disputes: 'disputed_cents > 0',
  'worked-today': 'last_outcome_at >= @startOfDayMs',
  all: 'TRUE',
};

/** What may be worked now, in its order; what waits, soonest first: each by an index of its own. */
export const readyOrder = 'order_class, sort_key, customer_name, case_id';
export const waitingOrder = 'available_from NULLS LAST, customer_name, case_id';

/** Views about a day stand in the order of their days; `best-first` is what may be worked now, then what waits. */
export const viewOrders: Record<WorklistViewName, string> = {
  'to-work': 'best-first',
  callbacks: 'callback_at, customer_name, case_id',
  promises: 'agreed_until, customer_name, case_id',
  'promises-broken': 'agreed_until, customer_name, case_id',
  waiting: 'available_from, customer_name, case_id',
  stopped: waitingOrder,
  disputes: 'best-first',
  'worked-today': 'last_outcome_at DESC, case_id',
  all: 'best-first',
};

export const ofCreditor = '(@creditorId IS NULL OR creditor_id = @creditorId)';

const isLate = 'courtesy_until < @today';

export const filterCondition = [
  '(@match IS NULL OR list_id IN (SELECT rowid FROM case_search WHERE case_search MATCH @match))',
  `(@tone IS NULL OR @tone = CASE WHEN ${isLate} THEN CASE recovery_approved WHEN 1 THEN 'recovery' ELSE 'reminder' END ELSE 'courtesy' END)`,
  `(@why IS NULL OR CASE @why
     WHEN 'callback' THEN callback_at IS NOT NULL
     WHEN 'promise-open' THEN agreed_until >= @today
     WHEN 'promise-broken' THEN ${isBroken}
     WHEN 'payment-claimed' THEN order_class IN (${placesOfClass('payment-check').join(', ')})
     WHEN 'recovery' THEN ${isLate} AND recovery_approved = 1
     WHEN 'overdue' THEN oldest_due_on < @today
     WHEN 'due-soon' THEN oldest_due_on BETWEEN @today AND @soon
     WHEN 'due-later' THEN oldest_due_on > @soon END)`,
  '(@kind IS NULL OR kind = @kind)',
  '(@amountFromCents IS NULL OR open_cents >= @amountFromCents)',
  '(@amountToCents IS NULL OR open_cents <= @amountToCents)',
  '(@dueBy IS NULL OR oldest_due_on <= @dueBy)',
  '(@dueFrom IS NULL OR oldest_due_on >= @dueFrom)',
  '(@disputed IS NULL OR (disputed_cents > 0) = @disputed)',
  '(@hasDraft IS NULL OR case_id IN (SELECT drafts.case_id FROM drafts) = @hasDraft)',
].join(' AND ');

/** The values that the conditions name. */
export interface ConditionValues extends Record<string, string | number | null> {
  startOfDayMs: number;
  today: PlainDate;
  /** What the search index is asked; null = nothing was typed. */
  match: string | null;
}

export function conditionValues(input: { creditorId: CreditorId | null; filter: WorklistFilter }, context: ViewContext): ConditionValues {
  const { filter, creditorId } = input;
  const today = dateOfInstant(context.nowMs, context.zone);
  const flag = (value: boolean | null): number | null => (value === null ? null : Number(value));
  return {
    creditorId, today,
    startOfDayMs: instantOf(today, '00:00', context.zone),
    soon: addDays(today, DUE_SOON_DAYS),
    match: searchQuery(filter.text),
    tone: filter.tone, why: filter.why, kind: filter.kind,
    amountFromCents: filter.amountFromCents, amountToCents: filter.amountToCents,
    dueBy: filter.daysLateFrom === null ? null : addDays(today, -filter.daysLateFrom),
    dueFrom: filter.daysLateTo === null ? null : addDays(today, -filter.daysLateTo),
    disputed: flag(filter.disputed), hasDraft: flag(filter.hasDraft),
  };
}
