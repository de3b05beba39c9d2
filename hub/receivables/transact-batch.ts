/**
 * One batch of an import in one transaction.
 *
 * Invariant: a dry run goes through the same statements and takes all of them back; what a real batch says of itself (`note`) commits with it.
 */
import type { HubStore } from '../store/hub-store.ts';
import type { Tx } from '../store/tables.ts';

/** Hears in a batch's own transaction how many rows will be stored when it has committed, this batch included. */
export type NoteStored = (tx: Tx, rowsStored: number) => Promise<void>;

/** Carries the result of a batch out of the transaction that it takes back. */
class DryRun<T> extends Error {
  readonly value: T;
  constructor(value: T) {
    super('dry run');
    this.value = value;
  }
}

export async function transactBatch<T>(store: HubStore, dryRun: boolean, work: (tx: Tx) => Promise<T>, note: (tx: Tx) => Promise<void>): Promise<T> {
  if (!dryRun) {
    return store.write(async (tx) => {
      const done = await work(tx);
      await note(tx);
      return done;
    });
  }
  try {
    return await store.write(async (tx) => {
      throw new DryRun(await work(tx));
    });
  } catch (error) {
    if (error instanceof DryRun) return error.value as T;
    throw error;
  }
}
