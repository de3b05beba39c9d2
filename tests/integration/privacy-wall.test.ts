/**
 * The privacy wall (domain §3.11): without an agreement on record nothing that a lead's token reaches, by any route and any method, with bodies
 * that do something and with bodies that do not, names an operator beside a time; nor does the hub's log. Leaks planted on the way must be found.
 * Then who reaches whose rows: each route with an id, for each role, its own row and another's.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createParser } from 'eventsource-parser';
import { createHash } from 'node:crypto';
import { CHUNK_CHECKSUM_HEADER, CHUNK_CONTENT_TYPE } from '../../shared/protocol/attachment-protocol.ts';
import { roles } from '../../shared/protocol/session-protocol.ts';
import type { Role } from '../../shared/protocol/session-protocol.ts';
import type { RouteKey } from '../../hub/routes/route-access.ts';
import { routeAccess } from '../../hub/routes/route-access.ts';
import { standardConduct } from '../../shared/protocol/conduct-protocol.ts';
import { standardPacks } from '../../shared/script/standard-packs.ts';
import { fullCertificates } from '../../shared/testing/full-certificates.ts';
import { recordWorkersAgreement } from '../../hub/conduct/workers-agreement.ts';
import type { AgreementScope } from '../../shared/protocol/workers-agreement-protocol.ts';
import type { PlainDate } from '../../shared/time.ts';
import { addDays, dateOfInstant } from '../../shared/time.ts';
import { newId } from '../../shared/id.ts';
import type { CallId, FactId } from '../../shared/id.ts';
import { HubProxy } from '../support/hub-proxy.ts';
import type { SignedIn, TestHub } from './hub-harness.ts';
import { addAndSignIn, noAnswer, promiseToPay, request, startTestHub, TestDevice } from './hub-harness.ts';
import type { PlantedCase } from './hub-receivables.ts';
import { plantCase } from './hub-receivables.ts';

const instant = /\b1[6-9]\d{11}\b|\b20\d\d-\d\d-\d\dT\d\d:\d\d/;
/** For how long is as good as when. */
const span = /"(?:forMs|sinceMs)":/;
const streams: readonly string[] = ['GET /v1/live', 'GET /v1/board/live'];

let hub: TestHub;
let lina: SignedIn;
let anna: SignedIn;
let bruno: SignedIn;
let planted: PlantedCase;
let jobId: string;
let fileId: string;
let named: string[];
const devices = new Map<Role, TestDevice>();
const people = new Map<Role, SignedIn>();
const files = new Map<string, FactId>();

beforeAll(async () => {
  hub = await startTestHub();
  lina = await addAndSignIn(hub, 'lina', 'lead');
  anna = await addAndSignIn(hub, 'anna', 'collector', fullCertificates);
  bruno = await addAndSignIn(hub, 'bruno', 'collector', fullCertificates);
  planted = await plantCase(hub.store, anna.userId);
  const hers = new TestDevice(anna.userId);
  const callId = newId<CallId>();
  hers.add(planted.caseId, 'call-started', { direction: 'inbound', pointId: null, partyId: null, by: 'softphone' }, { callId, at: hub.clock.nowMs() });
  hers.add(planted.caseId, 'outcome-recorded', promiseToPay(99_999_999, '2031-01-01'), { callId, at: hub.clock.nowMs() });
  hers.add(planted.caseId, 'outcome-recorded', noAnswer(), { at: hub.clock.nowMs() });
  await hers.push(anna);
  const his = new TestDevice(bruno.userId);
  his.add(planted.caseId, 'outcome-recorded', noAnswer(), { at: hub.clock.nowMs() });
  await his.push(bruno);
  fileId = ((await (await lina.call('POST', '/v1/import-files', { name: 'crediti.csv', sizeBytes: 4 })).json()) as { fileId: string }).fileId;
  jobId = newId<string>();
  named = [anna, bruno].flatMap((person) => [person.userId, person.reply.user.displayName, person.reply.user.username]).concat(hers.deviceId, his.deviceId);
  for (const role of roles) {
    const person = role === 'lead' ? lina : role === 'collector' ? anna : await addAndSignIn(hub, `a-${role}`, role);
    const device = new TestDevice(person.userId);
    files.set(role, device.add(planted.caseId, 'attachment-added', attached(), { at: hub.clock.nowMs() }).header.id);
    await device.push(person);
    people.set(role, person);
    devices.set(role, device);
  }
});
afterAll(() => hub.discard());

