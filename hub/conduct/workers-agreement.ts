/**
 * The agreement with the workers, recorded and withdrawn by an administrator (domain §3.11).
 *
 * Invariants: each version is a row of `meta` that nothing overwrites, so that what was in force on a day can be read for ever; the newest
 * goes to everybody by the feed, before any case.
 */
import type { z } from 'zod';
import type { WorkersAgreementDraft, WorkersAgreementEntity, workersAgreementListSchema } from '../../shared/protocol/workers-agreement-protocol.ts';
import { workersAgreementEntitySchema } from '../../shared/protocol/workers-agreement-protocol.ts';
import { upsertEntity } from '../feed/upsert-entity.ts';
import type { HubResult } from '../hub-result.ts';
import { accept, refuse } from '../hub-result.ts';
import type { Tx } from '../store/tables.ts';
import { lockRules, workersAgreementToEntity } from './rule-entities.ts';

const KEY = 'workersAgreement:';
const DIGITS = 6;

type Versions = z.infer<typeof workersAgreementListSchema>;

export async function recordWorkersAgreement(tx: Tx, nowMs: number, draft: WorkersAgreementDraft): Promise<HubResult<Versions>> {
  await lockRules(tx);
  return write(tx, nowMs, { ...draft, agreementId: 'agency', version: (await newestVersion(tx)) + 1, recordedAt: nowMs, withdrawn: null });
}

export async function withdrawWorkersAgreement(tx: Tx, nowMs: number, reason: string): Promise<HubResult<Versions>> {
  await lockRules(tx);
  const [standing] = (await listWorkersAgreements(tx)).versions;
  if (standing === undefined || standing.withdrawn !== null) return refuse(404, 'no-workers-agreement', 'There is no agreement on record that could be withdrawn.');
  return write(tx, nowMs, { ...standing, version: standing.version + 1, recordedAt: nowMs, withdrawn: { at: nowMs, reason } });
}

/** Newest first. */
export async function listWorkersAgreements(tx: Tx): Promise<Versions> {
  const rows = await tx.selectFrom('meta').select('value').where('key', 'like', `${KEY}%`).orderBy('key', 'desc').execute();
  return { versions: rows.map(({ value }) => workersAgreementEntitySchema.parse(JSON.parse(value))) };
}

async function newestVersion(tx: Tx): Promise<number> {
  return (await listWorkersAgreements(tx)).versions[0]?.version ?? 0;
}

async function write(tx: Tx, nowMs: number, body: WorkersAgreementEntity): Promise<HubResult<Versions>> {
  await tx.insertInto('meta').values({ key: `${KEY}${String(body.version).padStart(DIGITS, '0')}`, value: JSON.stringify(body) }).execute();
  await upsertEntity(tx, nowMs, workersAgreementToEntity(body));
  return accept(await listWorkersAgreements(tx));
}
