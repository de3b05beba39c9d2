/** What the hub takes, gives and forgets of attachments, request by request, on both stores. */
import { createHash, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BlobFolder } from '../../hub/attachments/blob-folder.ts';
import { eraseAttachmentRows, sweepErasedBlobs } from '../../hub/attachments/erase-attachments.ts';
import { reassignCustomer } from '../../hub/receivables/reassign-customer.ts';
import type { AttachmentBody } from '../../shared/facts/fact-bodies.ts';
import type { AttachmentId, FactId } from '../../shared/id.ts';
import { newId } from '../../shared/id.ts';
import type { UploadState } from '../../shared/protocol/attachment-protocol.ts';
import {
  ATTACHMENT_CHUNK_BYTES, CHUNK_CHECKSUM_HEADER, CHUNK_CONTENT_TYPE, chunkReplySchema, offsetsReplySchema,
} from '../../shared/protocol/attachment-protocol.ts';
import type { TestPostgres } from '../support/start-postgres.ts';
import { startPostgres } from '../support/start-postgres.ts';
import type { SignedIn, TestHub } from './hub-harness.ts';
import { addAndSignIn, errorCode, startTestHub, TestDevice } from './hub-harness.ts';
import { plantCase } from './hub-receivables.ts';
import type { PlantedCase } from './hub-receivables.ts';

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

