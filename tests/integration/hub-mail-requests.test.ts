/**
 * What a fact asks to be mailed, from the push to a real SMTP server and back into the case, on both stores. Invariants: one fact, one mail; what the lock refuses, or what was stopped
 * meanwhile, never goes, and both operator and lead see why; what is asked for anew is no problem any more.
 */
import { createHash, randomBytes } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { BlobFolder } from '../../hub/attachments/blob-folder.ts';
import type { MailHub } from '../../hub/mail/send-due-mail.ts';
import { sendDueMail } from '../../hub/mail/send-due-mail.ts';
import { keepHubKey } from '../../hub/telephone/hub-key.ts';
import type { CaseEntity } from '../../shared/case/case-entity.ts';
import { caseEntitySchema } from '../../shared/case/case-entity.ts';
import type { Fact } from '../../shared/facts/fact-header.ts';
import type { CallId, FactId } from '../../shared/id.ts';
import { newId } from '../../shared/id.ts';
import { CHUNK_CHECKSUM_HEADER, CHUNK_CONTENT_TYPE } from '../../shared/protocol/attachment-protocol.ts';
import { flagEntitySchema } from '../../shared/protocol/feed-protocol.ts';
import type { MailProblem } from '../../shared/protocol/mail-protocol.ts';
import { mailProblemsSchema } from '../../shared/protocol/mail-protocol.ts';
import type { MailServer } from '../support/mail-server.ts';
import { headerOf, partOf, startMailServer } from '../support/mail-server.ts';
import type { TestPostgres } from '../support/start-postgres.ts';
import { startPostgres } from '../support/start-postgres.ts';
import type { SignedIn, TestHub } from './hub-harness.ts';
import { addAndSignIn, errorCode, pullPage, startTestHub, TestDevice } from './hub-harness.ts';
import type { PlantedCase } from './hub-receivables.ts';
import { plantCase } from './hub-receivables.ts';

const ADDRESS = 'mario.rossi@cliente.example';
const bytes = randomBytes(3_000);
const sha256 = createHash('sha256').update(bytes).digest('hex');

