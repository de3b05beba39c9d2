/**
 * What a row of the list is filtered by.
 *
 * Invariant: nothing here changes with the day before `turnsOn`, so a database may keep it as columns until then; whoever asks
 * compares the dates with today (`courtesyUntil` and today give the tone that `viewCase` gives, tested).
 */
import type { CaseEntity } from './case-entity.ts';
import type { HoldKind } from './place-case.ts';
import type { CaseView } from './view-case.ts';
import type { PlainDate } from '../time.ts';
import { addDays } from '../time.ts';

export interface ListFacets {
  /** Due date of the oldest invoice that may be asked for. */
  oldestDueOn: PlainDate | null;
  /** The last day of the courtesy tone: the day after, more is overdue than credit notes cover. Null = never harder. */
  courtesyUntil: PlainDate | null;
  /** After that day the tone is recovery, not reminder. */
  recoveryApproved: boolean;
  /** Somebody else decides when work goes on: a lead, a representative, the customer. */
  stopped: boolean;
  /** The first day on which the row reads otherwise though nothing happened: the suspension of an invoice is over, or what put it before the others. Null = never. */
  turnsOn: PlainDate | null;
}

const stoppingHolds: readonly HoldKind[] = ['lead-decides', 'excluded', 'suspended', 'represented', 'do-not-call'];

export function listFacets(entity: Pick<CaseEntity, 'recoveryApprovedOn'>, view: Pick<CaseView, 'invoices' | 'disputes' | 'placement' | 'priorityTurnsOn'>): ListFacets {
  const asked = view.invoices.filter((invoice) => invoice.claimableCents > 0);
  let balance = view.invoices.reduce((total, { residualCents, claimableCents }) => total + (residualCents < 0 ? claimableCents : 0), 0);
  const turns = [...view.invoices.flatMap(({ suspended }) => (suspended?.until == null ? [] : [addDays(suspended.until, 1)])), ...(view.priorityTurnsOn === null ? [] : [view.priorityTurnsOn])];
  const hardening = asked.find(({ claimableCents }) => (balance += claimableCents) > 0);
  return {
    oldestDueOn: asked[0]?.dueDate ?? null,
    courtesyUntil: hardening?.dueDate ?? null,
    recoveryApproved: entity.recoveryApprovedOn !== null && view.disputes.length === 0,
    stopped: view.placement.holds.some(({ kind }) => stoppingHolds.includes(kind)),
    turnsOn: turns.length === 0 ? null : turns.reduce((first, day) => (day < first ? day : first)),
  };
}
