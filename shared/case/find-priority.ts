/** Whether a case is put before the others today, by a lead's word on it or on its queue, and on which days that may change. Pure. */
import type { Tone } from './case-entity.ts';
import type { House } from './contact-rules.ts';
import type { FoldedDecisions } from './fold-decisions.ts';
import type { InvoiceView } from './view-case.ts';
import type { CreditorId } from '../id.ts';
import type { PlainDate } from '../time.ts';
import { addDays } from '../time.ts';

export interface CasePriority { until: PlainDate; reason: string }

export interface FoundPriority {
  /** Null: it stands in the usual order. */
  priority: CasePriority | null;
  /** The first day on which the answer may be another one though nothing happened; null: never. */
  turnsOn: PlainDate | null;
}

/** @param lateFrom the day from which the case's tone is a later one; null: it has it already, or never will */
export function findPriority(
  { priorities }: Pick<FoldedDecisions, 'priorities'>, house: House, held: { creditorId: CreditorId; tone: Tone; lateFrom: PlainDate | null }, today: PlainDate,
): FoundPriority {
  const own = priorities.filter(({ until }) => until >= today);
  const queues = (house.priorities ?? []).filter(({ creditorId, until }) => creditorId === held.creditorId && until >= today);
  const [found] = [...own, ...queues.filter(({ tone }) => tone === held.tone)];
  const turns = [...own, ...queues].map(({ until }) => addDays(until, 1));
  if (queues.length > 0 && held.lateFrom !== null && held.lateFrom > today) turns.push(held.lateFrom);
  return {
    priority: found === undefined ? null : { until: found.until, reason: found.reason },
    turnsOn: turns.reduce<PlainDate | null>((first, day) => (first === null || day < first ? day : first), null),
  };
}

/** The day from which the oldest invoice that is not late is so: the tone may be another one then. @param invoices oldest first */
export function nextLateDay(invoices: readonly Pick<InvoiceView, 'daysLate' | 'claimableCents' | 'dueDate'>[]): PlainDate | null {
  const next = invoices.find(({ daysLate, claimableCents }) => daysLate <= 0 && claimableCents > 0);
  return next === undefined ? null : addDays(next.dueDate, 1);
}
