/** Who may do what: every route for every role, sessions, the lock-out, and what the log holds. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '../../shared/id.ts';
import { refreshReplySchema, roles } from '../../shared/protocol/session-protocol.ts';
import type { Role } from '../../shared/protocol/session-protocol.ts';
import { buildServer } from '../../hub/server.ts';
import type { RouteKey } from '../../hub/routes/route-access.ts';
import { routeAccess } from '../../hub/routes/route-access.ts';
import type { SignedIn, TestHub } from './hub-harness.ts';
import { addAndSignIn, errorCode, PASSWORD, promiseToPay, pullPage, request, startTestHub, TestDevice } from './hub-harness.ts';
import { plantCase } from './hub-receivables.ts';

let hub: TestHub;
const people = new Map<Role, SignedIn>();

beforeAll(async () => {
  hub = await startTestHub();
  for (const role of roles) people.set(role, await addAndSignIn(hub, `the-${role}`, role));
});

afterAll(async () => {
  await hub.discard();
});

function personOf(role: Role): SignedIn {
  const person = people.get(role);
  if (person === undefined) throw new Error(`nobody is ${role}`);
  return person;
}

/** The matrix as the product promises it, written out apart from the table that the server reads. */
const promised: Record<RouteKey, 'public' | Role[]> = {
  'GET /v1/hub': 'public',
  'POST /v1/setup': 'public',
  'POST /v1/sign-in': 'public',
  'POST /v1/refresh': 'public',
  'POST /v1/sign-out': ['collector', 'lead', 'admin', 'inbound'],
  'GET /v1/devices/:deviceId': ['collector', 'lead', 'admin', 'inbound'],
  'POST /v1/devices/:deviceId/facts': ['collector', 'lead', 'admin', 'inbound'],
  'POST /v1/attachments/offsets': ['collector', 'lead', 'admin', 'inbound'],
  'PATCH /v1/attachments/:factId': ['collector', 'lead', 'admin', 'inbound'],
  'GET /v1/attachments/:factId': ['collector', 'lead', 'inbound'],
  'GET /v1/feed': ['collector', 'lead', 'admin', 'inbound'],
  'GET /v1/live': ['collector', 'lead', 'admin', 'inbound'],
  'POST /v1/leases/end': ['collector', 'lead', 'admin', 'inbound'],
  'POST /v1/imports': ['admin'],
  'POST /v1/import-files': ['lead', 'admin'],
  'GET /v1/import-files/:fileId': ['lead', 'admin'],
  'PATCH /v1/import-files/:fileId': ['lead', 'admin'],
  'DELETE /v1/import-files/:fileId': ['lead', 'admin'],
  'GET /v1/import-files/:fileId/preview': ['lead', 'admin'],
  'POST /v1/import-files/:fileId/jobs': ['lead', 'admin'],
  'GET /v1/import-jobs': ['lead', 'admin'],
  'GET /v1/import-jobs/:jobId': ['lead', 'admin'],
  'POST /v1/import-jobs/:jobId/cancel': ['lead', 'admin'],
  'POST /v1/import-jobs/:jobId/again': ['lead', 'admin'],
  'GET /v1/import-jobs/:jobId/rejects': ['lead', 'admin'],
  'GET /v1/import-jobs/:jobId/rejects.csv': ['lead', 'admin'],
  'GET /v1/import-jobs/:jobId/changes': ['lead', 'admin'],
  'GET /v1/import-creditors': ['lead', 'admin'],
  'GET /v1/users': ['admin'],
  'POST /v1/users': ['admin'],
  'POST /v1/users/:userId/password': ['admin'],
  'POST /v1/assignments': ['lead', 'admin'],
  'GET /v1/facts/ids': ['admin'],
  'GET /v1/verify': ['admin'],
  'POST /v1/erasures': ['admin'],
  'GET /v1/report': ['lead', 'admin'],
  'GET /v1/lists': ['lead', 'admin'],
  'GET /v1/cases': ['lead', 'admin'],
  'GET /v1/cases/:caseId': ['lead', 'admin'],
  'GET /v1/collectors': ['lead', 'admin'],
  'POST /v1/shares/plan': ['lead', 'admin'],
  'GET /v1/board': ['lead', 'admin'],
  'GET /v1/board/live': ['lead', 'admin'],
  'PUT /v1/floor/state': ['collector', 'lead', 'inbound'],
  'PUT /v1/floor/help': ['collector', 'lead', 'inbound'],
  'POST /v1/floor/help/:userId/answer': ['lead'],
  'POST /v1/floor/people/:userId/release': ['lead'],
  'POST /v1/floor/releases/:releaseId/answer': ['collector', 'lead', 'inbound'],
  'POST /v1/floor/listening': ['lead'],
  'POST /v1/floor/listening/:listeningId/told': ['collector', 'lead', 'inbound'],
  'DELETE /v1/floor/listening/:listeningId': ['collector', 'lead', 'inbound'],
  'GET /v1/conduct': ['lead', 'admin'],
  'PUT /v1/conduct/:creditorId': ['lead', 'admin'],
  'PUT /v1/calendar': ['lead', 'admin'],
  'GET /v1/scripts': ['lead', 'admin'],
  'POST /v1/scripts': ['lead', 'admin'],
  'GET /v1/scripts/:scriptId': ['lead', 'admin'],
  'POST /v1/scripts/:packId/withdraw': ['lead', 'admin'],
  'GET /v1/certificates': ['lead', 'admin'],
  'PUT /v1/certificates/:userId': ['admin'],
  'GET /v1/rates': ['lead', 'admin'],
  'PUT /v1/rates/:tableId': ['admin'],
  'POST /v1/rates/:tableId/withdraw': ['admin'],
  'GET /v1/workers-agreement': ['collector', 'lead', 'admin', 'inbound'],
  'PUT /v1/workers-agreement': ['admin'],
  'POST /v1/workers-agreement/withdraw': ['admin'],
  'GET /v1/telephone': ['admin'],
  'GET /v1/telephone/own': ['collector', 'lead', 'admin', 'inbound'],
  'PUT /v1/telephone/exchange': ['admin'],
  'PUT /v1/telephone/accounts/:userId': ['admin'],
  'DELETE /v1/telephone/accounts/:userId': ['admin'],
  'PUT /v1/telephone/caller-ids/:creditorId': ['admin'],
  'GET /v1/directory': ['collector', 'lead', 'inbound'],
  'POST /v1/look-ups': ['collector', 'lead', 'inbound'],
  'POST /v1/look-ups/again': ['collector', 'lead', 'inbound'],
  'POST /v1/look-ups/names': ['collector', 'lead', 'inbound'],
  'POST /v1/look-ups/search': ['collector', 'lead', 'inbound'],
  'POST /v1/contact-tasks/take': ['collector', 'lead', 'inbound'],
  'GET /v1/mail/senders': ['admin'],
  'PUT /v1/mail/senders/:creditorId': ['admin'],
  'DELETE /v1/mail/senders/:creditorId': ['admin'],
  'GET /v1/mail/problems': ['lead', 'admin'],
  'POST /v1/mail/problems/:mailId/retry': ['lead', 'admin'],
};

