/**
 * Takes back what has had its time: messages that no screen shows any more, queues that came before the others until a day. At each start, and every hour.
 *
 * Invariant: the entity goes, here and on every desk; the fact stays, as facts do.
 */
import { MESSAGE_DAYS } from '../../shared/contract/message-channels.ts';
import type { EntityKind } from '../../shared/protocol/feed-protocol.ts';
import { messageEntitySchema, priorityEntitySchema } from '../../shared/protocol/feed-protocol.ts';
import type { Clock, PlainDate } from '../../shared/time.ts';
import { dateOfInstant } from '../../shared/time.ts';
import { removeEntities } from '../feed/remove-entities.ts';
import { SITE_ZONE } from '../site-zone.ts';
import type { HubStore } from '../store/hub-store.ts';

const LOOK_EVERY_MS = 3_600_000;
const DAY_MS = 86_400_000;
/** Few in one transaction: desks push meanwhile. */
const BATCH = 100;
const sweptKinds = ['message', 'priority'] as const satisfies EntityKind[];

/** Answers how many went. */
export async function sweepEntities(store: HubStore, clock: Clock): Promise<number> {
  const nowMs = clock.nowMs();
  const today = dateOfInstant(nowMs, SITE_ZONE);
  const held = await store.read((tx) => tx.selectFrom('entities').select(['kind', 'id', 'body', 'audiences']).where('kind', 'in', sweptKinds).orderBy('id').execute());
  const due = held.filter(({ kind, body }) => hasHadItsTime(kind, JSON.parse(body), nowMs, today));
  for (let start = 0; start < due.length; start += BATCH) await store.write((tx) => removeEntities(tx, nowMs, due.slice(start, start + BATCH)));
  return due.length;
}

function hasHadItsTime(kind: string, body: unknown, nowMs: number, today: PlainDate): boolean {
  switch (kind) {
    case 'message': return messageEntitySchema.parse(body).at <= nowMs - MESSAGE_DAYS * DAY_MS;
    case 'priority': return priorityEntitySchema.parse(body).until < today;
    default: return false;
  }
}

/** Looks every hour; answers how to stop. */
export function keepSweeping(store: HubStore, clock: Clock, onError: (error: unknown) => void): () => Promise<void> {
  let running: Promise<unknown> | null = null;
  const timer = setInterval(() => {
    running ??= sweepEntities(store, clock).catch(onError).finally(() => {
      running = null;
    });
  }, LOOK_EVERY_MS);
  timer.unref();
  return async () => {
    clearInterval(timer);
    await running;
  };
}
