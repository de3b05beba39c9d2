/**
 * Attachments on a full disk, the desk's and the hub's.
 *
 * Invariants: what cannot be kept is answered in a sentence and leaves nothing half; a hub without space keeps nobody's
 * facts waiting; when space returns the file arrives whole, going on from where it was.
 */
import { createHash, randomBytes } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import type { CaseId, CommandId } from '../../shared/id.ts';
import { newId } from '../../shared/id.ts';
import { KEPT_FREE_BYTES } from '../../hub/file-pieces.ts';
import { PASSWORD, plantHub } from '../crash/planted-hub.ts';
import { allSent } from '../support/agency.ts';
import { ChunkProxy } from '../support/chunk-proxy.ts';
import { DeskProcess } from '../support/desk-process.ts';
import { HubProcess } from '../support/hub-process.ts';
import { signInAs } from '../support/shift.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { SmallDisk } from './small-disk.ts';

const basedOn = { caseRevision: 1, scriptVersion: null };
const bytes = randomBytes(5 * 1024 * 1024);

async function startWork(dataDir: string, profileDir: string): Promise<{ desk: DeskProcess; caseId: CaseId; proxy: ChunkProxy }> {
  const [username = ''] = await plantHub(dataDir, 1);
  const hub = await HubProcess.start(dataDir, { extra: ['--quiet'] });
  onTestFinished(() => hub.stop());
  const proxy = await ChunkProxy.start(hub.url);
  onTestFinished(() => proxy.close());
  const desk = await DeskProcess.start({ profileDir, hubUrl: proxy.url, hubKey: 'disk' });
  onTestFinished(() => desk.stop());
  await signInAs(desk, username, PASSWORD);
  const { rows } = await desk.until('list-worklist', { view: 'all', creditorId: null }, (list) => list.rows.length === 4);
  await allSent(desk);
  return { desk, caseId: rows[0]!.caseId, proxy };
}

function blobsBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => /attachments\/[^/]+$/.test(file)).map((file) => join(folder, file));
}

function hashes(files: readonly string[]): string[] {
  return files.map((file) => createHash('sha256').update(readFileSync(file)).digest('hex'));
}

it('says that a full disk cannot take the file, leaves nothing of it, and takes it when there is space', async () => {
  const disk = SmallDisk.create(24);
  const profile = join(disk.path, 'profile');
  const dataDir = join(temporaryFolder(), 'hub');
  const { desk, caseId } = await startWork(dataDir, profile);
  const commandId = newId<CommandId>();
  const attach = () => desk.command('attach-file', { caseId, fileName: 'a.bin', mediaType: '', note: '', bytes, basedOn }, commandId);
  for (const pagesLeft of [0, 1, 100, 1_000]) {
    disk.fill(pagesLeft);
    expect(await attach()).toMatchObject({ ok: false, error: { code: 'disk-full', messageKey: 'error.attachmentDiskFull', retryable: true } });
    expect(blobsBelow(profile)).toEqual([]);
  }
  disk.free();
  expect((await attach()).ok).toBe(true);
  await allSent(desk);
  expect(hashes(blobsBelow(dataDir))).toEqual([createHash('sha256').update(bytes).digest('hex')]);
});

it('lets facts pass while the hub has no space for a file, and goes on with it when there is', async () => {
  const disk = SmallDisk.create(48);
  const dataDir = join(disk.path, 'hub');
  const { desk, caseId, proxy } = await startWork(dataDir, join(temporaryFolder(), 'profile'));
  disk.fill(KEPT_FREE_BYTES / 4096 + 600);
  expect((await desk.command('attach-file', { caseId, fileName: 'a.bin', mediaType: '', note: '', bytes, basedOn })).ok).toBe(true);
  await desk.until('show-case', { caseId }, (screen) => (screen.history[0]?.upload?.percent ?? 0) >= 10);
  await desk.command('add-note', { caseId, text: 'parte lo stesso', basedOn });
  await desk.until('show-case', { caseId }, (screen) => screen.history.some((entry) => entry.kind === 'note' && entry.sent));
  expect(await desk.query('show-sync', {})).toMatchObject({ ok: true, value: { unsentCount: 1, network: 'online' } });
  const arrived = blobsBelow(dataDir);
  expect(arrived.every((file) => file.endsWith('.part') && statSync(file).size < bytes.length)).toBe(true);
  disk.free();
  const before = proxy.wholeChunks;
  await desk.command('sync-now', {});
  await allSent(desk);
  expect(hashes(blobsBelow(dataDir))).toEqual([createHash('sha256').update(bytes).digest('hex')]);
  expect(existsSync(arrived[0] ?? '')).toBe(false);
  // It went on: the chunks that had arrived did not go again.
  expect(proxy.wholeChunks - before).toBeLessThan(20);
});
