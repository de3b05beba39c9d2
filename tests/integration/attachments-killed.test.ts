/**
 * A file of 20 MB while hub and desk are killed at every chunk of it.
 *
 * Invariants: what is done is whole (no half file ever counts), the file arrives once with the very
 * SHA-256 that its fact says, and a kill costs one chunk at most: it is resumed, not begun again.
 */
import { createHash, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openStore } from '../../hub/store/open-store.ts';
import { createRandom } from '../../shared/testing/random.ts';
import type { Random } from '../../shared/testing/random.ts';
import type { CaseId } from '../../shared/id.ts';
import { newId, newRandomHex } from '../../shared/id.ts';
import { ATTACHMENT_CHUNK_BYTES, MAX_ATTACHMENT_BYTES } from '../../shared/protocol/attachment-protocol.ts';
import { CASES_EACH, PASSWORD, plantHub } from '../crash/planted-hub.ts';
import type { StrikePoint } from '../support/chunk-proxy.ts';
import { ChunkProxy } from '../support/chunk-proxy.ts';
import { DeskGone, DeskProcess } from '../support/desk-process.ts';
import { HubProcess, runHub } from '../support/hub-process.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const minuteMs = 60_000;
const basedOn = { caseRevision: 1, scriptVersion: null };

interface Scene { folder: string; dataDir: string; hub: HubProcess; proxy: ChunkProxy; desk: DeskProcess; caseId: CaseId }

async function openScene(): Promise<Scene> {
  const folder = temporaryFolder();
  const dataDir = join(folder, 'hub');
  await plantHub(dataDir, 1);
  const hub = await HubProcess.start(dataDir, { extra: ['--quiet'] });
  const proxy = await ChunkProxy.start(hub.url);
  const desk = await startDesk(folder, proxy, null);
  const signedIn = await desk.command('sign-in', { username: 'op-1', password: PASSWORD });
  if (!signedIn.ok) throw new Error(signedIn.error.code);
  const list = await desk.until('list-worklist', { view: 'all', creditorId: null }, (value) => value.rows.length === CASES_EACH);
  const caseId = list.rows[0]?.caseId;
  if (caseId === undefined) throw new Error('nothing to work');
  return { folder, dataDir, hub, proxy, desk, caseId };
}

