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
import type { SettlementDecidedBody } from '../../shared/facts/agreement-bodies.ts';
import { agreedFigures } from '../../shared/facts/agreed-figures.ts';
import type { FactId } from '../../shared/id.ts';
import type { IncomingEntity } from '../../shared/protocol/feed-protocol.ts';
import type { Entity } from '../feed/upsert-entity.ts';
import { foldOnce } from './fold-once.ts';

/** @param trainees outcomes of people who are still learning: a second person looks at each */
export function buildIncoming(entity: CaseEntity, factIds: ReadonlySet<FactId>, trainees: ReadonlySet<FactId>): Entity[] {
  const { outcomes, history, settlements } = foldOnce(entity);
  const effective = new Map(outcomes.map((entry) => [entry.factId, entry.outcome]));
  const entities: Entity[] = [];
  for (const entry of history) {
    if (entry.kind !== 'outcome' || !factIds.has(entry.factId)) continue;
    const outcome = effective.get(entry.factId) ?? entry.outcome;
    const agreed = agreedFigures(outcome);
    const body: IncomingEntity = {
      factId: entry.factId, caseId: entity.caseId, customerName: entity.customer.name, creditorName: entity.creditorName,
      code: outcome.code, at: entry.at, zone: entry.zone,
      ...agreed,
      invoiceNumbers: entity.invoices.filter((invoice) => agreed.invoiceIds.includes(invoice.invoiceId)).map((invoice) => invoice.number),
      status: entry.status,
      audit: auditOf(entry, outcome.code, settlements.get(entry.factId), trainees.has(entry.factId)),
    };
    entities.push({ kind: 'incoming', id: entry.factId, body, audiences: ['role:lead'] });
  }
  return entities;
}

/**
 * What a second person said of it, or that one is asked; a corrected outcome is asked about anew. A settlement waits for its answer, whatever was
 * said of how it was recorded, unless that was rejected.
 */
function auditOf(
  entry: Extract<HistoryEntry, { kind: 'outcome' }>, code: OutcomeCode, answer: (SettlementDecidedBody & { at: number }) | undefined, byTrainee: boolean,
): IncomingEntity['audit'] {
  const isSettlement = code === 'SET' && entry.status !== 'annulled' && entry.audit?.verdict !== 'rejected';
  if (isSettlement) {
    return answer === undefined ? { state: 'waiting', reason: null, at: null }
      : { state: answer.verdict === 'approved' ? 'approved' : 'rejected', reason: answer.reason, at: answer.at };
  }
  if (entry.audit !== null) return { state: entry.audit.verdict, reason: entry.audit.reason, at: entry.audit.at };
  const isAsked = entry.status !== 'annulled' && isSampledForAudit(code, entry.factId, byTrainee);
  return isAsked ? { state: 'waiting', reason: null, at: null } : null;
}
