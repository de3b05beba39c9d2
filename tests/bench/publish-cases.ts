/** A hub's data folder with one collector, `bench`, who holds the given cases as an import would have published them. */
import { upsertEntities } from '../../hub/feed/upsert-entity.ts';
import { openStore } from '../../hub/store/open-store.ts';
import { addUser } from '../../hub/users/add-user.ts';
import type { CaseEntity } from '../../shared/case/case-entity.ts';
import { systemClock } from '../../shared/time.ts';
import { demoPassword } from '../support/shift.ts';

const BATCH = 500;
export const benchUser = { username: 'bench', password: demoPassword } as const;

/** The hub must not be running. */
export async function publishCases(dataDir: string, cases: Iterable<CaseEntity>): Promise<void> {
  const store = await openStore({ dataDir, postgresUrl: null });
  const added = await addUser(store, systemClock, { ...benchUser, displayName: 'Bench', role: 'collector' });
  if (!added.ok) throw new Error(added.refusal.code);
  const audiences = [`user:${added.value.userId}` as const];
  let batch: CaseEntity[] = [];
  const publish = async (): Promise<void> => {
    const entities = batch.map((body) => ({ kind: 'case' as const, id: body.caseId, body: { ...body }, audiences }));
    await store.write((tx) => upsertEntities(tx, systemClock.nowMs(), entities));
    batch = [];
  };
  for (const entity of cases) {
    batch.push(entity);
    if (batch.length === BATCH) await publish();
  }
  await publish();
  await store.close();
}
