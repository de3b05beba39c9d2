/** The telephone at the hub, on both stores: set by administrators, given to its owner, and in clear nowhere. */
import { execFile } from 'node:child_process';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { sql } from 'kysely';
import type { UserId } from '../../shared/id.ts';
import { newId } from '../../shared/id.ts';
import type { OwnTelephone, TelephoneOverview } from '../../shared/protocol/telephone-protocol.ts';
import { ownTelephoneSchema, telephoneOverviewSchema } from '../../shared/protocol/telephone-protocol.ts';
import type { TestPostgres } from '../support/start-postgres.ts';
import { startPostgres } from '../support/start-postgres.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import type { SignedIn, TestHub } from './hub-harness.ts';
import { addAndSignIn, errorCode, pullPage, startTestHub } from './hub-harness.ts';
import { plantCase } from './hub-receivables.ts';

let server: TestPostgres;
beforeAll(async () => {
  server = await startPostgres();
});
afterAll(() => server.stop());

const exchange = { server: 'wss://pbx.example.it:7443/ws', domain: 'pbx.example.it', privateAuthority: null, tones: 'sound', ringForMs: 60_000 };
const SECRET = 'segreto-del-centralino-7731';
const draft = { user: '201', authenticationUser: null, password: SECRET };

async function ownOf(person: SignedIn): Promise<OwnTelephone> {
  const response = await person.call('GET', '/v1/telephone/own');
  expect([response.status, response.headers.get('cache-control')]).toEqual([200, 'no-store']);
  return ownTelephoneSchema.parse(await response.json());
}

async function overview(response: Promise<Response>): Promise<TelephoneOverview> {
  const answered = await response;
  const text = await answered.text();
  expect([answered.status, text.includes(SECRET)]).toEqual([200, false]);
  return telephoneOverviewSchema.parse(JSON.parse(text));
}

describe.each(['sqlite', 'postgres'] as const)('on %s', (dialect) => {
  let hub: TestHub;
  let ada: SignedIn;
  let anna: SignedIn;
  let bruno: SignedIn;

  beforeEach(async () => {
    hub = await startTestHub(dialect === 'postgres' ? { postgresUrl: await server.createDatabase() } : {});
    ada = await addAndSignIn(hub, 'ada', 'admin');
    anna = await addAndSignIn(hub, 'anna', 'collector');
    bruno = await addAndSignIn(hub, 'bruno', 'collector');
  });
  afterEach(() => hub.discard());

  const put = (path: string, body: unknown): Promise<Response> => ada.call('PUT', `/v1/telephone/${path}`, body);

  it('gives each person the own account, whole, and nothing of another', async () => {
    expect(await ownOf(anna)).toEqual({ account: null, reason: 'no-exchange', callerIds: [] });
    await overview(put('exchange', exchange));
    expect(await ownOf(anna)).toMatchObject({ account: null, reason: 'no-account' });
    const { creditorId } = await plantCase(hub.store, anna.userId);
    await overview(put(`caller-ids/${creditorId}`, { number: '+390971000123' }));
    const set = await overview(put(`accounts/${anna.userId}`, draft));
    expect(set).toMatchObject({ exchange, callerIds: [{ creditorId, number: '+390971000123' }] });
    expect(set.people.map(({ username, account }) => [username, account?.user ?? null])).toEqual([['ada', null], ['anna', '201'], ['bruno', null]]);
    expect(await ownOf(anna)).toEqual({ account: { ...exchange, ...draft }, reason: null, callerIds: [{ creditorId, number: '+390971000123' }] });
    expect(await ownOf(bruno)).toMatchObject({ account: null, reason: 'no-account' });
    expect(await ownOf(ada)).toMatchObject({ account: null });
    // Without a password the one there is is kept; without an account there is none to keep.
    await overview(put(`accounts/${anna.userId}`, { ...draft, user: '202', password: null }));
    expect((await ownOf(anna)).account).toEqual({ ...exchange, ...draft, user: '202' });
    await overview(ada.call('DELETE', `/v1/telephone/accounts/${anna.userId}`));
    expect(await ownOf(anna)).toMatchObject({ account: null, reason: 'no-account' });
    await overview(put(`caller-ids/${creditorId}`, { number: null }));
    await overview(put('exchange', null));
    expect(await ownOf(anna)).toEqual({ account: null, reason: 'no-exchange', callerIds: [] });
  });

  it('refuses with a code, and changes nothing', async () => {
    const refused = async (path: string, body: unknown): Promise<[number, string]> => {
      const response = await put(path, body);
      return [response.status, await errorCode(response)];
    };
    expect(await refused('exchange', { ...exchange, server: 'ws://pbx.example.it/ws' })).toEqual([400, 'invalid-request']);
    expect(await refused('exchange', { ...exchange, server: 'https://pbx.example.it' })).toEqual([400, 'invalid-request']);
    expect(await refused('exchange', { ...exchange, privateAuthority: '-----BEGIN CERTIFICATE-----\nnone\n-----END CERTIFICATE-----' })).toEqual([400, 'authority-unreadable']);
    expect(await refused(`accounts/${newId<UserId>()}`, draft)).toEqual([404, 'unknown-user']);
    expect(await refused(`accounts/${anna.userId}`, { ...draft, password: null })).toEqual([400, 'telephone-password-missing']);
    expect(await refused(`accounts/${anna.userId}`, { ...draft, user: '201@elsewhere' })).toEqual([400, 'invalid-request']);
    await overview(put(`accounts/${anna.userId}`, draft));
    expect(await refused(`accounts/${bruno.userId}`, draft)).toEqual([409, 'telephone-user-taken']);
    expect(await refused(`caller-ids/${newId<string>()}`, { number: '+390971000123' })).toEqual([404, 'unknown-creditor']);
    expect((await overview(put('exchange', { ...exchange, server: 'ws://127.0.0.1:5066/ws' }))).exchange).toMatchObject({ server: 'ws://127.0.0.1:5066/ws' });
  });

  it('keeps no password in clear: not in its database, folder, log or feed; under another name none opens', async () => {
    await overview(put('exchange', exchange));
    await overview(put(`accounts/${anna.userId}`, draft));
    await overview(put(`accounts/${bruno.userId}`, { ...draft, user: '202', password: 'altro-segreto' }));
    expect((await ownOf(anna)).account?.password).toBe(SECRET);
    expect(hub.log()).not.toContain(SECRET);
    expect(hub.log()).toContain('/v1/telephone/own');
    for (const person of [ada, anna, bruno]) expect(JSON.stringify(await pullPage(person, ''))).not.toContain('segreto');
    const rows = await hub.store.read((tx) => tx.selectFrom('telephone_accounts').selectAll().execute());
    expect(rows).toHaveLength(2);
    expect(JSON.stringify(rows)).not.toMatch(/segreto/);
    const files = filesUnder(hub.dataDir);
    for (const file of files) expect([file, readFileSync(file).includes(SECRET)]).toEqual([file, false]);
    // Control: what is not secret is found in this way.
    if (dialect === 'sqlite') expect(files.some((file) => readFileSync(file).includes('pbx.example.it'))).toBe(true);
    const key = join(hub.dataDir, 'hub.key');
    expect(statSync(key).mode & 0o077).toBe(0);
    // A row that was copied to somebody else is not that person's.
    await hub.store.write((tx) => sql`update telephone_accounts set sealed_password = (select sealed_password from telephone_accounts where sip_user = '201') where sip_user = '202'`.execute(tx));
    expect(await ownOf(bruno)).toMatchObject({ account: null, reason: 'account-unreadable' });
    expect((await ownOf(anna)).account?.password).toBe(SECRET);
  });
});

