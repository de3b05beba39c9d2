/**
 * `recording list|export`: the only way to hear a recording.
 *
 * Invariant: an export needs a reason, and its line stands in the ledger before a byte of the sound is opened.
 */
import { open, rm } from 'node:fs/promises';
import { buffer } from 'node:stream/consumers';
import { z } from 'zod';
import { factIdSchema } from '../../shared/id.ts';
import { dateOfInstant, systemClock } from '../../shared/time.ts';
import { recordedMs } from '../../shared/facts/recording-bodies.ts';
import { BlobFolder } from '../attachments/blob-folder.ts';
import { listRecordings } from '../recordings/list-recordings.ts';
import { openRecording } from '../recordings/open-recording.ts';
import { noteRecording } from '../recordings/recordings-ledger.ts';
import { SITE_ZONE } from '../site-zone.ts';
import { printJson, readOptions, say, UsageError, withStore } from './read-options.ts';

const text = { type: 'string' } as const;

export async function runRecording(args: string[]): Promise<number> {
  const [action, ...rest] = args;
  if (action === 'list') return list(rest);
  if (action === 'export') return exportOne(rest);
  throw new UsageError('recording needs one of: list, export.');
}

async function list(args: string[]): Promise<number> {
  const { location, options } = readOptions(args, { json: { type: 'boolean' } }, z.object({ json: z.boolean().default(false) }));
  const recordings = (await withStore(location, (store) => store.read((tx) => listRecordings(tx)))).map(({ factId, caseId, body, isStored }) => ({
    factId, caseId, startedAt: new Date(body.startedAt).toISOString(), seconds: Math.round(recordedMs(body) / 1000), keepUntil: body.keepUntil, isHeld: isStored,
  }));
  if (options.json) printJson({ recordings });
  else process.stdout.write(recordings.map((one) => `${one.factId}\t${one.startedAt}\t${String(one.seconds)} s\tuntil ${one.keepUntil}\t${one.isHeld ? 'held' : 'not here'}\n`).join(''));
  return 0;
}

async function exportOne(args: string[]): Promise<number> {
  const { location, options } = readOptions(
    args, { fact: text, reason: text, to: text },
    z.object({
      fact: factIdSchema, to: z.string({ error: 'the file to write is needed' }).min(1),
      reason: z.string({ error: 'why is this recording listened to? The reason is kept, so it names nobody.' }).trim().min(3).max(500),
    }),
  );
  const found = (await withStore(location, (store) => store.read((tx) => listRecordings(tx, [options.fact])))).at(0);
  const isOver = found !== undefined && found.body.keepUntil < dateOfInstant(systemClock.nowMs(), SITE_ZONE);
  const held = found === undefined || isOver || !found.isStored ? null : await new BlobFolder(location.dataDir).read(found.factId);
  if (found === undefined || held === null) {
    say('There is no such recording here: it was erased, or has not arrived yet.');
    return 1;
  }
  await noteRecording(location.dataDir, { what: 'exported', factId: found.factId, reason: options.reason, at: systemClock.nowMs() });
  const sound = openRecording(found.body, await buffer(held.stream));
  if (sound === null) {
    say('The file is not what was recorded: it does not open.');
    return 1;
  }
  await write(options.to, sound);
  say(`Written to ${options.to}. The export is in the ledger with its reason; what becomes of this file is in your hands.`);
  return 0;
}

/** Never over a file that is there. */
async function write(path: string, bytes: Uint8Array): Promise<void> {
  const file = await open(path, 'wx', 0o600).catch((error: unknown) => {
    if (error instanceof Error && 'code' in error) throw new UsageError(`${path} cannot be written (${String(error.code)}).`);
    throw error;
  });
  try {
    await file.writeFile(bytes);
  } catch (error) {
    await rm(path, { force: true });
    throw error;
  } finally {
    await file.close();
  }
}
