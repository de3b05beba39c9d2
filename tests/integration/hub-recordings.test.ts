/** The agreement with the workers on record, and what the hub does with a recording, on both stores: takes it, gives it to nobody, erases it on its day. */
import { createCipheriv, createHash, randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eraseExpiredRecordings } from '../../hub/recordings/erase-expired-recordings.ts';
import { openRecording } from '../../hub/recordings/open-recording.ts';
import { recordingsLedgerPath } from '../../hub/recordings/recordings-ledger.ts';
import { SITE_ZONE } from '../../hub/site-zone.ts';
import type { CallRecordedBody } from '../../shared/facts/recording-bodies.ts';
import type { AttachmentId, CallId, FactId } from '../../shared/id.ts';
import { newId } from '../../shared/id.ts';
import { CHUNK_CHECKSUM_HEADER, CHUNK_CONTENT_TYPE, chunkReplySchema, offsetsReplySchema } from '../../shared/protocol/attachment-protocol.ts';
import { workersAgreementListSchema } from '../../shared/protocol/workers-agreement-protocol.ts';
import { frameBoundTo } from '../../shared/recording-frames.ts';
import { addDays, dateOfInstant } from '../../shared/time.ts';
import type { TestPostgres } from '../support/start-postgres.ts';
import { startPostgres } from '../support/start-postgres.ts';
import type { SignedIn, TestHub } from './hub-harness.ts';
import { addAndSignIn, errorCode, pullPage, signInOver, startTestHub, TestDevice } from './hub-harness.ts';
import type { PlantedCase } from './hub-receivables.ts';
import { plantCase } from './hub-receivables.ts';

const DAY_MS = 86_400_000;
const draft = {
  kind: 'works-agreement', scopes: ['recording'], signedOn: '2026-01-10', from: '2026-01-11', until: null, signatories: 'RSU e direzione', document: 'prot. 12/2026',
};

/** One frame, as a desk seals it. */
function seal(recordingId: string, key: Buffer, text: string): Buffer {
  const cipher = createCipheriv('aes-256-gcm', key, Buffer.alloc(12)).setAAD(Buffer.from(frameBoundTo(recordingId, 0)));
  const sealed = Buffer.concat([cipher.update(text), cipher.final(), cipher.getAuthTag()]);
  const head = Buffer.alloc(4);
  head.writeUInt32BE(sealed.length);
  return Buffer.concat([head, sealed]);
}