describe('the permission matrix', () => {
  it('promises something about every route and nothing else', () => {
    expect(Object.keys(promised).sort()).toEqual(Object.keys(routeAccess).sort());
  });

  const pairs = (Object.keys(promised) as RouteKey[]).flatMap((route) =>
    ([null, ...roles] as const).map((role) => ({ route, role, label: role ?? 'nobody' })));

  it.each(pairs)('$route by $label', async ({ route, role }) => {
    const [method = '', pattern = ''] = route.split(' ');
    const path = pattern.replace(/:\w+/, newId<string>());
    const token = role === null ? null : (route === 'POST /v1/sign-out' ? await spareToken(role) : personOf(role).token);
    const cut = new AbortController();
    const response = await fetch(hub.url + path, {
      method, signal: cut.signal, headers: { ...(token === null ? {} : { authorization: `Bearer ${token}` }), ...(method === 'POST' ? { 'content-type': 'application/json' } : {}) },
      ...(method === 'POST' ? { body: '{}' } : {}),
    });
    const access = promised[route];
    if (access === 'public') expect([401, 403]).not.toContain(response.status);
    else if (role === null) expect(response.status).toBe(401);
    else if (access.includes(role)) expect(/:(fact|case|file|job|script|pack|mail|listening)Id|help\/:userId|DELETE .*:(user|creditor)Id/.test(`${method} ${pattern}`) ? [200, 400, 404] : [200, 400]).toContain(response.status);
    else expect(response.status).toBe(403);
    cut.abort();
  });

  it('fails closed: a route outside the table cannot be registered', () => {
    const app = buildServer({ store: hub.store, clock: hub.clock, dataDir: hub.dataDir, logTo: null });
    expect(() => app.get('/v1/forgotten', () => 'secret')).toThrow(/access table/);
  });

  it('every route of the table is there', () => {
    const app = buildServer({ store: hub.store, clock: hub.clock, dataDir: hub.dataDir, logTo: null });
    for (const route of Object.keys(routeAccess)) {
      const [method = '', url = ''] = route.split(' ');
      expect([route, app.hasRoute({ method: method, url })]).toEqual([route, true]);
    }
  });

  it('takes no token but a whole one', async () => {
    const { token } = personOf('admin');
    for (const wrong of [token.slice(1), `${token}0`, token.toUpperCase() === token ? 'x' : token.replace(/^./, token.startsWith('0') ? '1' : '0')]) {
      expect((await request(hub, wrong, 'GET', '/v1/users')).status).toBe(401);
    }
  });
});

