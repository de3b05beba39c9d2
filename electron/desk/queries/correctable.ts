/** Who may correct what (domain §3.10): the operator, an own outcome that still counts, on the day it was saved. */
import type { HistoryEntry } from '../../../shared/case/fold-case.ts';
import type { ViewContext } from '../../../shared/case/view-case.ts';
import { dateOfInstant } from '../../../shared/time.ts';

export function isCorrectable(entry: HistoryEntry, context: ViewContext): boolean {
  return (
    entry.kind === 'outcome' &&
    entry.status !== 'annulled' &&
    entry.actor === context.userId &&
    dateOfInstant(entry.at, context.zone) === dateOfInstant(context.nowMs, context.zone)
  );
}