function attached(): Parameters<TestDevice['add']>[2] {
  return { attachmentId: newId<string>(), fileName: 'a.pdf', mediaType: 'application/pdf', sizeBytes: 4, sha256: 'a'.repeat(64), note: null };
}

function offends(text: string): boolean {
  return (instant.test(text) || span.test(text)) && named.some((name) => text.includes(name));
}

function pathOf(pattern: string): string {
  return pattern.replace('people/:userId', `people/${anna.userId}`).replace(':caseId', planted.caseId).replace(':creditorId', planted.creditorId).replace(':fileId', fileId).replace(':jobId', jobId)
    .replace(':deviceId', devices.get('lead')?.deviceId ?? '').replace(':scriptId', `${standardPacks[0]?.id ?? ''}@90.0.0`).replace(':packId', standardPacks[0]?.id ?? '')
    .replace(/:\w+/, newId<string>());
}

/** Bodies with which a route does what it is there for; every other one is asked with an empty one. */
function bodyOf(route: RouteKey): unknown {
  const { version: _none, ...conduct } = standardConduct(planted.creditorId);
  const bodies: Partial<Record<RouteKey, unknown>> = {
    'POST /v1/assignments': { customerId: planted.customerId, ownerId: bruno.userId },
    'POST /v1/shares/plan': { queue: { creditorId: planted.creditorId, tone: 'reminder' }, people: { sharing: [anna.userId], giving: [bruno.userId] }, movesAgreed: true },
    'PUT /v1/conduct/:creditorId': conduct,
    'PUT /v1/calendar': { calendarId: 'agency', closures: [], patronSaints: [] },
    'POST /v1/scripts': { pack: { ...standardPacks[0], version: `90.0.${String(Math.floor(performance.now()))}` } },
    'PUT /v1/floor/state': { state: 'meal', forMs: 60_000 },
    'PUT /v1/floor/help': { isRaised: true },
    'POST /v1/floor/listening': { userId: anna.userId, how: 'listen' },
    'POST /v1/floor/people/:userId/release': { reason: 'altre telefonate in coda' },
    'POST /v1/attachments/offsets': { factIds: [...files.values()] },
  };
  return bodies[route] ?? {};
}

/** What a lead is answered, an answer of its own for each line of the feed and each event of a stream. */
async function ask(url: string, route: RouteKey): Promise<{ status: number; answers: string[] }> {
  const [method = '', pattern = ''] = route.split(' ');
  const cut = new AbortController();
  const hasBody = method !== 'GET' && method !== 'DELETE';
  const response = await fetch(url + pathOf(pattern), {
    method, signal: cut.signal, headers: { authorization: `Bearer ${lina.token}`, 'accept-encoding': 'identity', ...(hasBody ? { 'content-type': 'application/json' } : {}) },
    ...(hasBody ? { body: JSON.stringify(bodyOf(route)) } : {}),
  });
  const headers = JSON.stringify([...response.headers].filter(([name]) => name !== 'date'));
  if (!streams.includes(route)) {
    const text = await response.text();
    return { status: response.status, answers: [headers, ...(route === 'GET /v1/feed' ? text.split('\n') : [text])] };
  }
  const events: string[] = [];
  // A lead's streams tell two kinds of things, each as a whole as soon as it is opened.
  const kinds = new Set<string | undefined>();
  const parser = createParser({ onEvent: ({ event, data }) => { events.push(data); kinds.add(event); } });
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
  while (kinds.size < 2) parser.feed((await reader.read()).value ?? '');
  await reader.cancel();
  cut.abort();
  return { status: response.status, answers: [headers, ...events] };
}

/** What needs an agreement: without one they answer 403 and do nothing. */
const onlyAgreed: readonly RouteKey[] = ['PUT /v1/floor/state', 'POST /v1/floor/listening', 'POST /v1/floor/people/:userId/release'];

function ofLead(): RouteKey[] {
  // Signing out ends the token that walks, so it comes last.
  const routes = (Object.keys(routeAccess) as RouteKey[]).filter((route) => {
    const access: string | readonly string[] = routeAccess[route];
    return access === 'public' || access.includes('lead');
  });
  return routes.filter((route) => route !== 'POST /v1/sign-out');
}

