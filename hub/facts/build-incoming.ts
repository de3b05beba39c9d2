/**
 * The lead's list: one line per recorded outcome, as it counts now.
 *
 * Invariant: it says what came in and about whom, never by whom (domain §3.11); a correction changes the line of its
 * target and makes none of its own.
 */
import type { CaseEntity } from '../../shared/case/case-entity.ts';
import { foldCase } from '../../shared/case/fold-case.ts';
import type { FactId, InvoiceId } from '../../shared/id.ts';
import type { IncomingEntity } from '../../shared/protocol/feed-protocol.ts';
import type { Entity } from '../feed/upsert-entity.ts';

export function buildIncoming(entity: CaseEntity, factIds: ReadonlySet<FactId>): Entity[] {
  const { outcomes, history } = foldCase(entity.facts);
  const effective = new Map(outcomes.map((entry) => [entry.factId, entry.outcome]));
  const entities: Entity[] = [];
  for (const entry of history) {
    if (entry.kind !== 'outcome' || !factIds.has(entry.factId)) continue;
    const outcome = effective.get(entry.factId) ?? entry.outcome;
    const { promise, dispute } = outcome;
    const invoiceIds: InvoiceId[] = promise?.invoiceIds ?? (dispute === null ? [] : [dispute.invoiceId]);
    const body: IncomingEntity = {
      factId: entry.factId, caseId: entity.caseId, customerName: entity.customer.name, creditorName: entity.creditorName,
      code: outcome.code, at: entry.at, zone: entry.zone,
      amountCents: promise?.amountCents ?? dispute?.amountCents ?? null,
      currency: promise?.currency ?? dispute?.currency ?? null,
      dueOn: promise?.dueOn ?? null,
      invoiceIds,
      invoiceNumbers: entity.invoices.filter((invoice) => invoiceIds.includes(invoice.invoiceId)).map((invoice) => invoice.number),
      status: entry.status,
    };
    entities.push({ kind: 'incoming', id: entry.factId, body, audiences: ['role:lead'] });
  }
  return entities;
}
