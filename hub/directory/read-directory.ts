/**
 * One page of the directory (ADR 0026), as of now.
 *
 * Invariants: revisions are given after commit, by one at a time and in the order of giving, so no cursor ever skips what commits later; a
 * cursor of another key, or of a revision that this database never gave, begins anew. A case that is erased has no row: desks hear of it
 * by the feed, which every one of them follows.
 */
import { sql } from 'kysely';
import { z } from 'zod';
import type { DirectoryPage } from '../../shared/protocol/inbound-protocol.ts';
import type { Clock } from '../../shared/time.ts';
import type { HubStore } from '../store/hub-store.ts';
import type { Tx } from '../store/tables.ts';
import type { DirectoryKey } from './directory-key.ts';
import { hashReach } from './directory-key.ts';
import { refreshReaches } from './refresh-reaches.ts';

export const DIRECTORY_PAGE = 2_000;
/** Beyond what a page takes, so that a first fill numbers ahead of it. */
const NUMBERED_AT_ONCE = 20_000;
const reachesSchema = z.array(z.string());

export async function readDirectory(store: HubStore, clock: Clock, key: DirectoryKey, cursor: string, limit = DIRECTORY_PAGE): Promise<DirectoryPage> {
  const isBehind = await refreshReaches(store, clock, limit);
  if (await hasUnnumbered(store)) await store.write(numberReaches);
  const page = await store.read(async (tx) => {
    const newest = await newestReach(tx);
    const [tag, said] = cursor.split('.');
    const after = tag === key.tag && /^\d{1,15}$/.test(said ?? '') && Number(said) <= newest ? Number(said) : null;
    const rows = await tx.selectFrom('case_reaches').select(['case_id', 'creditor_id', 'reaches', 'revision'])
      .where('revision', '>', after ?? 0).orderBy('revision').limit(limit).execute();
    const creditors = await tx.selectFrom('creditors').select(['creditor_id as creditorId', 'name as creditorName']).orderBy('name').execute();
    return { rows, creditors, fromStart: after === null, reached: rows.at(-1)?.revision ?? after ?? 0, newest };
  });
  return {
    key: key.key.toString('hex'), fromStart: page.fromStart, creditors: page.creditors, cursor: `${key.tag}.${String(page.reached)}`,
    more: isBehind || page.reached < page.newest || await hasUnnumbered(store),
    entries: page.rows.map((row) => [row.case_id, row.creditor_id, reachesSchema.parse(JSON.parse(row.reaches)).map((reach) => hashReach(key, reach))]),
  };
}

async function hasUnnumbered(store: HubStore): Promise<boolean> {
  return await store.read((tx) => tx.selectFrom('case_reaches').select('case_id').where('revision', 'is', null).limit(1).executeTakeFirst()) !== undefined;
}

async function newestReach(tx: Tx): Promise<number> {
  const row = await tx.selectFrom('meta').select('value').where('key', '=', NEWEST).executeTakeFirst();
  return Number(row?.value ?? '0');
}

const NEWEST = 'directoryRevision';

/** One at a time: the row of `meta` is locked from the first statement to the commit. */
async function numberReaches(tx: Tx): Promise<void> {
  const { value } = await tx.insertInto('meta').values({ key: NEWEST, value: '0' })
    .onConflict((oc) => oc.column('key').doUpdateSet((eb) => ({ value: eb.ref('meta.value') }))).returning('value').executeTakeFirstOrThrow();
  await sql`update case_reaches set revision = numbered.revision from (
      select case_id as row_id, ${sql.lit(Number(value))} + row_number() over (order by case_id) as revision
      from (select case_id from case_reaches where revision is null order by case_id limit ${sql.lit(NUMBERED_AT_ONCE)}) as waiting
    ) as numbered where case_reaches.case_id = numbered.row_id`.execute(tx);
  const { newest } = await tx.selectFrom('case_reaches').select((eb) => eb.fn.max('revision').as('newest')).executeTakeFirstOrThrow();
  if (newest !== null) await tx.updateTable('meta').set({ value: String(Math.max(newest, Number(value))) }).where('key', '=', NEWEST).execute();
}
