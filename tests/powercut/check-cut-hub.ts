/**
 * Looks into a hub's store as a power cut left it.
 *
 * Invariants checked: every acknowledged fact is there with its content; nothing is there that was not sent; of a
 * batch all is there or nothing; every fact had its whole effect (in its case once, on the lead's list, told in the
 * feed); revisions have no hole; every chain verifies.
 */
import { z } from 'zod';
import { verifyChains } from '../../hub/facts/verify-chains.ts';
import type { HubStore } from '../../hub/store/hub-store.ts';
import type { Tx } from '../../hub/store/tables.ts';
import { caseEntitySchema } from '../../shared/case/case-entity.ts';
import type { FactId } from '../../shared/id.ts';
import { repeated } from '../simulate/audit.ts';
import type { PushingDevice } from './hub-on-disk.ts';

export async function checkCutHub(
  store: HubStore, devices: readonly PushingDevice[], acknowledged: ReadonlySet<FactId>,
): Promise<{ lost: FactId[]; faults: string[] }> {
  await store.sequence();
  const { ok, broken } = await verifyChains(store);
  return store.read(async (tx) => {
    const links = await tx.selectFrom('facts').select(['device_id', 'seq', 'fact_id', 'hash']).execute();
    const contents = await tx.selectFrom('fact_content').select(['fact_id', 'case_id']).execute();
    const held = new Set(contents.map((row) => row.fact_id));
    const linked = new Set(links.map((row) => row.fact_id));
    const lost = [...acknowledged].filter((id) => !held.has(id) || !linked.has(id));
    const sent = new Map(devices.flatMap(({ device }) => device.facts.map(({ header }) => [header.id, header])));
    return {
      lost,
      faults: [
        ...lost.map((id) => `lost: fact ${id} was acknowledged`),
        ...(ok ? [] : [`chain: ${JSON.stringify(broken)}`]),
        ...links.filter((row) => sent.get(row.fact_id)?.hash !== row.hash).map((row) => `never sent: fact ${row.fact_id}`),
        ...repeated(links.map((row) => row.fact_id)).map((id) => `doubled: fact ${id}`),
        ...contents.filter((row) => !linked.has(row.fact_id)).map((row) => `half: content without its link ${row.fact_id}`),
        ...(await checkBatches(tx, devices)),
        ...(await checkEffects(tx, contents)),
        ...(await checkFeed(tx)),
      ],
    };
  });
}

/** The hub stands at the end of a batch, never inside one. */
async function checkBatches(tx: Tx, devices: readonly PushingDevice[]): Promise<string[]> {
  const rows = new Map((await tx.selectFrom('devices').selectAll().execute()).map((row) => [row.device_id, row.last_seq]));
  return devices.flatMap(({ device, batchEnds }) => {
    const lastSeq = rows.get(device.deviceId) ?? 0;
    return batchEnds.has(lastSeq) ? [] : [`half: device ${device.deviceId} stands at ${String(lastSeq)}, inside a batch`];
  });
}

async function checkEffects(tx: Tx, contents: readonly { fact_id: FactId; case_id: string | null }[]): Promise<string[]> {
  const entities = await tx.selectFrom('entities').select(['kind', 'id', 'body']).where('kind', 'in', ['case', 'incoming']).execute();
  const incoming = new Set(entities.filter((row) => row.kind === 'incoming').map((row) => row.id));
  const cases = new Map(entities.filter((row) => row.kind === 'case').map((row) => [row.id, caseEntitySchema.parse(JSON.parse(row.body)).facts.map((fact) => fact.id)]));
  const held = new Set<string>(contents.map((row) => row.fact_id));
  const told = new Set(
    (await tx.selectFrom('feed_log').select(['kind', 'entity_id']).where('revision', 'is not', null).execute()).map((row) => `${row.kind} ${row.entity_id}`),
  );
  const places = new Map<string, Set<string>>([...cases].map(([id, facts]) => [id, new Set(facts)]));
  return [
    ...contents.filter((row) => places.get(row.case_id ?? '')?.has(row.fact_id) !== true).map((row) => `half: fact ${row.fact_id} is not in its case`),
    ...[...cases.values()].flatMap(repeated).map((id) => `doubled: fact ${id} in its case`),
    ...[...cases.values()].flat().filter((id) => !held.has(id)).map((id) => `half: a case shows fact ${id}, which is not held`),
    ...contents.filter((row) => !incoming.has(row.fact_id)).map((row) => `half: fact ${row.fact_id} is not on the lead's list`),
    ...[...incoming].filter((id) => !held.has(id)).map((id) => `half: the lead's list shows fact ${id}, which is not held`),
    ...entities.filter((row) => !told.has(`${row.kind} ${row.id}`)).map((row) => `half: ${row.kind} ${row.id} is not in the feed`),
  ];
}

async function checkFeed(tx: Tx): Promise<string[]> {
  const rows = await tx.selectFrom('feed_log').select('revision').orderBy('revision').execute();
  const revisions = z.array(z.int()).safeParse(rows.map((row) => row.revision));
  if (!revisions.success) return ['feed: a row has no revision'];
  return revisions.data.every((revision, index) => revision === index + 1) ? [] : ['feed: the revisions have a hole'];
}