describe.each(['sqlite', 'postgres'] as const)('on %s', (dialect) => {
  let server: TestPostgres | null = null;
  let hub: TestHub;
  let [anna, lead, admin]: SignedIn[] = [];
  let planted: PlantedCase;

  beforeAll(async () => {
    server = dialect === 'postgres' ? await startPostgres() : null;
    hub = await startTestHub(server === null ? {} : { postgresUrl: await server.createDatabase() });
    [anna, lead, admin] = [await addAndSignIn(hub, 'anna', 'collector'), await addAndSignIn(hub, 'lia', 'lead'), await addAndSignIn(hub, 'ada', 'admin')];
    planted = await plantCase(hub.store, anna.userId);
  });

  afterAll(async () => {
    await hub.discard();
    await server?.stop();
  });

  const by = (person: SignedIn | undefined): SignedIn => {
    if (person === undefined) throw new Error('nobody');
    return person;
  };

  async function announce(keepDays: number): Promise<{ factId: FactId; body: CallRecordedBody; bytes: Buffer<ArrayBuffer>; device: TestDevice }> {
    const key = randomBytes(32);
    const recordingId = newId<AttachmentId>();
    const bytes = Buffer.from(seal(recordingId, key, 'Pagherò entro il venticinque'));
    const nowMs = hub.clock.nowMs();
    const body: CallRecordedBody = {
      recordingId, mediaType: 'audio/webm', sizeBytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex'), keyHex: key.toString('hex'),
      startedAt: nowMs, endedAt: nowMs + 1, pauses: [], end: 'stopped', keepUntil: addDays(dateOfInstant(nowMs, SITE_ZONE), keepDays), agreementVersion: 1, conductVersion: 1,
    };
    const device = new TestDevice(by(anna).userId);
    const fact = device.add(planted.caseId, 'call-recorded', { ...body }, { callId: newId<CallId>() });
    expect(await device.push(by(anna))).toMatchObject({ status: 'stored' });
    return { factId: fact.header.id, body, bytes, device };
  }

  async function upload(factId: FactId, bytes: Buffer<ArrayBuffer>): Promise<string> {
    const reply = await fetch(`${hub.url}/v1/attachments/${factId}?offset=0`, {
      method: 'PATCH', body: bytes,
      headers: { authorization: `Bearer ${by(anna).token}`, 'content-type': CHUNK_CONTENT_TYPE, [CHUNK_CHECKSUM_HEADER]: createHash('sha256').update(bytes).digest('hex') },
    });
    return chunkReplySchema.parse(await reply.json()).status;
  }

  async function ask(factId: FactId): Promise<string | undefined> {
    const reply = await by(anna).call('POST', '/v1/attachments/offsets', { factIds: [factId] });
    return offsetsReplySchema.parse(await reply.json()).uploads[0]?.status;
  }

  const pathOf = (factId: FactId): string => join(hub.dataDir, 'attachments', factId);

  it('an administrator records and withdraws the agreement: nothing before is overwritten, and every desk has what stands', async () => {
    const none = await by(admin).call('POST', '/v1/workers-agreement/withdraw', { reason: 'disdetta' });
    expect([none.status, await errorCode(none)]).toEqual([404, 'no-workers-agreement']);
    expect((await by(admin).call('PUT', '/v1/workers-agreement', { ...draft, from: '2026-02-01', until: '2026-01-31' })).status).toBe(400);
    expect((await by(lead).call('PUT', '/v1/workers-agreement', draft)).status).toBe(403);
    expect((await by(admin).call('PUT', '/v1/workers-agreement', draft)).status).toBe(200);
    expect((await by(admin).call('PUT', '/v1/workers-agreement', { ...draft, scopes: ['recording', 'named-states'] })).status).toBe(200);
    const done = await by(admin).call('POST', '/v1/workers-agreement/withdraw', { reason: 'disdetta' });
    const { versions } = workersAgreementListSchema.parse(await done.json());
    expect(versions.map(({ version, scopes, withdrawn }) => [version, scopes.length, withdrawn?.reason ?? null])).toEqual([[3, 2, 'disdetta'], [2, 2, null], [1, 1, null]]);
    const [first] = (await pullPage(by(anna), '')).entities.filter((entity) => entity.line === 'upsert' && entity.kind === 'workers-agreement');
    expect(first).toMatchObject({ id: 'agency', body: { version: 3, withdrawn: { reason: 'disdetta' } } });
  });

  it('a recording is taken, sealed as it came, and given to nobody', async () => {
    const { factId, body, bytes } = await announce(90);
    expect(await upload(factId, bytes)).toBe('stored');
    const held = readFileSync(pathOf(factId));
    expect([held.equals(bytes), held.includes('venticinque')]).toEqual([true, false]);
    // Control: with the key of its fact it opens, with another one it does not.
    expect(openRecording(body, held)?.toString()).toContain('venticinque');
    expect(openRecording({ ...body, keyHex: '00'.repeat(32) }, held)).toBeNull();
    for (const person of [by(anna), by(lead)]) {
      const refused = await person.call('GET', `/v1/attachments/${factId}`);
      expect([refused.status, await errorCode(refused)]).toEqual([403, 'recording-not-given']);
    }
    expect((await by(admin).call('GET', `/v1/attachments/${factId}`)).status).toBe(403);
  });

  it('is erased after its last day and not on it, with a line in the ledger; a desk that has it yet is told to forget it', async () => {
    const kept = await announce(2);
    const late = await announce(1);
    expect([await upload(kept.factId, kept.bytes), await ask(late.factId)]).toEqual(['stored', 'waiting']);
    const recordings = { store: hub.store, dataDir: hub.dataDir, clock: hub.clock };
    hub.clock.advance(2 * DAY_MS);
    anna = await signInOver(hub, 'anna');
    expect([await eraseExpiredRecordings(recordings), existsSync(pathOf(kept.factId)), await ask(kept.factId)]).toEqual([0, true, 'stored']);
    expect([await ask(late.factId), await upload(late.factId, late.bytes)]).toEqual(['erased', 'erased']);
    hub.clock.advance(DAY_MS);
    anna = await signInOver(hub, 'anna');
    expect([await eraseExpiredRecordings(recordings), existsSync(pathOf(kept.factId)), await ask(kept.factId)]).toEqual([1, false, 'erased']);
    const ledger = readFileSync(recordingsLedgerPath(hub.dataDir), 'utf8').trim().split('\n').map((line): unknown => JSON.parse(line));
    expect(ledger).toEqual([{ what: 'erased', factId: kept.factId, keepUntil: kept.body.keepUntil, at: hub.clock.nowMs() }]);
    // The fact stays, and a second look erases nothing twice.
    expect(await eraseExpiredRecordings(recordings)).toBe(0);
  });
});
