/**
 * Sends a case to whoever owns its customer.
 *
 * Invariant: one owner at most; a case of a customer that nobody has is sent to nobody, and taken from whoever had it.
 */
import type { CaseId } from '../../shared/id.ts';
import type { Entity } from '../feed/upsert-entity.ts';
import { upsertEntities } from '../feed/upsert-entity.ts';
import { writeOverviews } from '../lead/write-overview.ts';
import type { Tx } from '../store/tables.ts';
import type { LoadedCase } from './load-case.ts';
import { loadCases } from './load-case.ts';

export function caseToEntity(loaded: LoadedCase): Entity {
  return {
    kind: 'case', id: loaded.entity.caseId, body: loaded.entity, audiences: loaded.ownerId === null ? [] : [`user:${loaded.ownerId}`],
  };
}

/** Rebuilds and publishes one case; the caller holds its lock. */
export async function publishCase(tx: Tx, nowMs: number, caseId: CaseId): Promise<void> {
  await publishCases(tx, nowMs, [caseId]);
}

/** Rebuilds and publishes cases, each once; the caller holds their locks. */
export async function publishCases(tx: Tx, nowMs: number, caseIds: readonly CaseId[]): Promise<void> {
  const loaded = [...(await loadCases(tx, caseIds)).values()];
  if (loaded.length !== caseIds.length) throw new Error('a case to publish does not exist');
  await upsertEntities(tx, nowMs, loaded.map(caseToEntity));
  await writeOverviews(tx, nowMs, loaded);
}
