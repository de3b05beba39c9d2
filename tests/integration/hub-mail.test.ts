/**
 * Mail from the hub, over a real SMTP server, on both stores. Invariants: a mail arrives once, with its file byte for byte; what is not possible now is
 * tried again, what is refused for good is said; a hub that is killed between the server's yes and its own mark sends the same Message-ID again.
 */
import { createHash, randomBytes } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { BlobFolder } from '../../hub/attachments/blob-folder.ts';
import { eraseInStore } from '../../hub/erasure/erase-in-store.ts';
import { queueMail } from '../../hub/mail/queue-mail.ts';
import type { MailHub } from '../../hub/mail/send-due-mail.ts';
import { MOST_ATTEMPTS, sendDueMail } from '../../hub/mail/send-due-mail.ts';
import { keepHubKey } from '../../hub/telephone/hub-key.ts';
import type { AttachmentBody } from '../../shared/facts/fact-bodies.ts';
import type { AttachmentId, FactId } from '../../shared/id.ts';
import { newId } from '../../shared/id.ts';
import { ATTACHMENT_CHUNK_BYTES, CHUNK_CHECKSUM_HEADER, CHUNK_CONTENT_TYPE } from '../../shared/protocol/attachment-protocol.ts';
import type { MailOverview, MailProblem } from '../../shared/protocol/mail-protocol.ts';
import { mailOverviewSchema, mailProblemsSchema } from '../../shared/protocol/mail-protocol.ts';
import { systemClockShiftMs } from '../../shared/time.ts';
import { HubProcess, runHub } from '../support/hub-process.ts';
import type { MailServer } from '../support/mail-server.ts';
import { headerOf, partOf, startMailServer } from '../support/mail-server.ts';
import type { TestPostgres } from '../support/start-postgres.ts';
import { startPostgres } from '../support/start-postgres.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import type { SignedIn, TestHub } from './hub-harness.ts';
import { addAndSignIn, errorCode, signInOver, startTestHub, TestDevice } from './hub-harness.ts';
import type { PlantedCase } from './hub-receivables.ts';
import { plantCase } from './hub-receivables.ts';

const SECRET = 'segreto-della-posta-7731';
const ADDRESS = 'mario.rossi@cliente.example';
const HOUR_MS = 3_600_000;
const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

interface Office { hub: TestHub; anna: SignedIn; admin: SignedIn; planted: PlantedCase }

async function openOffice(options: { dataDir?: string; postgresUrl?: string } = {}): Promise<Office> {
  const hub = await startTestHub(options);
  const [anna, admin] = [await addAndSignIn(hub, 'anna', 'collector'), await addAndSignIn(hub, 'ada', 'admin')];
  await addAndSignIn(hub, 'lia', 'lead');
  return { hub, anna, admin, planted: await plantCase(hub.store, anna.userId) };
}

/** The fact of a file, pushed; the file follows by `upload`. */
async function announce({ anna, planted }: Office, bytes: Uint8Array): Promise<FactId> {
  const device = new TestDevice(anna.userId);
  const body: AttachmentBody = {
    attachmentId: newId<AttachmentId>(), fileName: 'Accordo di rientro «però».pdf', mediaType: 'application/pdf', sizeBytes: bytes.length, sha256: sha256(bytes), note: null,
  };
  const fact = device.add(planted.caseId, 'attachment-added', { ...body });
  await device.push(anna);
  return fact.header.id;
}

async function upload({ hub, anna }: Office, factId: FactId, bytes: Buffer<ArrayBuffer>): Promise<void> {
  for (let offset = 0; offset < bytes.length; offset += ATTACHMENT_CHUNK_BYTES) {
    const chunk = bytes.subarray(offset, offset + ATTACHMENT_CHUNK_BYTES);
    const reply = await fetch(`${hub.url}/v1/attachments/${factId}?offset=${String(offset)}`, {
      method: 'PATCH', body: chunk, headers: { authorization: `Bearer ${anna.token}`, 'content-type': CHUNK_CONTENT_TYPE, [CHUNK_CHECKSUM_HEADER]: sha256(chunk) },
    });
    expect(reply.status).toBe(200);
  }
}

