/** Publishes a creditor's conduct: the next version is in force at once, those before stay to be read. */
import type { CreditorId, UserId } from '../../shared/id.ts';
import type { ConductEntity } from '../../shared/protocol/conduct-protocol.ts';
import { conductEntitySchema } from '../../shared/protocol/conduct-protocol.ts';
import { upsertEntity } from '../feed/upsert-entity.ts';
import type { HubResult } from '../hub-result.ts';
import { accept, refuse } from '../hub-result.ts';
import type { Tx } from '../store/tables.ts';
import { checkConduct } from './check-conduct.ts';
import { conductToEntity, lockRules } from './rule-entities.ts';

/** Who publishes, when, and on which version what is published was written; null = whatever stands. */
export interface Publisher { userId: UserId | null; nowMs: number; after: number | null }

export async function publishConduct(tx: Tx, by: Publisher, draft: Omit<ConductEntity, 'version'>): Promise<HubResult<ConductEntity>> {
  const fit = checkConduct(draft);
  if (!fit.ok) return fit;
  await lockRules(tx);
  const creditor = await tx.selectFrom('creditors').select('creditor_id').where('creditor_id', '=', draft.creditorId).executeTakeFirst();
  if (creditor === undefined) return refuse(404, 'unknown-creditor', 'There is no such creditor.');
  const last = (await findConduct(tx, draft.creditorId))?.version ?? 0;
  if (by.after !== null && by.after !== last) return changedMeanwhile(last);
  const body: ConductEntity = { ...draft, version: last + 1 };
  await tx.insertInto('conducts')
    .values({ creditor_id: body.creditorId, version: body.version, body: JSON.stringify(body), published_at: by.nowMs, published_by: by.userId }).execute();
  await upsertEntity(tx, by.nowMs, conductToEntity(body));
  return accept(body);
}

export function changedMeanwhile(version: number): ReturnType<typeof refuse> {
  return refuse(409, 'changed-meanwhile', 'Somebody else has published meanwhile. Look at what stands now, then publish again.', { version });
}

/** The version in force, or null where nothing was published. */
export async function findConduct(tx: Tx, creditorId: CreditorId): Promise<ConductEntity | null> {
  const row = await tx.selectFrom('conducts').select('body').where('creditor_id', '=', creditorId).orderBy('version', 'desc').limit(1).executeTakeFirst();
  return row === undefined ? null : conductEntitySchema.parse(JSON.parse(row.body));
}
