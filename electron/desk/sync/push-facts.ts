/**
 * Pushes unsent facts, in order, until the hub has them all.
 *
 *            ┌──────────── stored(lastSeq) ◀── more unsent ──┐
 *   unsent ──┤── gap(lastSeq)  → rewind ackedSeq, push again ┤→ done
 *            └── fork          → new device, re-chain, push ─┘
 *
 * Invariants: `ackedSeq` moves only on the hub's word; a lost answer is healed by pushing the
 * same facts again; the hub's restored backup is healed by its `gap`.
 */
import type { ChainedFact } from '../../../shared/facts/fact-header.ts';
import type { Result } from '../../../shared/result.ts';
import { fail, ok } from '../../../shared/result.ts';
import { deviceLinkSchema, MAX_FACTS_PER_PUSH, MAX_MOVES_PER_PUSH, pushReplySchema } from '../../../shared/protocol/push-protocol.ts';
import type { Sqlite } from '../store/database.ts';
import { readAckedSeq, readDeviceId, readLastLink, readLinkHash, readUnsentFacts, writeAckedSeq } from '../store/fact-store.ts';
import { forkDevice } from '../store/fork-device.ts';
import type { HubClient } from './hub-client.ts';

const MAX_REWINDS = 5;

/** Compares this device's chain with what the hub has of it, after every reconnect. */
export async function reconcileDevice(db: Sqlite, client: HubClient, signal: AbortSignal): Promise<Result<null>> {
  const deviceId = readDeviceId(db);
  const link = await client.requestJson('GET', `/v1/devices/${deviceId}`, deviceLinkSchema, { signal });
  if (!link.ok) return link;
  settle(db, link.value.lastSeq, link.value.lastHash);
  return ok(null);
}

/** Pushes until nothing is unsent. `onProgress` runs after each confirmed batch. */
export async function pushFacts(db: Sqlite, client: HubClient, signal: AbortSignal, onProgress: () => void): Promise<Result<null>> {
  let rewinds = 0;
  for (;;) {
    const facts = cutAtMoves(readUnsentFacts(db, readAckedSeq(db), MAX_FACTS_PER_PUSH));
    if (facts.length === 0) return ok(null);
    const deviceId = readDeviceId(db);
    const reply = await client.requestJson('POST', `/v1/devices/${deviceId}/facts`, pushReplySchema, { body: { facts }, accepted: [200, 409], signal });
    if (!reply.ok) return reply;
    if (reply.value.status !== 'stored') {
      rewinds += 1;
      if (rewinds > MAX_REWINDS) return fail('push-does-not-settle', 'error.hubRefused', { status: reply.value.status }, true);
    }
    if (reply.value.status === 'fork') forkDevice(db);
    else settle(db, reply.value.lastSeq, reply.value.lastHash);
    onProgress();
  }
}

/** The facts up to the last customer that may be moved in one go. */
function cutAtMoves(facts: readonly ChainedFact[]): readonly ChainedFact[] {
  let moves = 0;
  const end = facts.findIndex(({ header }) => header.type === 'customer-assigned' && (moves += 1) > MAX_MOVES_PER_PUSH);
  return end === -1 ? facts : facts.slice(0, end);
}

/** Takes the hub's last link as the truth about what it has, or forks when the histories differ. */
function settle(db: Sqlite, lastSeq: number, lastHash: string | null): void {
  const deviceId = readDeviceId(db);
  const ownLastSeq = readLastLink(db, deviceId)?.seq ?? 0;
  const agrees = lastSeq === 0 || (lastSeq <= ownLastSeq && readLinkHash(db, deviceId, lastSeq) === lastHash);
  if (agrees) {
    if (lastSeq !== readAckedSeq(db)) writeAckedSeq(db, lastSeq);
    return;
  }
  forkDevice(db);
}