async function queue({ hub, planted }: Office, attachmentFactId: FactId, more: { causeFactId?: FactId; to?: string; nowMs?: number } = {}): Promise<void> {
  const { caseId, customerId, creditorId } = planted;
  const order = { causeFactId: more.causeFactId ?? newId<FactId>(), kind: 'document' as const, caseId, customerId, creditorId, attachmentFactId, to: more.to ?? ADDRESS, language: 'it' as const };
  await hub.store.write((tx) => queueMail(tx, more.nowMs ?? hub.clock.nowMs(), order));
}

function draft(port: number, more: object = {}): { sender: object; password: string | null } {
  return { sender: { senderName: 'Aurora Energia', senderAddress: 'rientri@aurora.example', host: '127.0.0.1', port, security: 'none', user: null, privateAuthority: null, ...more }, password: null };
}

describe.each(['sqlite', 'postgres'] as const)('mail on %s', (dialect) => {
  let postgres: TestPostgres | null = null;
  let office: Office;
  let server: MailServer;
  let mail: MailHub;

  beforeAll(async () => {
    postgres = dialect === 'postgres' ? await startPostgres() : null;
  });
  afterAll(() => postgres?.stop());
  beforeEach(async () => {
    office = await openOffice(postgres === null ? {} : { postgresUrl: await postgres.createDatabase() });
    server = await startMailServer();
    mail = { store: office.hub.store, clock: office.hub.clock, blobs: new BlobFolder(office.hub.dataDir), key: keepHubKey(office.hub.dataDir) };
  });
  afterEach(async () => {
    await server.stop();
    await office.hub.discard();
  });

  const setSender = (body: unknown): Promise<Response> => office.admin.call('PUT', `/v1/mail/senders/${office.planted.creditorId}`, body);
  /** As a lead who signs in now sees them: a day may have passed. */
  const problems = async (): Promise<MailProblem[]> => {
    const lead = await signInOver(office.hub, 'lia');
    return mailProblemsSchema.parse(await (await lead.call('GET', '/v1/mail/problems')).json()).problems;
  };

  it('arrives once, with the file byte for byte and no word of the debt, when file and sender are there', async () => {
    const bytes = randomBytes(2 * ATTACHMENT_CHUNK_BYTES + 77);
    const factId = await announce(office, bytes);
    const causeFactId = newId<FactId>();
    await queue(office, factId, { causeFactId });
    await queue(office, factId, { causeFactId });
    expect(await sendDueMail(mail)).toBe(0);
    expect(await problems()).toMatchObject([{ code: 'no-sender', state: 'queued', caseId: office.planted.caseId }]);
    expect((await setSender(draft(server.port))).status).toBe(200);
    expect(await sendDueMail(mail)).toBe(0);
    expect(await problems()).toEqual([]);
    office.hub.clock.advance(2 * HOUR_MS);
    expect(await problems()).toMatchObject([{ code: 'file-missing' }]);

    await upload({ ...office, anna: await signInOver(office.hub, 'anna') }, factId, bytes);
    expect([await sendDueMail(mail), await sendDueMail(mail), await sendDueMail(mail)].reduce((sum, one) => sum + one)).toBe(1);
    expect(server.received).toHaveLength(1);
    const [letter] = server.received;
    if (letter === undefined) throw new Error('no mail');
    expect([letter.from, letter.to]).toEqual(['rientri@aurora.example', [ADDRESS]]);
    expect(headerOf(letter, 'From')).toBe('Aurora Energia <rientri@aurora.example>');
    expect(headerOf(letter, 'Subject')).toBe('Un documento da Aurora Energia');
    expect(partOf(letter, 'application/pdf').equals(bytes)).toBe(true);
    expect(await problems()).toEqual([]);
  });

  it('waits for a server that is down, ever longer, and goes when it is up', async () => {
    const bytes = randomBytes(1_000);
    const factId = await announce(office, bytes);
    await upload(office, factId, bytes);
    const { port } = server;
    await server.stop();
    await setSender(draft(port));
    await queue(office, factId);
    expect(await sendDueMail(mail)).toBe(0);
    const [first] = await problems();
    expect(first).toMatchObject({ code: 'server-unreachable', state: 'queued', attempts: 1, status: null });
    expect(await sendDueMail(mail)).toBe(0);
    office.hub.clock.advance(61_000);
    expect(await sendDueMail(mail)).toBe(0);
    const [second] = await problems();
    expect(second?.attempts).toBe(2);
    expect((second?.nextAt ?? 0) - office.hub.clock.nowMs()).toBe(120_000);
    server = await startMailServer({ port });
    office.hub.clock.advance(121_000);
    expect([await sendDueMail(mail), server.received.length, await problems()]).toEqual([1, 1, []]);
  });

  it('is given up after so many attempts, and tried again when a lead says so', async () => {
    const bytes = randomBytes(10);
    const factId = await announce(office, bytes);
    await upload(office, factId, bytes);
    const { port } = server;
    await server.stop();
    await setSender(draft(port));
    await queue(office, factId);
    for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt += 1) {
      await sendDueMail(mail);
      office.hub.clock.advance(6 * HOUR_MS);
    }
    const [given] = await problems();
    expect(given).toMatchObject({ code: 'gave-up', state: 'failed', attempts: MOST_ATTEMPTS, nextAt: null });
    server = await startMailServer({ port });
    expect(await sendDueMail(mail)).toBe(0);
    const [anna, lead] = [await signInOver(office.hub, 'anna'), await signInOver(office.hub, 'lia')];
    expect((await anna.call('POST', `/v1/mail/problems/${given?.mailId ?? ''}/retry`)).status).toBe(403);
    expect((await lead.call('POST', `/v1/mail/problems/${given?.mailId ?? ''}/retry`)).status).toBe(200);
    expect([await sendDueMail(mail), server.received.length]).toEqual([1, 1]);
    expect(await errorCode(await lead.call('POST', `/v1/mail/problems/${given?.mailId ?? ''}/retry`))).toBe('no-failed-mail');
  });

  it('that the customer’s server refuses is not sent again, and the lead is told what to do, without the address', async () => {
    await server.stop();
    server = await startMailServer({
      onRcptTo: (_address, _session, done) => { done(Object.assign(new Error(`no such user here: ${ADDRESS}`), { responseCode: 550 })); },
    });
    const bytes = randomBytes(10);
    const factId = await announce(office, bytes);
    await upload(office, factId, bytes);
    await setSender(draft(server.port));
    await queue(office, factId);
    expect(await sendDueMail(mail)).toBe(0);
    expect(await problems()).toMatchObject([{ code: 'address-refused', state: 'failed', status: 550, attempts: 1, sentence: expect.stringContaining('another one') }]);
    expect(JSON.stringify(await problems())).not.toContain(ADDRESS);
    office.hub.clock.advance(24 * HOUR_MS);
    expect([await sendDueMail(mail), server.received.length]).toEqual([0, 0]);
    expect(office.hub.log()).not.toContain(ADDRESS);
  });

  it('is tried again where the server is busy, and where our account is refused', async () => {
    await server.stop();
    let answer = 451;
    server = await startMailServer({
      authOptional: false, allowInsecureAuth: true,
      onAuth: ({ username, password }, _session, done) => { done(username === 'aurora' && password === SECRET ? null : new Error('no'), { user: username ?? '' }); },
      onRcptTo: (_address, _session, done) => { done(answer === 250 ? null : Object.assign(new Error('later'), { responseCode: answer })); },
    });
    const bytes = randomBytes(10);
    const factId = await announce(office, bytes);
    await upload(office, factId, bytes);
    expect((await setSender({ ...draft(server.port, { user: 'aurora' }), password: 'falsch' })).status).toBe(200);
    await queue(office, factId);
    await sendDueMail(mail);
    expect(await problems()).toMatchObject([{ code: 'sender-refused', status: 535, state: 'queued' }]);
    // The new password lets go at once what waited.
    expect((await setSender({ ...draft(server.port, { user: 'aurora' }), password: SECRET })).status).toBe(200);
    await sendDueMail(mail);
    expect(await problems()).toMatchObject([{ code: 'server-busy', status: 451, state: 'queued', attempts: 2 }]);
    answer = 250;
    office.hub.clock.advance(HOUR_MS);
    expect([await sendDueMail(mail), server.received.length]).toEqual([1, 1]);
  });

  it('goes over no connection that is not encrypted, or whose certificate nobody vouches for', async () => {
    await server.stop();
    server = await startMailServer();
    const bytes = randomBytes(10);
    const factId = await announce(office, bytes);
    await upload(office, factId, bytes);
    await queue(office, factId);
    await setSender(draft(server.port, { security: 'starttls' }));
    await sendDueMail(mail);
    expect(await problems()).toMatchObject([{ code: 'not-encrypted', state: 'queued' }]);
    await server.stop();
    // With the certificate that its package brings, which anybody can make.
    server = await startMailServer({ disabledCommands: [], hideSTARTTLS: false });
    await setSender(draft(server.port, { security: 'starttls' }));
    await sendDueMail(mail);
    expect(await problems()).toMatchObject([{ code: 'not-encrypted', state: 'queued', attempts: 2 }]);
    expect(server.received).toEqual([]);
    expect([(await setSender(draft(25, { host: 'mail.example' }))).status, (await setSender(draft(25, { host: 'mail.example', security: 'tls' }))).status]).toEqual([400, 200]);
  });

  it('is erased with the person, on its way or sent', async () => {
    const bytes = randomBytes(10);
    const factId = await announce(office, bytes);
    await upload(office, factId, bytes);
    await setSender(draft(server.port));
    await queue(office, factId);
    expect(await sendDueMail(mail)).toBe(1);
    await queue(office, factId);
    const { customerId, caseId } = office.planted;
    await office.hub.store.write((tx) => eraseInStore(tx, { customerId, caseIds: [caseId], at: office.hub.clock.nowMs(), reason: 'asked' }));
    expect(await office.hub.store.read((tx) => tx.selectFrom('mail_outbox').selectAll().execute())).toEqual([]);
    expect([await sendDueMail(mail), server.received.length]).toEqual([0, 1]);
  });

  it('keeps the password sealed, for its server and user only', async () => {
    const withUser = draft(server.port, { user: 'aurora' });
    expect(await errorCode(await setSender(withUser))).toBe('mail-password-missing');
    const set = await setSender({ ...withUser, password: SECRET });
    const overview: MailOverview = mailOverviewSchema.parse(await set.json());
    expect(overview.senders).toMatchObject([{ creditorId: office.planted.creditorId, sender: { user: 'aurora', host: '127.0.0.1' } }]);
    expect(JSON.stringify(overview)).not.toContain('password');
    expect((await setSender({ ...withUser, sender: { ...withUser.sender, senderName: 'Aurora S.p.A.' } })).status).toBe(200);
    expect(await errorCode(await setSender({ ...withUser, sender: { ...withUser.sender, port: server.port + 1 } }))).toBe('mail-password-missing');
    expect(await errorCode(await setSender({ ...withUser, sender: { ...withUser.sender, user: 'other' } }))).toBe('mail-password-missing');
    const rows = JSON.stringify(await office.hub.store.read((tx) => tx.selectFrom('mail_senders').selectAll().execute()));
    expect(rows).toContain('v1.');
    expect(rows).not.toContain(SECRET);
    expect((await office.admin.call('DELETE', `/v1/mail/senders/${office.planted.creditorId}`)).status).toBe(200);
    expect(await errorCode(await office.admin.call('DELETE', `/v1/mail/senders/${office.planted.creditorId}`))).toBe('no-mail-sender');
  });
});

