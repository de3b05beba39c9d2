/** The desk's sessions, on a real store and with a hub that knows one operator: one begins whole or not at all. */
import { closeSync, openSync, writeSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import type { CommandId, HubId, UserId } from '../../shared/id.ts';
import { newId, newRandomHex } from '../../shared/id.ts';
import type { SignInReply } from '../../shared/protocol/session-protocol.ts';
import { systemClock } from '../../shared/time.ts';
import { temporaryFolder } from '../../tests/support/temporary-folder.ts';
import { Desk } from './desk.ts';
import { noPrinter } from './printing/printer.ts';

const known: SignInReply = {
  hubId: newId<HubId>(), agencyName: 'Premura', user: { userId: newId<UserId>(), username: 'carla', displayName: 'Carla Settefontane', role: 'collector' },
  tokens: { accessToken: 'a', accessExpiresAt: systemClock.nowMs() + 3_600_000, refreshToken: 'r', refreshExpiresAt: systemClock.nowMs() + 7_200_000 },
  recoveryKey: newRandomHex(32),
};
const { userId } = known.user;

/** A hub that signs the operator in and refuses the rest. @param onAsked before it answers */
function openHub(onAsked: (path: string) => void): Promise<string> {
  const server = createServer((request, reply) => {
    const path = request.url ?? '';
    onAsked(path);
    reply.setHeader('content-type', 'application/json');
    reply.statusCode = path === '/v1/sign-in' ? 200 : 404;
    reply.end(JSON.stringify(path === '/v1/sign-in' ? known : {}));
  });
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => { resolve(`http://127.0.0.1:${String((server.address() as AddressInfo).port)}`); });
  });
}

function openDesk(hubUrl: string) {
  const folder = temporaryFolder();
  /** Whose account main was told, in order. */
  const accounts: (UserId | null)[] = [];
  const desk = new Desk({ profileDir: folder, hubUrl, hubKey: 'embedded', demo: false, practiceLine: false, testRuntime: false, siteZone: 'Europe/Rome', locale: 'it', downloadsDir: folder }, systemClock, {
    wrap: () => Promise.resolve(null), unwrap: () => Promise.resolve(null),
  }, {
    onChanged: () => undefined, onSession: () => undefined, printer: noPrinter,
    onTelephone: (message) => { if (message.type === 'telephone-account') accounts.push(message.ownerId); },
  });
  onTestFinished(() => desk.shutdown());
  return { desk, accounts, signIn: () => desk.signIn({ commandId: newId<CommandId>(), username: 'carla', password: 'premura-demo' }) };
}

it('leaves nothing of a session that failed while it began: the telephone is off the line, and the next one begins', async () => {
  const { desk, accounts, signIn } = openDesk(await openHub(() => undefined));
  expect((await signIn()).ok).toBe(true);
  const { db } = desk.session ?? {};
  if (db === undefined) throw new Error('nobody is signed in');
  const page = db.prepare<[], { rootpage: number }>("SELECT rootpage FROM sqlite_master WHERE name = 'open_calls'").get()?.rootpage ?? 0;
  const pageBytes = Number(db.pragma('page_size', { simple: true }));
  const { name } = db;
  await desk.signOut();
  const file = openSync(name, 'r+');
  writeSync(file, Buffer.alloc(64, 7), 0, 64, (page - 1) * pageBytes + 100);
  closeSync(file);

  expect(await signIn()).toMatchObject({ ok: false, error: { code: 'store-damaged' } });
  expect([desk.session, accounts]).toEqual([null, [userId, null, userId, null]]);
  expect(await signIn()).toMatchObject({ ok: true });
  expect([desk.session?.db.open, accounts.at(-1)]).toEqual([true, userId]);
});

it('goes on with the hub where it is by then, when it moved while somebody signed in', async () => {
  let follow: (hub: 'moved' | 'left') => void = () => undefined;
  const followed = new Promise<'moved' | 'left'>((resolve) => { follow = resolve; });
  const isOfSession = (path: string): boolean => path.startsWith('/v1/devices/');
  const moved = await openHub((path) => { if (isOfSession(path)) follow('moved'); });
  const { desk, signIn } = openDesk(await openHub((path) => {
    if (path === '/v1/sign-in') desk.moveHub(moved);
    if (isOfSession(path)) follow('left');
  }));
  expect((await signIn()).ok).toBe(true);
  expect(await followed).toBe('moved');
});
