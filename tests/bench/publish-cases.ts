/** Cases put into a hub's data folder as an import would have published them, without the tables that imports keep. */
import { upsertEntities } from '../../hub/feed/upsert-entity.ts';
import type { HubStore } from '../../hub/store/hub-store.ts';
import { openStore } from '../../hub/store/open-store.ts';
import { addUser } from '../../hub/users/add-user.ts';
import type { CaseEntity } from '../../shared/case/case-entity.ts';
import type { UserId } from '../../shared/id.ts';
import { fullCertificates } from '../../shared/testing/full-certificates.ts';
import { systemClock } from '../../shared/time.ts';
import { demoPassword } from '../support/shift.ts';

const BATCH = 500;
export const benchUser = { username: 'bench', password: demoPassword } as const;

/** All of them for one new collector, `bench`. The hub must not be running. */
export async function publishCases(dataDir: string, cases: Iterable<CaseEntity>): Promise<void> {
  const store = await openStore({ dataDir, postgresUrl: null });
  try {
    const added = await addUser(store, systemClock, { ...benchUser, displayName: 'Bench', role: 'collector', certificates: fullCertificates });
    if (!added.ok) throw new Error(added.refusal.code);
    await publish(store, added.value.userId, cases);
  } finally {
    await store.close();
  }
}

/** All of them for a collector who is there already. The hub must not be running. */
export async function publishCasesTo(dataDir: string, userId: UserId, cases: Iterable<CaseEntity>): Promise<void> {
  const store = await openStore({ dataDir, postgresUrl: null });
  try {
    await publish(store, userId, cases);
  } finally {
    await store.close();
  }
}

async function publish(store: HubStore, userId: UserId, cases: Iterable<CaseEntity>): Promise<void> {
  const audiences = [`user:${userId}` as const];
  let batch: CaseEntity[] = [];
  const send = async (): Promise<void> => {
    const entities = batch.map((body) => ({ kind: 'case' as const, id: body.caseId, body: { ...body }, audiences }));
    await store.write((tx) => upsertEntities(tx, systemClock.nowMs(), entities));
    batch = [];
  };
  for (const entity of cases) {
    batch.push(entity);
    if (batch.length === BATCH) await send();
  }
  await send();
}
