/**
 * A word beside the store about how far it had come: the device, its last fact and the last that the hub confirmed.
 *
 * Written after a commit and never synced, so it costs a save nothing and is never ahead of the disk; a store that
 * holds less than its witness says has lost something. It has a fixed length and is overwritten in place, so a full
 * disk does not stop it. It holds no name and no customer.
 */
import { closeSync, existsSync, openSync, readFileSync, writeSync } from 'node:fs';
import { z } from 'zod';
import { deviceIdSchema } from '../../../shared/id.ts';
import type { Sqlite } from './database.ts';
import { readAckedSeq, readLastLink } from './fact-store.ts';
import { readMeta } from './meta.ts';
import { storeFailure } from './store-failure.ts';

const witnessSchema = z.tuple([deviceIdSchema, z.coerce.number().pipe(z.int().nonnegative()), z.coerce.number().pipe(z.int().nonnegative())])
  .transform(([deviceId, lastSeq, ackedSeq]) => ({ deviceId, lastSeq, ackedSeq }));
export type Witness = z.infer<typeof witnessSchema>;

export function witnessPath(storePath: string): string {
  return `${storePath}.witness`;
}

/** Says how far the store has come; a disk that takes no writing leaves the older word, which is true too. */
export function writeWitness(db: Sqlite, storePath: string): void {
  const deviceId = readMeta(db, 'deviceId');
  if (deviceId === null) return;
  const width = String(Number.MAX_SAFE_INTEGER).length;
  const word = [deviceId, String(readLastLink(db, deviceIdSchema.parse(deviceId))?.seq ?? 0).padStart(width), String(readAckedSeq(db)).padStart(width)].join(' ');
  const path = witnessPath(storePath);
  try {
    const file = openSync(path, existsSync(path) ? 'r+' : 'w', 0o600);
    try {
      writeSync(file, word, 0);
    } finally {
      closeSync(file);
    }
  } catch (error) {
    storeFailure(error);
  }
}

/** Null where there is none, or a power cut left nothing that can be read. */
export function readWitness(storePath: string): Witness | null {
  const path = witnessPath(storePath);
  if (!existsSync(path)) return null;
  const parsed = witnessSchema.safeParse(readFileSync(path, 'utf8').split(/ +/));
  return parsed.success ? parsed.data : null;
}
