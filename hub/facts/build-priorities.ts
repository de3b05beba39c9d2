/**
 * Queues that a lead put before the others, on their way to all who work.
 *
 * Invariants: one entity per fact, so a push that comes twice says it once; it says why and never by whom. What a lead ended goes from every desk; a
 * case's own priority travels in the case.
 */
import { readBody } from '../../shared/facts/fact-bodies.ts';
import type { Fact } from '../../shared/facts/fact-header.ts';
import type { PriorityEntity } from '../../shared/protocol/feed-protocol.ts';
import type { Audience } from '../feed/audience.ts';
import type { Entity } from '../feed/upsert-entity.ts';
import type { Tx } from '../store/tables.ts';

const everybody: readonly Audience[] = ['role:collector', 'role:lead', 'role:admin'];

/** @param facts that their actor may decide */
export async function buildPriorities(tx: Tx, facts: readonly Fact[]): Promise<Entity[]> {
  const found = new Map<string, Entity>();
  for (const { header, body } of facts) {
    const known = readBody(header.type, header.version, body);
    if (known.type === 'priority-set' && known.body.queue !== null) {
      const { queue: { creditorId, tone }, until, reason } = known.body;
      const creditor = await tx.selectFrom('creditors').select('name').where('creditor_id', '=', creditorId).executeTakeFirst();
      if (creditor === undefined) continue;
      const entity: PriorityEntity = { priorityId: header.id, creditorId, creditorName: creditor.name, tone, until, reason, at: header.at };
      found.set(header.id, { kind: 'priority', id: header.id, body: entity, audiences: [...everybody] });
    }
    if (known.type !== 'activity-resumed' || header.caseId !== undefined) continue;
    const { targetFactId } = known.body;
    const held = found.get(targetFactId)?.body ?? await readHeld(tx, targetFactId);
    if (held !== null) found.set(targetFactId, { kind: 'priority', id: targetFactId, body: held, audiences: [] });
  }
  return [...found.values()];
}

async function readHeld(tx: Tx, priorityId: string): Promise<Record<string, unknown> | null> {
  const row = await tx.selectFrom('entities').select('body').where('kind', '=', 'priority').where('id', '=', priorityId).executeTakeFirst();
  return row === undefined ? null : (JSON.parse(row.body) as Record<string, unknown>);
}