it('killed between the server’s yes and its own mark, the hub sends the same Message-ID again, and then no more', async () => {
  const dataDir = join(temporaryFolder(), 'hub');
  let begin: (hub: HubProcess) => void = () => undefined;
  const begun = new Promise<HubProcess>((resolve) => { begin = resolve; });
  const server = await startMailServer({
    // The mail is whole and taken; the hub dies before it hears of it.
    beforeYes: async () => {
      if (server.received.length === 1) await (await begun).kill();
    },
  });
  onTestFinished(() => server.stop());
  const office = await openOffice({ dataDir });
  const bytes = randomBytes(5_000);
  const factId = await announce(office, bytes);
  await upload(office, factId, bytes);
  await office.admin.call('PUT', `/v1/mail/senders/${office.planted.creditorId}`, draft(server.port));
  // Due for the hubs that follow, whose clocks are ahead.
  await queue(office, factId, { nowMs: office.hub.clock.nowMs() + 5 * 60_000 });
  await office.hub.stop();

  const shift = (minutes: number): { env: NodeJS.ProcessEnv } => ({ env: { PREMURA_TEST_CLOCK_SHIFT_MS: String(systemClockShiftMs() + minutes * 60_000) } });
  const killed = await HubProcess.start(dataDir, shift(10));
  begin(killed);
  await server.untilReceived(1);
  await killed.gone;
  const state = async (): Promise<unknown> => JSON.parse(await runHub(['mail', 'show', '--json', '--data', dataDir]));
  const next = await HubProcess.start(dataDir, shift(60));
  await server.untilReceived(2);
  await next.stop();
  expect(await state()).toMatchObject({ problems: [] });
  const [first, second] = server.received;
  if (first === undefined || second === undefined) throw new Error('no mail');
  expect(headerOf(first, 'Message-ID')).toMatch(/^<[0-9a-f-]{36}@/);
  expect(headerOf(second, 'Message-ID')).toBe(headerOf(first, 'Message-ID'));
  expect(headerOf(second, 'Date')).toBe(headerOf(first, 'Date'));
  expect(partOf(second, 'application/pdf').equals(bytes)).toBe(true);
  const last = await HubProcess.start(dataDir, shift(180));
  await last.stop();
  expect(server.received).toHaveLength(2);
});