describe.each(['sqlite', 'postgres'] as const)('on %s', (dialect) => {
  let postgres: TestPostgres | null = null;
  let hub: TestHub;
  let anna: SignedIn;
  let lina: SignedIn;
  let planted: PlantedCase;
  let server: MailServer;
  let mail: MailHub;
  let device: TestDevice;
  const callId = newId<CallId>();

  beforeAll(async () => {
    postgres = dialect === 'postgres' ? await startPostgres() : null;
  });
  afterAll(() => postgres?.stop());
  beforeEach(async () => {
    hub = await startTestHub(postgres === null ? {} : { postgresUrl: await postgres.createDatabase() });
    anna = await addAndSignIn(hub, 'anna', 'collector');
    lina = await addAndSignIn(hub, 'lina', 'lead');
    const admin = await addAndSignIn(hub, 'ada', 'admin');
    planted = await plantCase(hub.store, anna.userId);
    server = await startMailServer();
    const sender = { senderName: 'Aurora Energia', senderAddress: 'rientri@aurora.example', host: '127.0.0.1', port: server.port, security: 'none', user: null, privateAuthority: null };
    expect((await admin.call('PUT', `/v1/mail/senders/${planted.creditorId}`, { sender, password: null })).status).toBe(200);
    mail = { store: hub.store, clock: hub.clock, blobs: new BlobFolder(hub.dataDir), key: keepHubKey(hub.dataDir) };
    device = new TestDevice(anna.userId);
    const point = { kind: 'email', pointId: newId(), partyId: null, raw: ADDRESS, source: 'given-by-person', usable: true, workplace: false };
    add('contact-point-saved', { point });
    add('identity-checked', { result: 'confirmed', method: 'customer-code', partyId: null }, callId);
  });
  afterEach(async () => {
    await server.stop();
    await hub.discard();
  });

  function add(type: string, body: Fact['body'], call?: CallId): FactId {
    return device.add(planted.caseId, type, body, { at: hub.clock.nowMs(), ...(call === undefined ? {} : { callId: call }) }).header.id;
  }
  /** The file of a letter: its fact, and with `upload` its bytes. */
  const attach = (): FactId => add('attachment-added', { attachmentId: newId(), fileName: 'Coordinate.pdf', mediaType: 'application/pdf', sizeBytes: bytes.length, sha256, note: null });
  const upload = async (factId: FactId): Promise<void> => {
    const reply = await fetch(`${hub.url}/v1/attachments/${factId}?offset=0`, {
      method: 'PATCH', body: bytes, headers: { authorization: `Bearer ${anna.token}`, 'content-type': CHUNK_CONTENT_TYPE, [CHUNK_CHECKSUM_HEADER]: sha256 },
    });
    expect(reply.status).toBe(200);
  };
  const ask = (attachmentFactId: FactId | null, more: object = {}): FactId => add('mail-requested', {
    what: 'coordinates', attachmentFactId, invoiceIds: [], to: ADDRESS, partyId: null, readBack: true, agreed: true, language: 'it', ...more,
  }, callId);
  const push = async (): Promise<void> => {
    expect(await device.push(anna)).toMatchObject({ status: 'stored' });
  };
  const bodies = async (person: SignedIn, kind: string): Promise<unknown[]> =>
    (await pullPage(person, '')).entities.flatMap((entity) => (entity.kind === kind && entity.line === 'upsert' ? [entity.body] : []));
  const mails = async (): Promise<CaseEntity['mails']> => caseEntitySchema.parse((await bodies(anna, 'case'))[0]).mails;
  const flags = async (): Promise<unknown[]> => (await bodies(lina, 'flag')).map((body) => flagEntitySchema.parse(body)).map(({ code, details }) => ({ code, details }));
  const problems = async (): Promise<MailProblem[]> => mailProblemsSchema.parse(await (await lina.call('GET', '/v1/mail/problems')).json()).problems;

  it('goes when fact and file are there, once, and the case says so', async () => {
    const file = attach();
    const cause = ask(file);
    await push();
    expect(await mails()).toMatchObject([{ causeFactId: cause, state: 'queued', code: null }]);
    expect(await sendDueMail(mail)).toBe(0);
    await upload(file);
    // A push that is sent again queues nothing again.
    await push();
    expect([await sendDueMail(mail), await sendDueMail(mail)]).toEqual([1, 0]);
    const [letter] = server.received;
    if (letter === undefined) throw new Error('no mail');
    expect([letter.to, headerOf(letter, 'Subject')]).toEqual([[ADDRESS], 'Un documento da Aurora Energia']);
    expect(partOf(letter, 'application/pdf').equals(bytes)).toBe(true);
    expect(await mails()).toMatchObject([{ causeFactId: cause, state: 'sent', code: null, at: hub.clock.nowMs() }]);
    expect([await flags(), await problems()]).toEqual([[], []]);
  });

  it('never goes to an address that nobody confirmed, or without a call; flagged, shown, and not to be retried', async () => {
    const file = attach();
    const unread = ask(file, { readBack: false });
    const elsewhere = ask(file, { to: 'un.altro@posta.example' });
    const uncalled = device.add(planted.caseId, 'mail-requested', { what: 'coordinates', attachmentFactId: file, invoiceIds: [], to: ADDRESS, partyId: null, readBack: true, agreed: true, language: 'it' }, { at: hub.clock.nowMs() }).header.id;
    await push();
    await upload(file);
    expect([await sendDueMail(mail), server.received.length]).toEqual([0, 0]);
    expect((await mails()).map(({ causeFactId, state, code }) => [causeFactId, state, code]).sort()).toEqual([unread, elsewhere, uncalled].map((id) => [id, 'failed', 'not-allowed']).sort());
    expect(await flags()).toEqual(expect.arrayContaining(['not-read-back', 'address-unknown', 'nobody-identified'].map((lock) => ({ code: 'mail-not-allowed', details: { lock } }))));
    const [problem] = await problems();
    expect(problem).toMatchObject({ state: 'failed', code: 'not-allowed' });
    expect(await errorCode(await lina.call('POST', `/v1/mail/problems/${problem?.mailId ?? ''}/retry`))).toBe('mail-locked');
    hub.clock.advance(1_000);
    ask(file);
    await push();
    expect([await sendDueMail(mail), await problems()]).toEqual([1, []]);
  });

  it('stays where a lead stopped contact between the asking and the sending', async () => {
    const file = attach();
    ask(file);
    await push();
    const lead = new TestDevice(lina.userId);
    lead.add(planted.caseId, 'activity-suspended', { kind: 'suspended', invoiceId: null, until: null, reason: 'verifica in corso' }, { at: hub.clock.nowMs() });
    expect(await lead.push(lina)).toMatchObject({ status: 'stored' });
    await upload(file);
    expect([await sendDueMail(mail), server.received.length]).toEqual([0, 0]);
    expect(await mails()).toMatchObject([{ state: 'failed', code: 'contact-stopped' }]);
    expect(await problems()).toMatchObject([{ code: 'contact-stopped' }]);
  });

  it('that is refused comes back to the case, and the new address settles it', async () => {
    await server.stop();
    server = await startMailServer({ port: server.port, onRcptTo: ({ address }, _session, done) => { done(address === ADDRESS ? Object.assign(new Error('no such user'), { responseCode: 550 }) : null); } });
    const file = attach();
    ask(file);
    await push();
    await upload(file);
    expect(await sendDueMail(mail)).toBe(0);
    expect(await mails()).toMatchObject([{ state: 'failed', code: 'address-refused' }]);
    expect(await problems()).toMatchObject([{ code: 'address-refused' }]);
    hub.clock.advance(1_000);
    add('contact-point-saved', { point: { kind: 'email', pointId: newId(), partyId: null, raw: 'rossi.nuovo@cliente.example', source: 'given-by-person', usable: true, workplace: false } });
    ask(file, { to: 'rossi.nuovo@cliente.example' });
    await push();
    expect([await sendDueMail(mail), await problems()]).toEqual([1, []]);
    expect((await mails()).map(({ state }) => state)).toEqual(['failed', 'sent']);
  });

  it('a copy that only the creditor has is a task of the lead, and queues nothing', async () => {
    ask(null, { what: 'invoice-copy', invoiceIds: [planted.invoiceId] });
    await push();
    expect(await flags()).toEqual([{ code: 'copy-wanted', details: { numbers: '0001' } }]);
    expect([await mails(), await problems()]).toEqual([[], []]);
  });

  it('a file of another case never goes', async () => {
    const other = await plantCase(hub.store, anna.userId);
    const theirs = device.add(other.caseId, 'attachment-added', { attachmentId: newId(), fileName: 'x.pdf', mediaType: 'application/pdf', sizeBytes: bytes.length, sha256, note: null }, { at: hub.clock.nowMs() }).header.id;
    ask(theirs);
    await push();
    await upload(theirs);
    expect([await sendDueMail(mail), server.received.length]).toEqual([0, 0]);
    expect((await hub.store.read((tx) => tx.selectFrom('mail_outbox').select(['state', 'failure_code']).execute()))).toEqual([{ state: 'failed', failure_code: 'not-allowed' }]);
  });
});
