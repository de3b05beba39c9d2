/**
 * The lead's list: one line per recorded outcome, as it counts now.
 *
 * Invariant: it says what came in and about whom, never by whom (domain §3.11); a correction changes the line of its
 * target and makes none of its own.
 */
import type { CaseEntity } from '../../shared/case/case-entity.ts';
import type { HistoryEntry } from '../../shared/case/fold-case.ts';
import type { OutcomeCode } from '../../shared/case/outcome-codes.ts';
import { isSampledForAudit } from '../../shared/case/outcome-rules.ts';
import type { FactId, InvoiceId } from '../../shared/id.ts';
import type { IncomingEntity } from '../../shared/protocol/feed-protocol.ts';
import type { Entity } from '../feed/upsert-entity.ts';
import { foldOnce } from './fold-once.ts';

/** @param trainees outcomes of people who are still learning: a second person looks at each */
export function buildIncoming(entity: CaseEntity, factIds: ReadonlySet<FactId>, trainees: ReadonlySet<FactId>): Entity[] {
  const { outcomes, history } = foldOnce(entity);
  const effective = new Map(outcomes.map((entry) => [entry.factId, entry.outcome]));
  const entities: Entity[] = [];
  for (const entry of history) {
    if (entry.kind !== 'outcome' || !factIds.has(entry.factId)) continue;
    const outcome = effective.get(entry.factId) ?? entry.outcome;
    const { promise, dispute, plan, settlement, payment } = outcome;
    const invoiceIds: InvoiceId[] = promise?.invoiceIds ?? (dispute === null ? [] : [dispute.invoiceId]);
    const body: IncomingEntity = {
      factId: entry.factId, caseId: entity.caseId, customerName: entity.customer.name, creditorName: entity.creditorName,
      code: outcome.code, at: entry.at, zone: entry.zone,
      amountCents: promise?.amountCents ?? dispute?.amountCents ?? plan?.totalCents ?? settlement?.offeredCents ?? payment?.amountCents ?? null,
      currency: promise?.currency ?? dispute?.currency ?? plan?.currency ?? settlement?.currency ?? payment?.currency ?? null,
      dueOn: promise?.dueOn ?? plan?.firstDueOn ?? settlement?.payBy ?? payment?.restDueOn ?? null,
      invoiceIds,
      invoiceNumbers: entity.invoices.filter((invoice) => invoiceIds.includes(invoice.invoiceId)).map((invoice) => invoice.number),
      status: entry.status,
      audit: auditOf(entry, outcome.code, trainees.has(entry.factId)),
    };
    entities.push({ kind: 'incoming', id: entry.factId, body, audiences: ['role:lead'] });
  }
  return entities;
}

/** What a second person said of it, or that one is asked; a corrected outcome is asked about anew. */
function auditOf(entry: Extract<HistoryEntry, { kind: 'outcome' }>, code: OutcomeCode, byTrainee: boolean): IncomingEntity['audit'] {
  if (entry.audit !== null) return { state: entry.audit.verdict, reason: entry.audit.reason, at: entry.audit.at };
  const isAsked = entry.status !== 'annulled' && isSampledForAudit(code, entry.factId, byTrainee);
  return isAsked ? { state: 'waiting', reason: null, at: null } : null;
}
