/** An empty hub is set up once, by whoever asks first; after that only an administrator adds people. */
import { afterEach, expect, it } from 'vitest';
import { hubInfoSchema } from '../../shared/protocol/session-protocol.ts';
import { usersReplySchema } from '../../shared/protocol/setup-protocol.ts';
import { startPostgres } from '../support/start-postgres.ts';
import type { TestHub } from './hub-harness.ts';
import { errorCode, request, signInOver, startTestHub } from './hub-harness.ts';

let hub: TestHub;
afterEach(async () => {
  await hub.discard();
});

const first = { agencyName: ' Studio Basento ', username: 'Livia', displayName: 'Livia Conti', password: 'un cavallo sul tetto' };

async function needsSetup(): Promise<boolean> {
  return hubInfoSchema.parse(await (await request(hub, null, 'GET', '/v1/hub')).json()).needsSetup;
}

it('takes the first administrator, then refuses everybody else', async () => {
  hub = await startTestHub();
  expect(await needsSetup()).toBe(true);
  expect(await errorCode(await request(hub, null, 'POST', '/v1/setup', { ...first, password: 'password1' }))).toBe('password-too-easy');
  expect(await errorCode(await request(hub, null, 'POST', '/v1/setup', { ...first, password: 'breve' }))).toBe('password-too-short');
  expect(await needsSetup()).toBe(true);

  expect((await request(hub, null, 'POST', '/v1/setup', first)).status).toBe(201);
  expect(await needsSetup()).toBe(false);
  const again = await request(hub, null, 'POST', '/v1/setup', { ...first, username: 'mallory' });
  expect(again.status).toBe(409);
  expect(await errorCode(again)).toBe('already-set-up');

  const admin = await signInOver(hub, 'livia', first.password);
  expect(admin.reply).toMatchObject({ agencyName: 'Studio Basento', user: { role: 'admin', displayName: 'Livia Conti' } });
  expect(usersReplySchema.parse(await (await admin.call('GET', '/v1/users')).json()).users).toHaveLength(1);
});

it.each(['sqlite', 'postgres'] as const)('lets one of many at the same moment win on %s', async (kind) => {
  const postgres = kind === 'postgres' ? await startPostgres() : null;
  hub = await startTestHub(postgres === null ? {} : { postgresUrl: await postgres.createDatabase() });
  try {
    const answers = await Promise.all(Array.from({ length: 8 }, (_, index) => request(hub, null, 'POST', '/v1/setup', { ...first, username: `admin${String(index)}` })));
    expect(answers.map((answer) => answer.status).sort()).toEqual([201, ...Array.from({ length: 7 }, () => 409)]);
    const users = await hub.store.read((tx) => tx.selectFrom('users').select('user_id').execute());
    expect(users).toHaveLength(1);
  } finally {
    await hub.stop();
    await postgres?.stop();
    hub = await startTestHub();
  }
});

it('refuses where somebody was added on the command line', async () => {
  hub = await startTestHub({ demo: true });
  expect(await needsSetup()).toBe(false);
  expect(await errorCode(await request(hub, null, 'POST', '/v1/setup', first))).toBe('already-set-up');
});

it('closes after ten attempts that failed, for a quarter of an hour', async () => {
  hub = await startTestHub();
  for (let attempt = 0; attempt < 10; attempt += 1) {
    expect((await request(hub, null, 'POST', '/v1/setup', { ...first, password: 'breve' })).status).toBe(400);
  }
  expect((await request(hub, null, 'POST', '/v1/setup', first)).status).toBe(429);
  hub.clock.advance(15 * 60_000 + 1);
  expect((await request(hub, null, 'POST', '/v1/setup', first)).status).toBe(201);
});

it('gives a person a new password and ends the sessions of the old one', async () => {
  hub = await startTestHub();
  await request(hub, null, 'POST', '/v1/setup', first);
  const admin = await signInOver(hub, 'livia', first.password);
  const added = await admin.call('POST', '/v1/users', { username: 'carla', displayName: 'Carla Serra', role: 'collector', password: 'k7mq-p3xw-n8rd' });
  expect(added.status).toBe(201);
  const carla = await signInOver(hub, 'carla', 'k7mq-p3xw-n8rd');
  expect((await carla.call('POST', `/v1/users/${admin.userId}/password`, { password: 'another one 99' })).status).toBe(403);
  expect((await admin.call('POST', `/v1/users/${carla.userId}/password`, { password: 'breve' })).status).toBe(400);
  expect((await admin.call('POST', `/v1/users/${carla.userId}/password`, { password: 'fiume-lento-9' })).status).toBe(200);
  expect((await carla.call('GET', '/v1/feed')).status).toBe(401);
  expect((await signInOver(hub, 'carla', 'fiume-lento-9')).userId).toBe(carla.userId);
});
