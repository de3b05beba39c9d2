/**
 * Nothing that a lead's token can read names an operator beside a time (domain §3.11): every GET route is walked over data
 * in which the store itself has names, ids and times side by side (the negative control).
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { routeAccess } from '../../hub/routes/route-access.ts';
import type { Fact } from '../../shared/facts/fact-header.ts';
import type { CallId, CaseId, FactId } from '../../shared/id.ts';
import { newId } from '../../shared/id.ts';
import { standardConduct } from '../../shared/protocol/conduct-protocol.ts';
import { standardPacks } from '../../shared/script/standard-packs.ts';
import type { SignedIn, TestHub } from './hub-harness.ts';
import { fullCertificates } from '../../shared/testing/full-certificates.ts';
import { addAndSignIn, noAnswer, promiseToPay, pullPage, startTestHub, TestDevice } from './hub-harness.ts';
import type { PlantedCase } from './hub-receivables.ts';
import { plantCase } from './hub-receivables.ts';

let hub: TestHub;
let lina: SignedIn;
let planted: PlantedCase;
let named: string[];
let scriptId: string;
const device: { id: string; factId: FactId | null } = { id: '', factId: null };

function permit(): Fact['body'] {
  return {
    channel: 'phone-outbound', pointId: null, to: null, partyId: null, policy: { policyId: 'it-unirec', version: '1.0.0', conductVersion: null },
    counters: { conversationsToday: 0, conversationsThisWeek: 0, roundsToday: 0, roundsThisWeek: 0, callsInWindow: 0 }, allowedBy: null, validUntil: 0,
  };
}

/** An instant of this century in milliseconds, or written out. */
const instant = /\b1[6-9]\d{11}\b|\b20\d\d-\d\d-\d\dT\d\d:\d\d/;

function offends(text: string): boolean {
  return instant.test(text) && named.some((name) => text.includes(name));
}

beforeAll(async () => {
  hub = await startTestHub();
  lina = await addAndSignIn(hub, 'lina', 'lead');
  const anna = await addAndSignIn(hub, 'anna', 'collector', fullCertificates);
  const bruno = await addAndSignIn(hub, 'bruno', 'collector');
  planted = await plantCase(hub.store, anna.userId);
  const mine = new TestDevice(anna.userId);
  const promise = mine.add(planted.caseId, 'outcome-recorded', promiseToPay(99_999_999, '2031-01-01'));
  mine.add(planted.caseId, 'outcome-recorded', { ...noAnswer(), code: 'CBK', callback: { at: hub.clock.nowMs(), zone: 'Europe/Rome', audience: 'only-me' } });
  mine.add(planted.caseId, 'outcome-corrected', { targetFactId: promise.header.id, reason: 'slip', replacement: null });
  mine.add(newId<CaseId>(), 'note-added', { text: 'nowhere' });
  await mine.push(anna);
  // A call without a certificate for its tone, and the rules of the house.
  const others = new TestDevice(bruno.userId);
  others.add(planted.caseId, 'contact-permitted', permit(), { callId: newId<CallId>() });
  others.add(planted.caseId, 'outcome-recorded', noAnswer());
  others.add(planted.caseId, 'activity-suspended', { kind: 'excluded', invoiceId: null, until: null, reason: 'no' });
  await others.push(bruno);
  const leads = new TestDevice(lina.userId);
  const given = leads.add(planted.caseId, 'customer-assigned', { ownerId: bruno.userId, reason: 'back next week' });
  leads.add(planted.caseId, 'activity-suspended', { kind: 'suspended', invoiceId: null, until: null, reason: 'wait' });
  await leads.push(lina);
  const { version: _none, ...draft } = standardConduct(planted.creditorId);
  expect((await lina.call('PUT', `/v1/conduct/${planted.creditorId}`, draft)).status).toBe(200);
  expect((await lina.call('PUT', '/v1/calendar', { calendarId: 'agency', closures: [], patronSaints: [] })).status).toBe(200);
  expect((await lina.call('POST', '/v1/scripts', { pack: { ...standardPacks[0], version: '90.0.0' } })).status).toBe(201);
  scriptId = `${standardPacks[0]?.id ?? ''}@90.0.0`;
  await pullPage(bruno, '', others.deviceId);
  Object.assign(device, { id: leads.deviceId, factId: given.header.id });
  named = [anna, bruno].flatMap((person) => [person.userId, person.reply.user.displayName, person.reply.user.username, mine.deviceId, others.deviceId]);
});
afterAll(() => hub.discard());

describe('what a lead can read', () => {
  it('the store holds operators beside times, and the check sees it there', async () => {
    const rows = await hub.store.read((tx) => tx.selectFrom('facts').selectAll().execute());
    expect(rows.filter((row) => offends(JSON.stringify(row))).length).toBeGreaterThan(4);
    const cases = await hub.store.read((tx) => tx.selectFrom('entities').select('body').where('kind', '=', 'case').execute());
    expect(cases.every((row) => offends(row.body))).toBe(true);
  });

  const routes = Object.entries(routeAccess).filter(([route, access]) => route.startsWith('GET ') && (access === 'public' || (access as readonly string[]).includes('lead')));

  it('has something to walk', () => {
    expect(routes.map(([route]) => route)).toEqual(expect.arrayContaining(['GET /v1/lists', 'GET /v1/cases', 'GET /v1/cases/:caseId', 'GET /v1/collectors', 'GET /v1/feed', 'GET /v1/live',
      'GET /v1/conduct', 'GET /v1/scripts', 'GET /v1/scripts/:scriptId', 'GET /v1/certificates']));
  });

  it.each(routes.map(([route]) => route))('%s names nobody beside a time', async (route) => {
    const path = route.slice('GET '.length).replace(':caseId', planted.caseId).replace(':deviceId', device.id).replace(':factId', device.factId ?? '').replace(':scriptId', scriptId);
    const cut = new AbortController();
    const response = await fetch(hub.url + path, { signal: cut.signal, headers: { authorization: `Bearer ${lina.token}`, 'accept-encoding': 'identity' } });
    // A file that was never attached, an import that was never begun.
    expect([200, 400, 404]).toContain(response.status);
    let text = '';
    if (route === 'GET /v1/live' || route === 'GET /v1/board/live') {
      const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
      while (!text.includes('data: ')) text += (await reader.read()).value ?? '';
      await reader.cancel();
    } else {
      text = await response.text();
    }
    cut.abort();
    // Each line of the feed is an answer by itself: whose a certificate is stands in its own, with days and no moment.
    const answers = route === 'GET /v1/feed' ? text.split('\n') : [text];
    expect(answers.filter(offends).map((answer) => answer.slice(0, 2_000))).toEqual([]);
    if (route === 'GET /v1/feed') for (const part of ['"kind":"flag"', '"code":"not-certified"', '"kind":"certificate"', '"kind":"script"']) expect(text).toContain(part);
    if (route === 'GET /v1/scripts' || route === 'GET /v1/scripts/:scriptId') expect(text).toContain('"packVersion":"90.0.0"');
    if (route === 'GET /v1/certificates') expect(text).toContain('Display anna');
    if (route === 'GET /v1/cases/:caseId') expect(text).toContain('"outcome-recorded"');
    if (route === 'GET /v1/collectors') expect(text).toContain('Display anna');
  });
});
