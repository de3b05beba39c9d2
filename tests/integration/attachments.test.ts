/**
 * Attachments, the whole way: page's bytes → sealed blob → hub's folder → whoever holds the case.
 *
 * Invariants: nothing readable of a file on the PC; a fact on the disk has its whole blob; `stored`
 * only for what is whole; nobody but the actor sends, nobody but the holder and leads receive.
 */
import { createHash, randomBytes } from 'node:crypto';
import { readdirSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import type { CaseId, CommandId } from '../../shared/id.ts';
import { newId } from '../../shared/id.ts';
import { ATTACHMENT_CHUNK_BYTES, MAX_ATTACHMENT_BYTES } from '../../shared/protocol/attachment-protocol.ts';
import type { Agency } from '../support/agency.ts';
import { allSent, openAgency, workableRows } from '../support/agency.ts';
import { ChunkProxy } from '../support/chunk-proxy.ts';
import type { DeskProcess } from '../support/desk-process.ts';
import { DeskGone } from '../support/desk-process.ts';
import { signInAs } from '../support/shift.ts';

const basedOn = { caseRevision: 1, scriptVersion: null };
const MARKER = 'Condominio Via dei Tigli 12, contratto riservato. ';

interface Scene { agency: Agency; desk: DeskProcess; caseId: CaseId }

async function openScene(): Promise<Scene> {
  const agency = await openAgency();
  const desk = await agency.startDesk('pc');
  await signInAs(desk, 'carla');
  const [row] = await workableRows(desk);
  if (row === undefined) throw new Error('nothing to work');
  return { agency, desk, caseId: row.caseId };
}

function attach(desk: DeskProcess, caseId: CaseId, bytes: Uint8Array<ArrayBuffer>, options: { fileName?: string; commandId?: CommandId } = {}): ReturnType<typeof desk.command<'attach-file'>> {
  return desk.command('attach-file', { caseId, fileName: options.fileName ?? 'contratto.pdf', mediaType: 'application/pdf', note: '', bytes, basedOn }, options.commandId);
}

async function uploads(desk: DeskProcess, caseId: CaseId): Promise<{ name: string; sent: boolean; state: string | undefined }[]> {
  const screen = await desk.query('show-case', { caseId });
  if (!screen.ok) throw new Error(screen.error.code);
  return screen.value.history.flatMap((entry) =>
    (entry.kind === 'attachment' ? [{ name: entry.attachment.fileName, sent: entry.sent, state: entry.upload?.state }] : []));
}

/** A desk at work makes and renames files meanwhile: what is gone when it is looked at was temporary. */
function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((file) => join(folder, file)).filter((file) => statSync(file, { throwIfNoEntry: false })?.isFile() === true);
}

/** Files below a folder in which one of the texts can be read. */
function filesWith(folder: string, texts: readonly string[]): string[] {
  return filesBelow(folder).filter((file) => {
    const bytes = readFileSync(file);
    return texts.some((text) => bytes.includes(text));
  });
}

function blobsOfDesk(agency: Agency): string[] {
  return filesBelow(join(agency.folder, 'pc')).filter((file) => file.includes('/attachments/'));
}

function blobsOfHub(agency: Agency): string[] {
  return filesBelow(agency.hub.dataDir).filter((file) => file.includes('/attachments/'));
}

it('waits offline, is counted as unsent, survives a sign-out and leaves; the count goes to nothing only then', async () => {
  const { agency, desk, caseId } = await openScene();
  const bytes = randomBytes(3 * ATTACHMENT_CHUNK_BYTES + 17);
  await allSent(desk);
  await agency.killHub();
  await desk.until('show-sync', {}, (sync) => sync.network === 'offline');
  const attached = await attach(desk, caseId, bytes, { fileName: 'C:\\Users\\carla\\foto ricevuta.jpg' });
  expect(attached.ok).toBe(true);
  expect(await uploads(desk, caseId)).toEqual([{ name: 'foto ricevuta.jpg', sent: false, state: 'waiting' }]);
  expect(await desk.query('show-sync', {})).toMatchObject({ ok: true, value: { unsentCount: 1 } });
  await desk.command('sign-out', {});
  expect(await desk.query('show-session', {})).toMatchObject({ ok: true, value: { accounts: [{ username: 'carla', unsent: true }] } });
  await agency.startHub();
  await signInAs(desk, 'carla');
  await allSent(desk);
  expect(await uploads(desk, caseId)).toEqual([{ name: 'foto ricevuta.jpg', sent: true, state: 'stored' }]);
  const [arrived] = blobsOfHub(agency);
  expect(readFileSync(arrived ?? '').equals(bytes)).toBe(true);
  await desk.command('sign-out', {});
  expect(await desk.query('show-session', {})).toMatchObject({ ok: true, value: { accounts: [{ username: 'carla', unsent: false }] } });
});

