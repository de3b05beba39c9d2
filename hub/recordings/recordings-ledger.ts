/**
 * `recordings.ndjson` in the data folder: which recordings were erased at the end of their time, and which were listened to, when and why.
 *
 * Invariants: append-only, and a line stands on the disk before what it tells of is done: nothing is heard and nothing goes unsaid. Ids, times
 * and a reason, never a name.
 */
import { mkdir, open } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { factIdSchema } from '../../shared/id.ts';
import { instantSchema, plainDateSchema } from '../../shared/time.ts';

export const recordingsLedgerEntrySchema = z.discriminatedUnion('what', [
  z.object({ what: z.literal('erased'), factId: factIdSchema, keepUntil: plainDateSchema, at: instantSchema }),
  z.object({ what: z.literal('exported'), factId: factIdSchema, reason: z.string().trim().min(3).max(500), at: instantSchema }),
]);
export type RecordingsLedgerEntry = z.infer<typeof recordingsLedgerEntrySchema>;

export function recordingsLedgerPath(dataDir: string): string {
  return join(dataDir, 'recordings.ndjson');
}

/** Resolves when the line is durable. */
export async function noteRecording(dataDir: string, entry: RecordingsLedgerEntry): Promise<void> {
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  const file = await open(recordingsLedgerPath(dataDir), 'a', 0o600);
  try {
    await file.writeFile(`${JSON.stringify(recordingsLedgerEntrySchema.parse(entry))}\n`);
    await file.sync();
  } finally {
    await file.close();
  }
  const folder = await open(dataDir, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
