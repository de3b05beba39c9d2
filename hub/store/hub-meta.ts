/** Who this hub is: an id made once, at the first opening, that names the operators' stores on every desk. */
import type { HubId } from '../../shared/id.ts';
import { HUB_NAME } from '../hub-version.ts';
import { hubIdSchema, newId } from '../../shared/id.ts';
import type { HubStore } from './hub-store.ts';
import type { Tx } from './tables.ts';

/** Makes the hub's id when there is none yet. */
export async function ensureHubId(store: HubStore): Promise<HubId> {
  const known = await store.read(findHubId);
  if (known !== null) return known;
  return store.write(async (tx) => {
    await tx.insertInto('meta').values({ key: 'hubId', value: newId<HubId>() }).onConflict((oc) => oc.column('key').doNothing()).execute();
    return readHubId(tx);
  });
}

/** The hub's id; it exists since the opening. */
export async function readHubId(tx: Tx): Promise<HubId> {
  const hubId = await findHubId(tx);
  if (hubId === null) throw new Error('the hub has no id');
  return hubId;
}

async function findHubId(tx: Tx): Promise<HubId | null> {
  const row = await tx.selectFrom('meta').select('value').where('key', '=', 'hubId').executeTakeFirst();
  return row === undefined ? null : hubIdSchema.parse(row.value);
}

/** The agency as its operators say it; the product's name until somebody said it. */
export async function readAgencyName(tx: Tx): Promise<string> {
  const row = await tx.selectFrom('meta').select('value').where('key', '=', 'agencyName').executeTakeFirst();
  return row?.value ?? HUB_NAME;
}

export async function writeAgencyName(tx: Tx, name: string): Promise<void> {
  await tx.insertInto('meta').values({ key: 'agencyName', value: name })
    .onConflict((oc) => oc.column('key').doUpdateSet({ value: name })).execute();
}

/** Something was deleted for good: `scrub` is due until it was done. */
export async function askForScrub(tx: Tx): Promise<void> {
  await tx.insertInto('meta').values({ key: 'scrubDue', value: '1' }).onConflict((oc) => oc.column('key').doNothing()).execute();
}

/** Overwrites what was deleted, where that is still due (after a crash, too). False: it is still due. */
export async function scrubWhereDue(store: HubStore): Promise<boolean> {
  const due = await store.read((tx) => tx.selectFrom('meta').select('key').where('key', '=', 'scrubDue').executeTakeFirst());
  if (due === undefined) return true;
  if (!(await store.scrub())) return false;
  await store.write((tx) => tx.deleteFrom('meta').where('key', '=', 'scrubDue').execute());
  return true;
}