it('is set on the command line, and stands in clear nowhere', async () => {
  const dataDir = join(temporaryFolder(), 'hub');
  const office = await openOffice({ dataDir });
  const { name } = await office.hub.store.read((tx) => tx.selectFrom('creditors').select('name').executeTakeFirstOrThrow());
  await office.hub.stop();
  await runHub(['mail', 'sender', '--data', dataDir, '--creditor', name, '--name', 'Aurora', '--address', 'rientri@aurora.example', '--host', 'smtp.aurora.example', '--user', 'aurora', '--password', SECRET]);
  expect(await runHub(['mail', 'show', '--data', dataDir])).toBe(`sender\t${name}\trientri@aurora.example\tsmtp.aurora.example:587\tstarttls\n`);
  await expect(runHub(['mail', 'sender', '--data', dataDir, '--creditor', name, '--name', 'Aurora', '--address', 'rientri@aurora.example', '--host', 'smtp.aurora.example', '--security', 'none'])).rejects.toMatchObject({ code: 2 });
  const files = readdirSync(dataDir, { recursive: true, encoding: 'utf8' }).map((file) => join(dataDir, file)).filter((file) => statSync(file).isFile());
  expect(files.filter((file) => readFileSync(file).includes(SECRET))).toEqual([]);
  await runHub(['mail', 'sender', '--data', dataDir, '--creditor', name, '--none']);
  expect(await runHub(['mail', 'show', '--data', dataDir])).toBe(`sender\t${name}\tnone\n`);
});
