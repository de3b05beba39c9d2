/** Everything that must be found in a golden hub. */
import { verifyChains } from '../../hub/facts/verify-chains.ts';
import { readHubId } from '../../hub/store/hub-meta.ts';
import type { HubStore } from '../../hub/store/hub-store.ts';
import type { ExpectedHub } from './golden-stores.ts';

export async function describeHub(store: HubStore): Promise<ExpectedHub> {
  const verified = await verifyChains(store);
  if (!verified.ok || verified.unexplained > 0) throw new Error(JSON.stringify(verified));
  return store.read(async (tx) => {
    const kinds = await tx.selectFrom('entities').select((eb) => ['kind', eb.fn.countAll<number>().as('count')]).groupBy('kind').orderBy('kind').execute();
    const links = await tx.selectFrom('facts').select(['device_id', 'seq', 'fact_id', 'hash']).orderBy('device_id').orderBy('seq').execute();
    return {
      hubId: await readHubId(tx),
      users: await tx.selectFrom('users').select(['username', 'role']).orderBy('username').execute(),
      creditors: (await tx.selectFrom('creditors').select('name').orderBy('name').execute()).map((row) => row.name),
      caseIds: (await tx.selectFrom('cases').select('case_id').orderBy('case_id').execute()).map((row) => row.case_id),
      erasedCases: (await tx.selectFrom('erased_cases').select('case_id').orderBy('case_id').execute()).map((row) => row.case_id),
      links: links.map((row) => ({ deviceId: row.device_id, seq: row.seq, id: row.fact_id, hash: row.hash })),
      facts: verified.facts, erased: verified.erased,
      entities: Object.fromEntries(kinds.map((row) => [row.kind, row.count])),
    };
  });
}