it('refuses what is empty, too large or of another’s case, and leaves nothing behind', async () => {
  const { agency, desk, caseId } = await openScene();
  expect(await attach(desk, caseId, new Uint8Array(0))).toMatchObject({ ok: false, error: { code: 'attachment-empty', messageKey: 'error.attachmentEmpty' } });
  expect(await attach(desk, caseId, new Uint8Array(MAX_ATTACHMENT_BYTES + 1))).toMatchObject({ ok: false, error: { code: 'attachment-too-large' } });
  expect(await attach(desk, newId<CaseId>(), randomBytes(10))).toMatchObject({ ok: false, error: { code: 'case-not-mine' } });
  expect(await desk.raw({ kind: 'command', name: 'attach-file', input: { commandId: newId<CommandId>(), caseId, fileName: 'x', mediaType: '', note: '', bytes: 'text', basedOn } }))
    .toMatchObject({ ok: false, error: { code: 'invalid-input' } });
  expect(blobsOfDesk(agency)).toEqual([]);
});

it('happens once, however often the same command comes', async () => {
  const { agency, desk, caseId } = await openScene();
  const commandId = newId<CommandId>();
  const bytes = randomBytes(5_000);
  const replies = await Promise.all([1, 2, 3].map(() => attach(desk, caseId, bytes, { commandId })));
  expect(new Set(replies.map((reply) => (reply.ok ? reply.value.factId : reply.error.code))).size).toBe(1);
  await allSent(desk);
  expect(await uploads(desk, caseId)).toHaveLength(1);
  expect(blobsOfDesk(agency)).toHaveLength(1);
  expect(blobsOfHub(agency)).toHaveLength(1);
});

it('leaves no readable byte of the file, its name or its note on the PC; the same search finds a plain copy', async () => {
  const { agency, desk, caseId } = await openScene();
  await agency.killHub();
  const bytes = Buffer.from(MARKER.repeat(20_000));
  expect((await desk.command('attach-file', { caseId, fileName: 'tigli.txt', mediaType: 'text/plain', note: 'parola mia riservata', bytes, basedOn })).ok).toBe(true);
  await desk.kill();
  const profile = join(agency.folder, 'pc');
  const texts = ['Via dei Tigli', 'tigli.txt', 'parola mia riservata'];
  expect(blobsOfDesk(agency).map((file) => statSync(file).size)).toEqual([bytes.length + 16 * Math.ceil(bytes.length / ATTACHMENT_CHUNK_BYTES)]);
  expect(filesWith(profile, texts)).toEqual([]);
  writeFileSync(join(profile, 'plain-copy'), bytes);
  expect(filesWith(profile, texts)).toEqual([join(profile, 'plain-copy')]);
});

it.each([
  ['cut', (path: string) => { truncateSync(path, statSync(path).size - 1_000); }],
  ['changed in one bit', (path: string) => {
    const bytes = readFileSync(path);
    bytes[ATTACHMENT_CHUNK_BYTES + 100] = (bytes[ATTACHMENT_CHUNK_BYTES + 100] ?? 0) ^ 1;
    writeFileSync(path, bytes);
  }],
  ['gone', (path: string) => { rmSync(path); }],
])('says that a blob which was %s cannot leave; its fact and the other files do', async (_what, damage) => {
  const { agency, desk, caseId } = await openScene();
  await agency.killHub();
  await attach(desk, caseId, randomBytes(3 * ATTACHMENT_CHUNK_BYTES), { fileName: 'rovinato.pdf' });
  const [damaged] = blobsOfDesk(agency);
  await attach(desk, caseId, randomBytes(1_000), { fileName: 'sano.pdf' });
  damage(damaged ?? '');
  await agency.startHub();
  await desk.command('sync-now', {});
  await desk.until('show-case', { caseId }, (screen) => screen.history.every((entry) => entry.kind !== 'attachment' || entry.upload?.state === 'damaged' || entry.upload?.state === 'stored'));
  expect((await uploads(desk, caseId)).toSorted((a, b) => a.name.localeCompare(b.name))).toEqual([
    { name: 'rovinato.pdf', sent: true, state: 'damaged' }, { name: 'sano.pdf', sent: true, state: 'stored' },
  ]);
  await allSent(desk);
  expect(blobsOfHub(agency).filter((file) => !file.endsWith('.part'))).toHaveLength(1);
});