async function spareToken(role: Role): Promise<string> {
  const response = await request(hub, null, 'POST', '/v1/sign-in', { username: `the-${role}`, password: PASSWORD });
  const { tokens } = (await response.json()) as { tokens: { accessToken: string } };
  return tokens.accessToken;
}

describe('sessions', () => {
  it('an access token ends after 15 minutes; a refresh gives a new pair and the old access token is gone', async () => {
    const person = await addAndSignIn(hub, 'refresher', 'collector');
    hub.clock.advance(14 * 60_000);
    expect((await person.call('GET', '/v1/feed')).status).toBe(200);
    hub.clock.advance(61_000);
    expect((await person.call('GET', '/v1/feed')).status).toBe(401);
    const { refreshToken } = person.reply.tokens;
    const fresh = refreshReplySchema.parse(await (await request(hub, null, 'POST', '/v1/refresh', { refreshToken })).json()).tokens;
    expect((await request(hub, fresh.accessToken, 'GET', '/v1/feed')).status).toBe(200);
    expect(fresh.refreshExpiresAt).toBe(person.reply.tokens.refreshExpiresAt);
    // The answer may have been lost: the same refresh token works a moment longer …
    const again = await request(hub, null, 'POST', '/v1/refresh', { refreshToken });
    expect(again.status).toBe(200);
    const { tokens } = refreshReplySchema.parse(await again.json());
    // … and later it is taken for stolen: the session ends for everybody.
    hub.clock.advance(3 * 60_000);
    expect((await request(hub, null, 'POST', '/v1/refresh', { refreshToken })).status).toBe(401);
    expect((await request(hub, tokens.accessToken, 'GET', '/v1/feed')).status).toBe(401);
  });

  it('signing out ends the session at once', async () => {
    const person = await addAndSignIn(hub, 'leaver', 'collector');
    expect((await person.call('POST', '/v1/sign-out', {})).status).toBe(200);
    expect((await person.call('GET', '/v1/feed')).status).toBe(401);
    expect((await request(hub, null, 'POST', '/v1/refresh', { refreshToken: person.reply.tokens.refreshToken })).status).toBe(401);
  });

  it('gives the same recovery key at each sign-in, another one to each person, and a lease of 12 hours', async () => {
    const person = await addAndSignIn(hub, 'keeper', 'collector');
    const again = (await (await request(hub, null, 'POST', '/v1/sign-in', { username: ' KEEPER ', password: PASSWORD })).json()) as { recoveryKey: string };
    expect(again.recoveryKey).toBe(person.reply.recoveryKey);
    expect(again.recoveryKey).not.toBe(personOf('lead').reply.recoveryKey);
    expect((await pullPage(person, '')).lease).toEqual({ lifeMs: 12 * 3_600_000 });
  });

  it.each(['locked', 'no-such-person'])('ten wrong passwords close the user name %s for a quarter of an hour', async (username) => {
    if (username === 'locked') await addAndSignIn(hub, username, 'collector');
    const attempt = (password: string): Promise<Response> => request(hub, null, 'POST', '/v1/sign-in', { username, password });
    for (let count = 0; count < 10; count += 1) expect(await errorCode(await attempt('wrong'))).toBe('wrong-credentials');
    const closed = await attempt(PASSWORD);
    expect([closed.status, await errorCode(closed)]).toEqual([429, 'locked-out']);
    hub.clock.advance(15 * 60_000 + 1);
    expect((await attempt(PASSWORD)).status).toBe(username === 'locked' ? 200 : 401);
  });
});

