/** What signed-out operators left, on real stores: one that takes no writing is left for the next round, and holds nobody up. */
import { closeSync, openSync, writeSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import type { DeskConfig } from '../../../shared/contract/host-protocol.ts';
import type { DeviceId, FactId, HubId, UserId } from '../../../shared/id.ts';
import { newId, newRandomHex } from '../../../shared/id.ts';
import { systemClock } from '../../../shared/time.ts';
import { temporaryFolder } from '../../../tests/support/temporary-folder.ts';
import { hasUnsentMark, rememberAccount, setUnsentMark, storeFolder } from '../profile/accounts.ts';
import { makeKeyring, writeKeyring } from '../profile/keyring.ts';
import type { Sqlite } from '../store/database.ts';
import { openStore } from '../store/database.ts';
import { appendFact, readAckedSeq, readLastLink } from '../store/fact-store.ts';
import { writeMeta } from '../store/meta.ts';
import { WaitingSender } from './send-waiting.ts';

const storeKey = Buffer.alloc(32, 7);
const hubKey = 'agency';

function openPlace(folder: string): Sqlite {
  const opened = openStore({ path: join(folder, 'desk.db'), keyHex: storeKey.toString('hex'), testRuntime: false });
  if (!opened.ok) throw new Error(opened.error.code);
  return opened.value.db;
}

interface Left { folder: string; deviceId: DeviceId; hash: string }

/** A signed-out operator with one unsent fact. */
async function leaveFact(profileDir: string): Promise<Left> {
  const user = { userId: newId<UserId>(), username: newRandomHex(4), displayName: 'Carla', role: 'collector' as const };
  const account = { hubKey, hubId: newId<HubId>(), user };
  rememberAccount(profileDir, account);
  const folder = storeFolder(profileDir, account);
  writeKeyring(join(folder, 'keyring.json'), await makeKeyring(user.userId, storeKey, 'premura-demo', newRandomHex(32), 'in the keychain'));
  const db = openPlace(folder);
  const deviceId = newId<DeviceId>();
  writeMeta(db, 'deviceId', deviceId);
  writeMeta(db, 'refreshToken', 'r');
  appendFact(db, {
    id: newId<FactId>(), type: 'contact-noted', version: 1, at: systemClock.nowMs(), zone: 'Europe/Rome', actor: user.userId,
    basedOn: { caseRevision: 0, scriptVersion: null, policyVersion: null },
  }, { task: newId<FactId>(), text: 'ha richiamato' });
  const { hash } = readLastLink(db, deviceId) ?? { hash: '' };
  db.close();
  setUnsentMark(folder, true);
  return { folder, deviceId, hash };
}

/** A hub that has no fact and stores each. */
async function openHub(left: () => readonly Left[]): Promise<{ url: string; pushed: DeviceId[]; firstPushed: Promise<void> }> {
  const pushed: DeviceId[] = [];
  let tell: () => void = () => undefined;
  const firstPushed = new Promise<void>((resolve) => { tell = resolve; });
  const answerOf = (path: string): unknown => {
    const lapseMs = systemClock.nowMs() + 3_600_000;
    if (path === '/v1/refresh') return { tokens: { accessToken: 'a', accessExpiresAt: lapseMs, refreshToken: 'r', refreshExpiresAt: lapseMs } };
    if (!path.endsWith('/facts')) return { lastSeq: 0, lastHash: null };
    const one = left().find(({ deviceId }) => path.includes(deviceId));
    if (one === undefined) throw new Error('nobody left that');
    pushed.push(one.deviceId);
    tell();
    return { status: 'stored', lastSeq: 1, lastHash: one.hash };
  };
  const server = createServer((request, reply) => {
    reply.setHeader('content-type', 'application/json');
    reply.end(JSON.stringify(answerOf(request.url ?? '')));
  });
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  return { url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`, pushed, firstPushed };
}

function openSender(profileDir: string, hubUrl: string) {
  let tell: () => void = () => undefined;
  const config: DeskConfig = { profileDir, hubUrl, hubKey, demo: false, practiceLine: false, testRuntime: false, siteZone: 'Europe/Rome', locale: 'it', downloadsDir: profileDir };
  const sender = new WaitingSender(config, systemClock, { wrap: () => Promise.resolve(null), unwrap: () => Promise.resolve(storeKey) }, () => tell());
  return { sender, sent: () => new Promise<void>((resolve) => { tell = resolve; }) };
}

it('leaves a store whose disk is full when the hub answers for the next round, and goes on with the others', async () => {
  const profileDir = temporaryFolder();
  const full = await leaveFact(profileDir);
  const other = await leaveFact(profileDir);
  const hub = await openHub(() => [full, other]);
  // No row has a place in this table any more, which SQLite calls full.
  const filling = openPlace(full.folder);
  filling.exec(`CREATE TABLE disk (id INTEGER PRIMARY KEY AUTOINCREMENT); INSERT INTO disk VALUES (9223372036854775807);
    CREATE TRIGGER full_disk BEFORE INSERT ON meta WHEN NEW.key = 'ackedSeq' BEGIN INSERT INTO disk VALUES (NULL); END;`);
  expect(() => writeMeta(filling, 'ackedSeq', '1')).toThrow(expect.objectContaining({ code: 'SQLITE_FULL' }));
  filling.close();

  const { sender, sent } = openSender(profileDir, hub.url);
  const otherSent = sent();
  sender.start();
  await otherSent;
  await sender.stop();
  expect([hub.pushed, hasUnsentMark(full.folder), hasUnsentMark(other.folder)]).toEqual([[full.deviceId, other.deviceId], true, false]);

  const freeing = openPlace(full.folder);
  freeing.exec('DROP TRIGGER full_disk');
  freeing.close();
  const allSent = sent();
  sender.start();
  await allSent;
  await sender.stop();
  const db = openPlace(full.folder);
  onTestFinished(() => void db.close());
  expect([hub.pushed.slice(2), hasUnsentMark(full.folder), readAckedSeq(db)]).toEqual([[full.deviceId], false, 1]);
});

it('ends with a damaged store, as a desk does that meets one; the next opening finds the damage', async () => {
  const profileDir = temporaryFolder();
  const one = await leaveFact(profileDir);
  const hub = await openHub(() => [one]);
  const db = openPlace(one.folder);
  const pages = db.prepare<[], { rootpage: number }>("SELECT rootpage FROM sqlite_master WHERE tbl_name = 'attachments' AND rootpage > 0").all();
  const pageBytes = Number(db.pragma('page_size', { simple: true }));
  db.close();
  const file = openSync(join(one.folder, 'desk.db'), 'r+');
  for (const { rootpage } of pages) writeSync(file, Buffer.alloc(64, 7), 0, 64, (rootpage - 1) * pageBytes + 100);
  closeSync(file);
  const { sender } = openSender(profileDir, hub.url);
  sender.start();
  await hub.firstPushed;
  await expect(sender.stop()).rejects.toThrow(expect.objectContaining({ name: 'SqliteError' }));
  // Whoever opens it next finds the damage before anything is read: that desk goes on, and the operator's sign-in saves what can be saved.
  expect(openStore({ path: join(one.folder, 'desk.db'), keyHex: storeKey.toString('hex'), testRuntime: false })).toMatchObject({ ok: false, error: { code: 'store-damaged' } });
  expect(hasUnsentMark(one.folder)).toBe(true);
});
