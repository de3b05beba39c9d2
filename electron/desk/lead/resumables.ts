import type { Resumable } from '../../../shared/contract/lead-channels.ts';
import type { CaseInBook } from '../projections/case-book.ts';

/** What keeps a case, or an invoice of it, from work until a lead lets it go on; newest first. */
export function resumablesOf({ entity, view }: CaseInBook): Resumable[] {
  const { stops, represented, suspensions } = view.folded;
  const found: Resumable[] = [
    ...stops.map(({ factId, at, code }): Resumable => ({ kind: 'stop', factId, at, code })),
    ...(represented === null ? [] : [{ kind: 'represented' as const, factId: represented.factId, at: represented.at, name: represented.name }]),
    ...suspensions.map(({ factId, at, ...suspension }): Resumable => ({
      kind: 'suspension', factId, at, suspension,
      invoiceNumber: entity.invoices.find(({ invoiceId }) => invoiceId === suspension.invoiceId)?.number ?? null,
    })),
  ];
  return found.sort((a, b) => b.at - a.at);
}