function startDesk(folder: string, proxy: ChunkProxy, resume: string | null): Promise<DeskProcess> {
  return DeskProcess.start({ profileDir: join(folder, 'pc'), hubUrl: proxy.url, hubKey: 'agency' }, {}, undefined, undefined, resume);
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** What stands at the hub, read from its disk: rows, and the files that count as whole. */
async function readHub(dataDir: string): Promise<{ rows: { size_bytes: number; sha256: string }[]; whole: string[] }> {
  const store = await openStore({ dataDir, postgresUrl: null });
  try {
    const rows = await store.read((tx) => tx.selectFrom('attachments').select(['size_bytes', 'sha256']).execute());
    return { rows, whole: wholeFiles(dataDir) };
  } finally {
    await store.close();
  }
}

function wholeFiles(dataDir: string): string[] {
  const folder = join(dataDir, 'attachments');
  if (!existsSync(folder)) return [];
  return readdirSync(folder).filter((name) => !name.endsWith('.part')).map((name) => sha256(readFileSync(join(folder, name))));
}

/** Sentences about everything that counts as done and is not whole. */
async function findHalf(dataDir: string, expected: string): Promise<string[]> {
  const { rows, whole } = await readHub(dataDir);
  return [
    ...whole.filter((hash) => hash !== expected).map((hash) => `a whole file of another content: ${hash}`),
    ...rows.filter((row) => row.sha256 !== expected).map((row) => `a row of another content: ${row.sha256}`),
    ...(rows.length > whole.length ? ['a row without its file'] : []),
  ];
}

function choosePoint(random: Random): StrikePoint {
  switch (random.between(0, 2)) {
    case 0: return { at: 'inside', bytes: random.between(1, ATTACHMENT_CHUNK_BYTES - 1) };
    case 1: return { at: 'behind', afterMs: random.between(0, 4) };
    default: return { at: 'answered' };
  }
}

async function uploadStored(desk: DeskProcess, caseId: CaseId): Promise<'stored' | 'gone'> {
  try {
    await desk.until('show-case', { caseId }, (screen) => screen.history.some((entry) => entry.upload?.state === 'stored'));
    return 'stored';
  } catch (error) {
    if (error instanceof DeskGone) return 'gone';
    throw error;
  }
}

it('arrives whole and once, with a kill of hub or desk at every chunk', { timeout: 6 * minuteMs }, async () => {
  const seed = Number.parseInt(newRandomHex(4), 16);
  console.log(`seed ${String(seed)}`);
  const random = createRandom(seed);
  const scene = await openScene();
  const { dataDir, proxy, caseId, folder } = scene;
  const bytes = randomBytes(MAX_ATTACHMENT_BYTES);
  const chunkCount = MAX_ATTACHMENT_BYTES / ATTACHMENT_CHUNK_BYTES;

  // Each chunk is struck the first time it is seen: hub and desk take turns, and both die at each kind of point.
  const seen = new Set<number>();
  const struckAt = { inside: 0, behind: 0, answered: 0 };
  let nextVictim: 'hub' | 'desk' = random.chance(2) ? 'hub' : 'desk';
  let announce: (victim: 'hub' | 'desk') => void = () => undefined;
  let struck = Promise.resolve<'hub' | 'desk'>('hub');
  const awaitStrike = (): void => {
    struck = new Promise((resolve) => { announce = resolve; });
  };
  proxy.plan = (offset) => {
    const index = Math.floor(offset / ATTACHMENT_CHUNK_BYTES);
    if (seen.has(index)) return null;
    seen.add(index);
    const point = choosePoint(random);
    struckAt[point.at] += 1;
    const victim = nextVictim;
    nextVictim = victim === 'hub' ? 'desk' : 'hub';
    return { point, run: async () => {
      await (victim === 'hub' ? scene.hub.kill() : scene.desk.kill());
      announce(victim);
    } };
  };

  awaitStrike();
  const attached = await scene.desk.command('attach-file', { caseId, fileName: 'contratto.pdf', mediaType: 'application/pdf', note: 'firmato', bytes, basedOn });
  expect(attached.ok).toBe(true);
  let stored = uploadStored(scene.desk, caseId);
  const wrong: string[] = [];
  for (;;) {
    const event = await Promise.race([struck, stored.then((end) => (end === 'gone' ? struck : end))]);
    if (event === 'stored') break;
    awaitStrike();
    if (event === 'hub') {
      wrong.push(...await findHalf(dataDir, sha256(bytes)));
      await scene.desk.until('show-sync', {}, (sync) => sync.network === 'offline');
      scene.hub = await HubProcess.start(dataDir, { port: scene.hub.port, extra: ['--quiet'] });
      await scene.desk.command('sync-now', {});
    } else {
      scene.desk = await startDesk(folder, proxy, scene.desk.resumeTicket);
      stored = uploadStored(scene.desk, caseId);
    }
  }

  console.log(`${String(seen.size)} kills: ${JSON.stringify(struckAt)}; ${String(proxy.wholeChunks)} whole chunks sent for ${String(chunkCount)}`);
  expect(wrong).toEqual([]);
  expect(seen.size).toBe(chunkCount);
  expect(Math.min(...Object.values(struckAt))).toBeGreaterThan(chunkCount / 10);
  // A kill costs the chunk it hit, never what was there before it.
  expect(proxy.wholeChunks).toBeLessThanOrEqual(chunkCount + seen.size);
  await scene.desk.until('show-sync', {}, (sync) => sync.unsentCount === 0 && sync.network === 'online');
  const screen = await scene.desk.query('show-case', { caseId });
  const entries = screen.ok ? screen.value.history.filter((entry) => entry.kind === 'attachment') : [];
  expect(entries).toMatchObject([{ attachment: { fileName: 'contratto.pdf', note: 'firmato', sha256: sha256(bytes), sizeBytes: bytes.length }, sent: true, upload: { state: 'stored', percent: 100 } }]);
  await scene.desk.stop();
  await scene.hub.stop();
  await proxy.close();
  expect(await readHub(dataDir)).toEqual({ rows: [{ size_bytes: bytes.length, sha256: sha256(bytes) }], whole: [sha256(bytes)] });
  expect(readdirSync(join(dataDir, 'attachments'))).toHaveLength(1);
  expect((await runHub(['facts', '--ids', '--data', dataDir])).trim().split('\n')).toHaveLength(1);
});

it('finds a half file that counts as done: the check above can fail', async () => {
  const dataDir = join(temporaryFolder(), 'hub');
  await plantHub(dataDir, 1);
  const bytes = randomBytes(1000);
  expect(await findHalf(dataDir, sha256(bytes))).toEqual([]);
  const fact = newId<string>();
  mkdirSync(join(dataDir, 'attachments'));
  writeFileSync(join(dataDir, 'attachments', fact), bytes.subarray(0, 500));
  expect(await findHalf(dataDir, sha256(bytes))).toHaveLength(1);
});