it('many wrong passwords at the same time are not more than ten', async () => {
  await addAndSignIn(hub, 'stormed', 'collector');
  const answers = await Promise.all(Array.from({ length: 16 }, async () =>
    (await request(hub, null, 'POST', '/v1/sign-in', { username: 'stormed', password: 'wrong' })).status));
  expect(answers.filter((status) => status === 401)).toHaveLength(10);
  expect(answers.filter((status) => status === 429)).toHaveLength(6);
});

describe('what is kept and said about people', () => {
  it('the log of a whole session holds no personal data and no token', async () => {
    const place = await startTestHub();
    const anna = await addAndSignIn(place, 'anna.rossi', 'collector');
    const admin = await addAndSignIn(place, 'ada.admin', 'admin');
    const { caseId } = await plantCase(place.store, anna.userId, { name: 'Maria Customer', residualCents: 123_456 });
    const device = new TestDevice(anna.userId);
    device.add(caseId, 'outcome-recorded', { ...promiseToPay(123_456, '2031-05-06'), note: 'her sister is ill' });
    await device.push(anna);
    await device.pushRaw(anna, [{ ...device.facts[0]!, body: { text: 'spoilt' } }]);
    await pullPage(anna, '');
    await anna.call('POST', `/v1/devices/${device.deviceId}/facts`, '{"facts": "her sister is ill"');
    await request(place, null, 'POST', '/v1/sign-in', { username: 'anna.rossi', password: 'not-her-password' });
    await request(place, null, 'GET', '/v1/nowhere?name=Maria+Customer');
    const csv = 'Codice cliente;Ragione sociale;Numero fattura;Data fattura;Scadenza;Importo;Telefono\nK77;Luigi Imported;F1;01/02/2026;01/03/2026;10,00;0971 000 321\n';
    const imported = await admin.call('POST', '/v1/imports?creditor=Secret%20Creditor', csv, { 'content-type': 'text/csv' });
    expect(imported.status).toBe(200);
    await place.stop();
    // Its own clock's digits are no telephone number.
    const log = place.log().replace(/"time":\d+/g, '');
    expect(log).toContain('"route":"/v1/devices/:deviceId/facts"');
    expect(log).toContain('"route":"/v1/imports"');
    const secrets = [
      'anna.rossi', 'ada.admin', 'Display', 'Maria', 'Customer', 'sister', '123456', '2031-05-06', PASSWORD, 'not-her-password', anna.token,
      anna.reply.tokens.refreshToken, anna.reply.recoveryKey, 'Luigi', 'Imported', '0971', '390971', 'Secret', 'K77', anna.userId, device.deviceId, caseId,
    ];
    expect(secrets.filter((secret) => log.includes(secret))).toEqual([]);
    await place.discard();
  });

  it('a token or a password is nowhere in the database', async () => {
    const person = await addAndSignIn(hub, 'searched', 'collector');
    await hub.store.read(async (tx) => {
      const rows = JSON.stringify([await tx.selectFrom('users').selectAll().execute(), await tx.selectFrom('sessions').selectAll().execute()]);
      expect(rows).not.toContain(person.token);
      expect(rows).not.toContain(person.reply.tokens.refreshToken);
      expect(rows).not.toContain(PASSWORD);
    });
  });

  it('the report names nobody', async () => {
    const report = await (await personOf('lead').call('GET', '/v1/report')).text();
    const source = readFileSync(join(fileURLToPath(new URL('../../hub/report', import.meta.url)), 'read-report.ts'), 'utf8');
    for (const person of people.values()) expect(report).not.toContain(person.userId);
    expect(source).not.toMatch(/actor|user_id|owner_id/);
  });
});
