import type { Resumable } from '../../../shared/contract/lead-channels.ts';
import type { CaseInBook } from '../projections/case-book.ts';

/** What keeps a case, or an invoice of it, from work until a lead lets it go on, what puts it before the others until a lead ends that, and what the customer is to be answered until a lead says that it was; newest first. */
export function resumablesOf({ entity, view }: CaseInBook): Resumable[] {
  const { stops, clocks, represented, suspensions, priorities } = view.folded;
  const found: Resumable[] = [
    ...stops.map(({ factId, at, code }): Resumable => ({ kind: 'stop', factId, at, code })),
    ...clocks.map(({ factId, at, kind, dueOn }): Resumable => ({ kind: 'clock', factId, at, about: kind, dueOn })),
    ...(represented === null ? [] : [{ kind: 'represented' as const, factId: represented.factId, at: represented.at, name: represented.name }]),
    ...suspensions.map(({ factId, at, ...suspension }): Resumable => ({
      kind: 'suspension', factId, at, suspension,
      invoiceNumber: entity.invoices.find(({ invoiceId }) => invoiceId === suspension.invoiceId)?.number ?? null,
    })),
    ...priorities.map(({ factId, at, until, reason }): Resumable => ({ kind: 'priority', factId, at, until, reason })),
  ];
  return found.sort((a, b) => b.at - a.at);
}