function filesUnder(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

it('is set on the command line beside a running hub, which never prints a password', async () => {
  const hub = await startTestHub({ dataDir: join(temporaryFolder(), 'hub') });
  const anna = await addAndSignIn(hub, 'anna', 'collector');
  await plantCase(hub.store, anna.userId);
  const [creditor] = await hub.store.read((tx) => tx.selectFrom('creditors').select('name').execute());
  const telephone = (...args: string[]): ReturnType<typeof run> => run(['telephone', args[0] ?? '', '--data', hub.dataDir, ...args.slice(1)]);
  expect(await telephone('exchange', '--server', exchange.server, '--domain', exchange.domain)).toMatchObject({ code: 0, out: '' });
  expect(await telephone('account', '--username', 'Anna', '--sip-user', '201', '--password', SECRET)).toMatchObject({ code: 0, out: '' });
  expect(await telephone('account', '--username', 'nobody', '--sip-user', '209', '--password', SECRET)).toMatchObject({ code: 1 });
  expect(await telephone('caller-id', '--creditor', creditor?.name ?? '', '--number', '+390971000123')).toMatchObject({ code: 0 });
  expect((await ownOf(anna)).account).toEqual({ ...exchange, ...draft });
  const [plain, json] = [await telephone('show'), await telephone('show', '--json')];
  expect(plain).toMatchObject({ code: 0, out: `exchange\t${exchange.server}\t${exchange.domain}\naccount\tanna\t201\ncaller-id\t${creditor?.name ?? ''}\t+390971000123\n` });
  expect(telephoneOverviewSchema.parse(JSON.parse(json.out)).people).toMatchObject([{ account: { user: '201' } }]);
  for (const { out, said } of [plain, json]) expect(out + said).not.toContain(SECRET);
  expect(await telephone('account', '--username', 'anna', '--none')).toMatchObject({ code: 0 });
  await hub.discard();
});

const cli = fileURLToPath(new URL('../../hub/cli.ts', import.meta.url));

async function run(args: string[]): Promise<{ code: number; out: string; said: string }> {
  try {
    const { stdout, stderr } = await promisify(execFile)(process.execPath, [cli, ...args]);
    return { code: 0, out: stdout, said: stderr };
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
    return { code, out: stdout, said: stderr };
  }
}