/** The routes by which a lead is told who and when. */
async function walk(url: string): Promise<{ leaking: string[]; statuses: Map<string, number> }> {
  const leaking: string[] = [];
  const statuses = new Map<string, number>();
  for (const route of ofLead()) {
    const { status, answers } = await ask(url, route);
    statuses.set(route, status);
    if (answers.some(offends)) leaking.push(route);
  }
  return { leaking, statuses };
}

describe('without an agreement', () => {
  it('the store holds operators beside times, and the check sees it there', async () => {
    const rows = await hub.store.read((tx) => tx.selectFrom('facts').selectAll().execute());
    expect(rows.filter((row) => offends(JSON.stringify(row))).length).toBeGreaterThan(3);
  });

  it('no route, no event and no export of any method tells a lead who did what when', async () => {
    const { leaking, statuses } = await walk(hub.url);
    expect(leaking).toEqual([]);
    expect([...statuses].filter(([, status]) => status === 401 || status === 403 || status >= 500).sort()).toEqual([...onlyAgreed].sort().map((route) => [route, 403]));
    // Something was really asked, and done.
    for (const route of ['GET /v1/board', 'GET /v1/board/live', 'GET /v1/feed', 'GET /v1/report', 'GET /v1/lists', 'POST /v1/assignments', 'POST /v1/shares/plan', 'PUT /v1/calendar', 'POST /v1/scripts']) {
      expect([route, statuses.get(route)]).toEqual([route, route === 'POST /v1/scripts' ? 201 : 200]);
    }
  });

  it('control: a leak planted in the board, in its stream, in an export or in a refusal is found', async () => {
    const planted: Record<string, string> = { '/v1/board': 'GET /v1/board', '/v1/board/live': 'GET /v1/board/live', '/v1/report': 'GET /v1/report', [`/v1/import-jobs/${jobId}/rejects.csv`]: 'GET /v1/import-jobs/:jobId/rejects.csv', [`/v1/floor/people/${anna.userId}/release`]: 'POST /v1/floor/people/:userId/release' };
    const secret = JSON.stringify({ who: anna.userId, at: hub.clock.nowMs() });
    const proxy = await HubProxy.start(hub.url, (exchange) => {
      if (planted[exchange.path] === undefined) {
        exchange.pass();
        return;
      }
      exchange.open().on('response', (answer) => {
        exchange.response.writeHead(answer.statusCode ?? 502, { 'content-type': answer.headers['content-type'] ?? '' });
        exchange.response.write(exchange.path.endsWith('/live') ? `data: ${secret}\n\n` : secret);
        answer.pipe(exchange.response);
      }).end(exchange.body);
    });
    const { leaking } = await walk(proxy.url);
    await proxy.close();
    expect(leaking.sort()).toEqual(Object.values(planted).sort());
  });

  it('the log names nobody at all', () => {
    expect(hub.log().length).toBeGreaterThan(1_000);
    expect(hub.log().split('\n').filter((line) => named.some((name) => line.includes(name)))).toEqual([]);
  });
});

describe('with an agreement', () => {
  const walled = ['GET /v1/board/live'];
  const agree = async (scopes: readonly AgreementScope[], until: PlainDate | null): Promise<void> => {
    const today = dateOfInstant(hub.clock.nowMs(), 'Europe/Rome');
    expect(await hub.store.write((tx) => recordWorkersAgreement(tx, hub.clock.nowMs(), {
      kind: 'works-agreement', scopes: [...scopes], signedOn: addDays(today, -9), from: addDays(today, -9), until, signatories: 'RSU', document: 'prot. 12',
    }))).toMatchObject({ ok: true });
  };
  /** Anna's desk is connected and tells what she does, if it may. */
  const tellState = async (): Promise<{ status: number; hangUp: () => void }> => {
    const cut = new AbortController();
    await fetch(`${hub.url}/v1/live`, { headers: { authorization: `Bearer ${anna.token}` }, signal: cut.signal });
    return { status: (await anna.call('PUT', '/v1/floor/state', { state: 'wrap-up', forMs: 60_000, isOver: true })).status, hangUp: () => { cut.abort(); } };
  };

  it.each([['on recording only', ['recording'], 0], ['on states that ended yesterday', ['named-states'], -1]] as const)('%s: the same wall', async (_what, scopes, days) => {
    await agree(scopes, days === 0 ? null : addDays(dateOfInstant(hub.clock.nowMs(), 'Europe/Rome'), days));
    const { status, hangUp } = await tellState();
    expect(status).toBe(403);
    expect((await walk(hub.url)).leaking).toEqual([]);
    hangUp();
  });

  it('on states: the board\'s stream names who does what for how long, and nothing else does', async () => {
    await agree(['named-states'], null);
    const { status, hangUp } = await tellState();
    expect(status).toBe(200);
    expect((await walk(hub.url)).leaking).toEqual(walled);
    hangUp();
  });

  it('no longer on states: what was told before is nowhere', async () => {
    await agree(['listening'], null);
    expect((await walk(hub.url)).leaking).toEqual([]);
  });
});

