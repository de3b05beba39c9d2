/**
 * Erases the sound of recordings whose last day is over: at each start, and every hour.
 *
 * Invariants: the date stands in the fact, so a hub restored from a backup erases again what the backup brought back, and a desk that still has
 * the sound is told to forget it (`receive-attachment.ts`); the ledger's line is durable before the file goes. The fact stays: that there was a
 * recording, and until when, is no secret.
 */
import { BlobFolder } from '../attachments/blob-folder.ts';
import { SITE_ZONE } from '../site-zone.ts';
import type { HubStore } from '../store/hub-store.ts';
import type { Clock } from '../../shared/time.ts';
import { dateOfInstant } from '../../shared/time.ts';
import { listRecordings } from './list-recordings.ts';
import { noteRecording } from './recordings-ledger.ts';

const LOOK_EVERY_MS = 3_600_000;

export interface RecordingsHub { store: HubStore; dataDir: string; clock: Clock }

/** Answers how many were erased. */
export async function eraseExpiredRecordings({ store, dataDir, clock }: RecordingsHub): Promise<number> {
  const today = dateOfInstant(clock.nowMs(), SITE_ZONE);
  const blobs = new BlobFolder(dataDir);
  const held = await blobs.list();
  const expired = (await store.read((tx) => listRecordings(tx, held))).filter(({ body }) => body.keepUntil < today);
  for (const { factId, body } of expired) {
    await noteRecording(dataDir, { what: 'erased', factId, keepUntil: body.keepUntil, at: clock.nowMs() });
    await store.write((tx) => tx.deleteFrom('attachments').where('fact_id', '=', factId).execute());
    await blobs.remove(factId);
  }
  return expired.length;
}

/** Looks every hour; answers how to stop. */
export function keepErasingRecordings(hub: RecordingsHub, onError: (error: unknown) => void): () => Promise<void> {
  let running: Promise<unknown> | null = null;
  const timer = setInterval(() => {
    running ??= eraseExpiredRecordings(hub).catch(onError).finally(() => {
      running = null;
    });
  }, LOOK_EVERY_MS);
  timer.unref();
  return async () => {
    clearInterval(timer);
    await running;
  };
}