describe.each(['sqlite', 'postgres'] as const)('attachments on %s', (dialect) => {
  let server: TestPostgres | null = null;
  let hub: TestHub;
  let anna: SignedIn;
  let bruno: SignedIn;
  let lead: SignedIn;
  let planted: PlantedCase;

  beforeAll(async () => {
    server = dialect === 'postgres' ? await startPostgres() : null;
    hub = await startTestHub(server === null ? {} : { postgresUrl: await server.createDatabase() });
    [anna, bruno, lead] = [await addAndSignIn(hub, 'anna', 'collector'), await addAndSignIn(hub, 'bruno', 'collector'), await addAndSignIn(hub, 'lia', 'lead')];
    planted = await plantCase(hub.store, anna.userId);
  });

  afterAll(async () => {
    await hub.discard();
    await server?.stop();
  });

  /** Pushes the fact of a file, as Anna. */
  async function announce(bytes: Uint8Array, more: Partial<AttachmentBody> = {}): Promise<FactId> {
    const device = new TestDevice(anna.userId);
    const body: AttachmentBody = {
      attachmentId: newId<AttachmentId>(), fileName: 'però “così”.pdf', mediaType: 'application/pdf', sizeBytes: bytes.length, sha256: sha256(bytes), note: null, ...more,
    };
    const fact = device.add(planted.caseId, 'attachment-added', { ...body });
    expect(await device.push(anna)).toMatchObject({ status: 'stored' });
    return fact.header.id;
  }

  async function ask(person: SignedIn, factId: FactId): Promise<UploadState> {
    const reply = await person.call('POST', '/v1/attachments/offsets', { factIds: [factId] });
    const [upload] = offsetsReplySchema.parse(await reply.json()).uploads;
    if (upload === undefined) throw new Error('no answer');
    return upload;
  }

  function send(person: SignedIn, factId: FactId, offset: number, bytes: Uint8Array<ArrayBuffer>, checksum = sha256(bytes)): Promise<Response> {
    return fetch(`${hub.url}/v1/attachments/${factId}?offset=${String(offset)}`, {
      method: 'PATCH', body: bytes,
      headers: { authorization: `Bearer ${person.token}`, 'content-type': CHUNK_CONTENT_TYPE, [CHUNK_CHECKSUM_HEADER]: checksum },
    });
  }

  async function sendAll(factId: FactId, bytes: Buffer<ArrayBuffer>): Promise<UploadState> {
    let state = await ask(anna, factId);
    while (state.status === 'waiting') {
      const reply = await send(anna, factId, state.receivedBytes, bytes.subarray(state.receivedBytes, state.receivedBytes + ATTACHMENT_CHUNK_BYTES));
      expect(reply.status).toBe(200);
      state = chunkReplySchema.parse(await reply.json());
    }
    return state;
  }

  function pathOf(factId: FactId): string {
    return join(hub.dataDir, 'attachments', factId);
  }

  it('goes on from where it is, answers a wrong place with the right one, and a repeat of the last chunk with stored', async () => {
    const bytes = randomBytes(2 * ATTACHMENT_CHUNK_BYTES + 5);
    const factId = await announce(bytes);
    expect(await ask(anna, factId)).toEqual({ factId, status: 'waiting', receivedBytes: 0 });
    const first = bytes.subarray(0, ATTACHMENT_CHUNK_BYTES);
    expect((await send(anna, factId, 0, first)).status).toBe(200);
    const again = await send(anna, factId, 0, first);
    expect([again.status, await again.json()]).toEqual([409, { factId, status: 'waiting', receivedBytes: ATTACHMENT_CHUNK_BYTES }]);
    expect((await send(anna, factId, ATTACHMENT_CHUNK_BYTES + 1, first)).status).toBe(409);
    expect(await sendAll(factId, bytes)).toEqual({ factId, status: 'stored', receivedBytes: bytes.length });
    const last = await send(anna, factId, 2 * ATTACHMENT_CHUNK_BYTES, bytes.subarray(2 * ATTACHMENT_CHUNK_BYTES));
    expect([last.status, await last.json()]).toEqual([200, { factId, status: 'stored', receivedBytes: bytes.length }]);
    expect(readFileSync(pathOf(factId)).equals(bytes)).toBe(true);
    expect(existsSync(`${pathOf(factId)}.part`)).toBe(false);
  });

  it('refuses a chunk whose checksum is wrong and keeps nothing of it', async () => {
    const bytes = randomBytes(1_000);
    const factId = await announce(bytes);
    const refused = await send(anna, factId, 0, bytes, sha256(randomBytes(3)));
    expect([refused.status, await errorCode(refused)]).toEqual([400, 'chunk-damaged']);
    expect(await ask(anna, factId)).toMatchObject({ status: 'waiting', receivedBytes: 0 });
    expect((await sendAll(factId, bytes)).status).toBe('stored');
  });

  it('never calls stored what is not the file that the fact says: it is thrown away and begun again', async () => {
    const bytes = randomBytes(ATTACHMENT_CHUNK_BYTES + 10);
    const factId = await announce(bytes);
    const other = randomBytes(bytes.length);
    expect((await send(anna, factId, 0, other.subarray(0, ATTACHMENT_CHUNK_BYTES))).status).toBe(200);
    const last = await send(anna, factId, ATTACHMENT_CHUNK_BYTES, other.subarray(ATTACHMENT_CHUNK_BYTES));
    expect([last.status, await last.json()]).toEqual([409, { factId, status: 'waiting', receivedBytes: 0 }]);
    expect((await anna.call('GET', `/v1/attachments/${factId}`)).status).toBe(404);
    expect((await sendAll(factId, bytes)).status).toBe('stored');
  });

  it('refuses more than the fact says, an empty chunk, too large a one, and what no fact announced', async () => {
    const factId = await announce(randomBytes(10));
    expect(await errorCode(await send(anna, factId, 0, randomBytes(11)))).toBe('chunk-size');
    expect((await send(anna, factId, 0, randomBytes(0))).status).toBe(400);
    expect((await send(anna, factId, 0, randomBytes(ATTACHMENT_CHUNK_BYTES + 1))).status).toBe(413);
    const unknown = newId<FactId>();
    expect(await errorCode(await send(anna, unknown, 0, randomBytes(10)))).toBe('unknown-attachment');
    expect(await ask(anna, unknown)).toMatchObject({ status: 'unknown' });
    expect(readdirSync(join(hub.dataDir, 'attachments')).some((name) => name.startsWith(unknown))).toBe(false);
  });

  it('takes a file from the actor of its fact only, and tells nobody else about it', async () => {
    const bytes = randomBytes(100);
    const factId = await announce(bytes);
    for (const person of [bruno, lead]) {
      expect(await ask(person, factId)).toEqual({ factId, status: 'unknown', receivedBytes: 0 });
      expect(await errorCode(await send(person, factId, 0, bytes))).toBe('foreign-attachment');
    }
    expect(await ask(anna, factId)).toMatchObject({ receivedBytes: 0 });
  });

  it('gives the file to whoever holds the case now and to leads, with its name', async () => {
    const bytes = randomBytes(300_000);
    const factId = await announce(bytes);
    expect(await errorCode(await anna.call('GET', `/v1/attachments/${factId}`))).toBe('not-arrived');
    await sendAll(factId, bytes);
    for (const person of [anna, lead]) {
      const reply = await person.call('GET', `/v1/attachments/${factId}`);
      expect(reply.status).toBe(200);
      expect(Buffer.from(await reply.arrayBuffer()).equals(bytes)).toBe(true);
      expect(reply.headers.get('content-disposition')).toBe(`attachment; filename*=UTF-8''${encodeURIComponent('però “così”.pdf')}`);
      expect(reply.headers.get('content-type')).toBe('application/octet-stream');
    }
    expect((await bruno.call('GET', `/v1/attachments/${factId}`)).status).toBe(403);
    await reassignCustomer(hub.store, hub.clock, { customerId: planted.customerId, ownerId: bruno.userId });
    expect((await bruno.call('GET', `/v1/attachments/${factId}`)).status).toBe(200);
    expect((await anna.call('GET', `/v1/attachments/${factId}`)).status).toBe(403);
    await reassignCustomer(hub.store, hub.clock, { customerId: planted.customerId, ownerId: anna.userId });
  });

  it.each([
    ['all bytes had come and nothing more', (path: string, bytes: Buffer) => { writeFileSync(`${path}.part`, bytes); }],
    ['the file was renamed and its row not written', (path: string, bytes: Buffer) => { writeFileSync(path, bytes); }],
  ])('a hub that died when %s finishes at the next question, once', async (_when, plant) => {
    const bytes = randomBytes(70_000);
    const factId = await announce(bytes);
    mkdirSync(join(hub.dataDir, 'attachments'), { recursive: true });
    plant(pathOf(factId), bytes);
    const answers = await Promise.all([ask(anna, factId), ask(anna, factId), ask(anna, factId)]);
    expect(answers.map((answer) => answer.status)).toEqual(['stored', 'stored', 'stored']);
    const rows = await hub.store.read((tx) => tx.selectFrom('attachments').select('sha256').where('fact_id', '=', factId).execute());
    expect(rows).toEqual([{ sha256: sha256(bytes) }]);
    expect(readFileSync(pathOf(factId)).equals(bytes)).toBe(true);
  });

  it.each([
    ['a part of zeros after a power cut', (path: string, bytes: Buffer) => { writeFileSync(`${path}.part`, Buffer.alloc(bytes.length)); }],
    ['a part that is too long', (path: string, bytes: Buffer) => { writeFileSync(`${path}.part`, Buffer.alloc(bytes.length + 9)); }],
    ['a whole file that is not whole', (path: string, bytes: Buffer) => { writeFileSync(path, Buffer.alloc(bytes.length)); }],
  ])('begins again over %s', async (_what, plant) => {
    const bytes = randomBytes(70_000);
    const factId = await announce(bytes);
    mkdirSync(join(hub.dataDir, 'attachments'), { recursive: true });
    plant(pathOf(factId), bytes);
    expect(await ask(anna, factId)).toEqual({ factId, status: 'waiting', receivedBytes: 0 });
    expect((await sendAll(factId, bytes)).status).toBe('stored');
  });

  it('asks again for a file that its folder no longer holds', async () => {
    const bytes = randomBytes(5_000);
    const factId = await announce(bytes);
    await sendAll(factId, bytes);
    renameSync(pathOf(factId), join(hub.dataDir, 'elsewhere'));
    expect(await errorCode(await anna.call('GET', `/v1/attachments/${factId}`))).toBe('file-missing');
    expect(await ask(anna, factId)).toEqual({ factId, status: 'waiting', receivedBytes: 0 });
    expect((await sendAll(factId, bytes)).status).toBe('stored');
  });

  it('forgets the files of an erased person, whole and half, and takes no byte of them any more', async () => {
    const bytes = randomBytes(ATTACHMENT_CHUNK_BYTES + 1);
    const [whole, half, kept] = [await announce(bytes), await announce(bytes), await announce(bytes)];
    await sendAll(whole, bytes);
    await sendAll(kept, bytes);
    await send(anna, half, 0, bytes.subarray(0, ATTACHMENT_CHUNK_BYTES));
    await hub.store.write(async (tx) => {
      await tx.updateTable('fact_content').set({ salt: null, body: null }).where('fact_id', 'in', [whole, half]).execute();
      await eraseAttachmentRows(tx, [whole, half]);
    });
    expect(await sweepErasedBlobs(hub.store, new BlobFolder(hub.dataDir))).toBe(2);
    const names = readdirSync(join(hub.dataDir, 'attachments'));
    expect(names.filter((name) => name.startsWith(whole) || name.startsWith(half))).toEqual([]);
    expect(names).toContain(kept);
    for (const factId of [whole, half]) {
      expect(await ask(anna, factId)).toEqual({ factId, status: 'erased', receivedBytes: 0 });
      const reply = await send(anna, factId, 0, bytes.subarray(0, 100));
      expect(await reply.json()).toEqual({ factId, status: 'erased', receivedBytes: 0 });
      expect((await lead.call('GET', `/v1/attachments/${factId}`)).status).toBe(404);
    }
    expect(readdirSync(join(hub.dataDir, 'attachments'))).toEqual(names);
    expect((await lead.call('GET', `/v1/attachments/${kept}`)).status).toBe(200);
  });
});