/** The first two bytes of a file. */
function sendPiece(person: SignedIn, path: string): Promise<Response> {
  const bytes = Buffer.from('%P');
  return fetch(`${hub.url}${path}?offset=0`, {
    method: 'PATCH', body: bytes,
    headers: { authorization: `Bearer ${person.token}`, 'content-type': CHUNK_CONTENT_TYPE, [CHUNK_CHECKSUM_HEADER]: createHash('sha256').update(bytes).digest('hex') },
  });
}

/** What each role is answered about a row of its own and about another's: 404 = as if it were not there. */
const reach: Partial<Record<RouteKey, Partial<Record<Role, { own: number; other: number }>>>> = {
  'GET /v1/devices/:deviceId': { collector: { own: 200, other: 403 }, lead: { own: 200, other: 403 }, admin: { own: 200, other: 403 }, inbound: { own: 200, other: 403 } },
  'POST /v1/devices/:deviceId/facts': { collector: { own: 200, other: 403 }, lead: { own: 200, other: 403 }, admin: { own: 200, other: 403 }, inbound: { own: 200, other: 403 } },
  // The walk gave the customer away: her own file is no longer hers to read; a lead is told that none came.
  'GET /v1/attachments/:factId': { collector: { own: 403, other: 403 }, lead: { own: 404, other: 404 }, inbound: { own: 403, other: 403 } },
  'PATCH /v1/attachments/:factId': { collector: { own: 200, other: 403 }, lead: { own: 200, other: 403 }, admin: { own: 200, other: 403 }, inbound: { own: 200, other: 403 } },
};

describe('own rows and those of others', () => {
  const cells = Object.entries(reach).flatMap(([route, byRole]) => Object.entries(byRole).flatMap(([role, statuses]) => (['own', 'other'] as const).map((whose) => ({
    route: route as RouteKey, role: role as Role, whose, status: statuses[whose],
  }))));

  it('every route with the id of a person\'s own thing stands in the table, for every role that may call it', () => {
    const personal = (Object.keys(routeAccess) as RouteKey[]).filter((route) => /:(deviceId|factId)/.test(route));
    expect(Object.keys(reach).sort()).toEqual(personal.sort());
    for (const route of personal) expect([route, Object.keys(reach[route] ?? {}).sort()]).toEqual([route, [...(routeAccess[route] as readonly Role[])].sort()]);
  });

  it.each(cells)('$route by $role: $whose', async ({ route, role, whose, status }) => {
    const person = people.get(role)!;
    const holder = whose === 'own' ? role : roles.find((other) => other !== role)!;
    const device = devices.get(holder)!;
    const [method = '', pattern = ''] = route.split(' ');
    const path = pattern.replace(':deviceId', device.deviceId).replace(':factId', files.get(holder)!);
    const response = method === 'PATCH' ? await sendPiece(person, path) : await request(hub, person.token, method, path, method === 'GET' ? undefined : { facts: device.facts });
    expect(response.status).toBe(status);
    if (status !== 200) expect(offends(await response.text())).toBe(false);
  });

  it('the feed brings each collector the own cases and nobody else\'s', async () => {
    const casesOf = async (person: SignedIn): Promise<boolean> => (await (await person.call('GET', '/v1/feed', undefined, { 'accept-encoding': 'identity' })).text()).includes(`"kind":"case","id":"${planted.caseId}"`);
    // The walk gave the customer to Bruno, who has it once Anna's lease is over; nobody else has it meanwhile.
    const other = await plantCase(hub.store, bruno.userId);
    expect(await casesOf(anna)).toBe(false);
    const his = await (await bruno.call('GET', '/v1/feed', undefined, { 'accept-encoding': 'identity' })).text();
    expect(his).toContain(`"kind":"case","id":"${other.caseId}"`);
    expect(await (await anna.call('GET', '/v1/feed', undefined, { 'accept-encoding': 'identity' })).text()).not.toContain(other.caseId);
  });
});
