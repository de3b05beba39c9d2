/**
 * Forgets contacts of no case a month after they came: the task, and what the note said. At each start, and every hour.
 *
 * Invariants: of the fact its link stays, so every chain verifies; a note that was matched stands in its case by then, and goes with the person.
 */
import { removeEntities } from '../feed/remove-entities.ts';
import { askForScrub } from '../store/hub-meta.ts';
import type { HubStore } from '../store/hub-store.ts';
import type { Clock } from '../../shared/time.ts';
import { CONTACT_TASK_KEPT_MS } from '../../shared/protocol/contact-task-protocol.ts';
import { readContactTasks } from './build-contact-tasks.ts';
import { lockContactTasks } from './lock-contact-tasks.ts';

const LOOK_EVERY_MS = 3_600_000;

/** Answers how many went. */
export async function expireContactTasks(store: HubStore, clock: Clock): Promise<number> {
  const beforeMs = clock.nowMs() - CONTACT_TASK_KEPT_MS;
  const isThere = await store.read(async (tx) => (await readContactTasks(tx, 'all')).some(({ task }) => task.at < beforeMs));
  if (!isThere) return 0;
  return store.write(async (tx) => {
    await lockContactTasks(tx);
    const old = (await readContactTasks(tx, 'all')).filter(({ task }) => task.at < beforeMs);
    for (const { task } of old) {
      await tx.updateTable('fact_content').set({ salt: null, body: null }).where('fact_id', '=', task.taskId).where('case_id', 'is', null).execute();
    }
    await removeEntities(tx, clock.nowMs(), old.map(({ task, audiences }) => ({ kind: 'contact-task', id: task.taskId, audiences: JSON.stringify(audiences) })));
    await askForScrub(tx);
    return old.length;
  });
}

/** Looks every hour; answers how to stop. */
export function keepExpiringContactTasks(store: HubStore, clock: Clock, onError: (error: unknown) => void): () => Promise<void> {
  let running: Promise<unknown> | null = null;
  const timer = setInterval(() => {
    running ??= expireContactTasks(store, clock).catch(onError).finally(() => {
      running = null;
    });
  }, LOOK_EVERY_MS);
  timer.unref();
  return async () => {
    clearInterval(timer);
    await running;
  };
}