it('a desk killed while it attaches has the fact with its whole blob, or neither; the same command again makes it one', async () => {
  const { agency, desk: first, caseId } = await openScene();
  await allSent(first);
  await agency.killHub();
  let desk = first;
  const bytes = randomBytes(4 * 1024 * 1024);
  const rounds = 12;
  let interrupted = 0;
  for (let round = 0; round < rounds; round += 1) {
    const commandId = newId<CommandId>();
    const fileName = `giro-${String(round)}.bin`;
    const answer = attach(desk, caseId, bytes, { fileName, commandId }).catch((error: unknown) => {
      if (!(error instanceof DeskGone)) throw error;
      interrupted += 1;
      return null;
    });
    await new Promise((resolve) => setTimeout(resolve, round * 4));
    await desk.kill();
    const acknowledged = await answer;
    desk = await agency.startDesk('pc', { resume: first.resumeTicket });
    const held = (await uploads(desk, caseId)).filter((upload) => upload.name === fileName);
    if (acknowledged !== null) expect(held).toHaveLength(1);
    // What no fact names is swept when the store is opened.
    expect(blobsOfDesk(agency)).toHaveLength(round + held.length);
    expect((await attach(desk, caseId, bytes, { fileName, commandId })).ok).toBe(true);
    expect((await uploads(desk, caseId)).filter((upload) => upload.name === fileName)).toHaveLength(1);
  }
  expect(interrupted).toBeGreaterThan(rounds / 4);
  await agency.startHub();
  await desk.command('sync-now', {});
  await allSent(desk);
  const hash = (data: Uint8Array): string => createHash('sha256').update(data).digest('hex');
  expect(blobsOfHub(agency).map((file) => hash(readFileSync(file)))).toEqual(Array.from({ length: rounds }, () => hash(bytes)));
});

it('sends again what a restored hub no longer has', async () => {
  const { agency, desk, caseId } = await openScene();
  await attach(desk, caseId, randomBytes(ATTACHMENT_CHUNK_BYTES + 1));
  await allSent(desk);
  await agency.killHub();
  const [lost] = blobsOfHub(agency);
  const bytes = readFileSync(lost ?? '');
  rmSync(lost ?? '');
  await desk.until('show-sync', {}, (sync) => sync.network === 'offline');
  await agency.startHub();
  await desk.command('sync-now', {});
  await desk.until('show-sync', {}, (sync) => sync.network === 'online' && sync.unsentCount === 0);
  expect(blobsOfHub(agency).map((file) => readFileSync(file).equals(bytes))).toEqual([true]);
});

it('sends what a signed-out operator left, where the OS keychain opens the store', async () => {
  const agency = await openAgency();
  const keychain = (_operation: string, value: string | undefined): string => Buffer.from(value ?? '').toString('latin1').split('').reverse().join('');
  const desk = await agency.startDesk('pc', { keychain });
  await signInAs(desk, 'carla');
  const [row] = await workableRows(desk);
  await agency.killHub();
  await attach(desk, row?.caseId ?? newId<CaseId>(), randomBytes(2 * ATTACHMENT_CHUNK_BYTES));
  await desk.command('sign-out', {});
  await desk.stop();
  await agency.startHub();
  const next = await agency.startDesk('pc', { keychain });
  await next.until('show-session', {}, (value) => value.accounts[0]?.unsent === false);
  expect(blobsOfHub(agency).map((file) => statSync(file).size)).toEqual([2 * ATTACHMENT_CHUNK_BYTES]);
});

it('shows how far a file is while it goes, goes on from there after a cut', async () => {
  const agency = await openAgency();
  const proxy = await ChunkProxy.start(agency.hub.url);
  onTestFinished(() => proxy.close());
  const desk = await agency.startDesk('pc', { config: { hubUrl: proxy.url } });
  await signInAs(desk, 'carla');
  const [row] = await workableRows(desk);
  if (row === undefined) throw new Error('nothing to work');
  await allSent(desk);
  let letGo: () => void = () => undefined;
  const looked = new Promise<void>((resolve) => { letGo = resolve; });
  const order: number[] = [];
  let isHeld = true;
  proxy.plan = (offset) => {
    order.push(offset / ATTACHMENT_CHUNK_BYTES);
    if (!isHeld || offset !== 4 * ATTACHMENT_CHUNK_BYTES) return null;
    isHeld = false;
    return { point: { at: 'inside', bytes: 1_000 }, run: () => looked };
  };
  await attach(desk, row.caseId, randomBytes(10 * ATTACHMENT_CHUNK_BYTES));
  const screen = await desk.until('show-case', { caseId: row.caseId }, (value) => value.history[0]?.upload?.percent === 40);
  expect(screen.history[0]).toMatchObject({ sent: true, upload: { state: 'sending', percent: 40 } });
  expect(await desk.query('show-sync', {})).toMatchObject({ ok: true, value: { unsentCount: 1 } });
  letGo();
  await desk.until('show-sync', {}, (sync) => sync.network === 'offline');
  await desk.command('sync-now', {});
  await allSent(desk);
  expect(order).toEqual([0, 1, 2, 3, 4, 4, 5, 6, 7, 8, 9]);
});
