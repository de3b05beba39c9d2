/**
 * Publishes and withdraws scripts.
 *
 *   (standard pack) ──publish──▶ in force ──publish a higher version──▶ kept, the new one in force
 *          ▲                        │
 *          └────────withdraw────────┘
 *
 * Invariants: a version of a pack never changes once published, and the next is higher than every one before, the product's own
 * included, so that pack and version say for ever what was read out; at most one version of a pack is in force.
 */
import { z } from 'zod';
import { toneSchema } from '../../shared/case/case-entity.ts';
import type { UserId } from '../../shared/id.ts';
import { jsonObjectSchema } from '../../shared/json-object.ts';
import type { ScriptEntity, ScriptInList } from '../../shared/protocol/conduct-protocol.ts';
import { standardPacks } from '../../shared/script/standard-packs.ts';
import type { Selectable } from 'kysely';
import { upsertEntities } from '../feed/upsert-entity.ts';
import type { HubResult } from '../hub-result.ts';
import { accept, refuse } from '../hub-result.ts';
import type { ScriptsTable, Tx } from '../store/tables.ts';
import { readPack } from './read-pack.ts';
import { lockRules, scriptIdOf, scriptToEntity } from './rule-entities.ts';

interface By { userId: UserId | null; nowMs: number }

export async function publishScript(tx: Tx, by: By, content: unknown): Promise<HubResult<ScriptEntity>> {
  const read = readPack(content);
  if (!read.ok) return read;
  const { packId, packVersion, pack } = read.value;
  await lockRules(tx);
  const before = await tx.selectFrom('scripts').select('pack_version').where('pack_id', '=', packId).execute();
  const taken = [...before.map((row) => row.pack_version), ...standardPacks.flatMap(({ id, version }) => (id === packId ? [version] : []))];
  const highest = taken.sort(compareVersions).at(-1);
  if (highest !== undefined && compareVersions(packVersion, highest) <= 0) {
    return refuse(409, 'version-not-higher', `Version ${packVersion} is not higher than ${highest}.`, { packId, packVersion, highest });
  }
  const ended = await endInForce(tx, by.nowMs, packId);
  const script: ScriptEntity = { packId, packVersion, publishedAt: by.nowMs, isInForce: true, pack };
  await tx.insertInto('scripts').values({
    pack_id: packId, pack_version: packVersion, pack: JSON.stringify(pack), published_at: by.nowMs, published_by: by.userId, is_in_force: 1, ended_at: null,
  }).execute();
  await upsertEntities(tx, by.nowMs, [...ended, script].map(scriptToEntity));
  return accept(script);
}

/** The product's own pack counts again, where it has one of that name. */
export async function withdrawScript(tx: Tx, by: By, packId: string): Promise<HubResult<null>> {
  await lockRules(tx);
  const ended = await endInForce(tx, by.nowMs, packId);
  if (ended.length === 0) return refuse(404, 'not-in-force', 'No published version of this script is in force.');
  await upsertEntities(tx, by.nowMs, ended.map(scriptToEntity));
  return accept(null);
}

async function endInForce(tx: Tx, nowMs: number, packId: string): Promise<ScriptEntity[]> {
  const rows = await tx.updateTable('scripts').set({ is_in_force: 0, ended_at: nowMs })
    .where('pack_id', '=', packId).where('is_in_force', '=', 1).returningAll().execute();
  return rows.map(toScript);
}

/** What every published pack says of itself, whatever the form of the rest. */
const packHeadSchema = z.object({ title: z.object({ it: z.string(), en: z.string() }), serves: z.object({ tone: toneSchema }) });

export async function listScripts(tx: Tx): Promise<ScriptInList[]> {
  const rows = await tx.selectFrom('scripts').selectAll().orderBy('pack_id').orderBy('published_at').execute();
  return rows.map((row) => {
    const { pack, ...script } = toScript(row);
    const { title, serves } = packHeadSchema.parse(pack);
    return { ...script, title, tone: serves.tone };
  });
}

/** One published version with its pack. */
export async function findScript(tx: Tx, scriptId: string): Promise<HubResult<ScriptEntity>> {
  const [packId = '', packVersion = ''] = scriptId.split('@');
  const row = await tx.selectFrom('scripts').selectAll().where('pack_id', '=', packId).where('pack_version', '=', packVersion).executeTakeFirst();
  if (row === undefined || scriptIdOf(packId, packVersion) !== scriptId) return refuse(404, 'unknown-script', 'There is no such script.');
  return accept(toScript(row));
}

function toScript(row: Selectable<ScriptsTable>): ScriptEntity {
  return {
    packId: row.pack_id, packVersion: row.pack_version, publishedAt: row.published_at, isInForce: row.is_in_force === 1,
    pack: jsonObjectSchema.parse(JSON.parse(row.pack)),
  };
}

function compareVersions(a: string, b: string): number {
  const [left, right] = [a, b].map((version) => version.split('.').map(Number));
  for (let part = 0; part < 3; part += 1) {
    const difference = (left?.[part] ?? 0) - (right?.[part] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
