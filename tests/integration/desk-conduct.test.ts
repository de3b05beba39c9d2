/**
 * How a contact is allowed, begun, checked, led and closed, over a real desk and a real hub.
 *
 * The hub's demo data; the clock is that of tests (a Tuesday morning), moved where a rule is about the hour.
 */
import { expect, it } from 'vitest';
import type { WorklistRow } from '../../shared/contract/screens.ts';
import type { CallScreen } from '../../shared/contract/conduct-channels.ts';
import type { CaseId } from '../../shared/id.ts';
import type { Agency } from '../support/agency.ts';
import { allSent, openAgency, workableRows } from '../support/agency.ts';
import { DeskProcess } from '../support/desk-process.ts';
import { plainForm, promiseForm, signInAs } from '../support/shift.ts';

const basedOn = { caseRevision: 1, scriptVersion: null };
const locale = 'it' as const;
const outbound = { channel: 'phone-outbound' as const };
/** Of the hour of tests, Tuesday half past nine. */
const HOUR_MS = 3_600_000;

async function signedIn(agency: Agency, profile: string, hoursLater = 0): Promise<DeskProcess> {
  const shift = Number(process.env['PREMURA_TEST_CLOCK_SHIFT_MS'] ?? 0) + hoursLater * HOUR_MS;
  const desk = await DeskProcess.start({ profileDir: `${agency.folder}/${profile}`, hubUrl: agency.hub.url, hubKey: 'agency' }, { PREMURA_TEST_CLOCK_SHIFT_MS: String(shift) });
  await signInAs(desk, 'carla');
  return desk;
}

async function start(desk: DeskProcess, row: WorklistRow, parts: { pointId?: CallScreen['pointId']; direction?: 'outbound' | 'inbound' } = {}): Promise<CallScreen> {
  const pointId = parts.pointId === undefined ? await firstPoint(desk, row.caseId) : parts.pointId;
  const started = await desk.command('start-call', { caseId: row.caseId, direction: parts.direction ?? 'outbound', pointId, locale, basedOn });
  if (!started.ok) throw new Error(`${started.error.code} ${JSON.stringify(started.error.details)}`);
  return started.value.call;
}

async function firstPoint(desk: DeskProcess, caseId: CaseId): Promise<CallScreen['pointId']> {
  const shown = await desk.query('show-case', { caseId });
  if (!shown.ok) throw new Error(shown.error.code);
  return shown.value.numbers.find(({ usable }) => usable)?.numberId ?? null;
}


it('begins with a permit, opens the gate, and closes with the outcome: one contact at the hub', async () => {
  const agency = await openAgency();
  const desk = await signedIn(agency, 'carla');
  const [row, other] = await workableRows(desk);
  if (row === undefined || other === undefined) throw new Error('an empty list');
  const call = await start(desk, row);
  expect(call).toMatchObject({ caseId: row.caseId, direction: 'outbound', gate: { state: 'unconfirmed', method: null } });
  expect(call.walk?.step).not.toBeNull();
  // One at a time, whatever the case.
  expect(await desk.command('start-call', { caseId: other.caseId, direction: 'inbound', pointId: null, locale, basedOn })).toMatchObject({ ok: false, error: { code: 'call-open' } });
  // An agreement stands on a confirmed identity.
  expect(await desk.command('record-outcome', { caseId: row.caseId, locale, basedOn, form: promiseForm({ ...outbound, amountText: '10,50', identityMethod: null }) }))
    .toMatchObject({ ok: false, error: { code: 'identity-missing', details: { field: 'identityMethod' } } });
  expect(await desk.command('check-identity', { callId: call.callId, locale, result: 'confirmed', method: null, partyId: null }))
    .toMatchObject({ ok: false, error: { code: 'identity-missing' } });
  const method = call.gate.methods[0] ?? null;
  const checked = await desk.command('check-identity', { callId: call.callId, locale, result: 'confirmed', method, partyId: null });
  expect(checked).toMatchObject({ ok: true, value: { call: { gate: { state: 'confirmed', method } } } });
  const saved = await desk.command('record-outcome', { caseId: row.caseId, locale, basedOn, form: promiseForm({ ...outbound, amountText: '10,50', identityMethod: null }) });
  expect(saved.ok).toBe(true);
  expect(await desk.query('show-call', { locale })).toEqual({ ok: true, value: { call: null, waiting: [] } });

  await allSent(desk);
  const shown = await desk.query('show-case', { caseId: row.caseId });
  expect(shown).toMatchObject({ ok: true, value: { history: expect.arrayContaining([expect.objectContaining({ kind: 'call', isPermitted: true }), expect.objectContaining({ kind: 'script' })]) as unknown } });
  // The permit was for that contact: the next call the same day is refused by the conversation that was.
  const again = await desk.command('start-call', { caseId: row.caseId, direction: 'outbound', pointId: call.pointId, locale, basedOn });
  expect(again).toMatchObject({ ok: false, error: { code: 'contact-blocked', details: { code: 'conversations-today', overridable: true } } });
  expect((again.ok ? 0 : Number(again.error.details['nextAllowedAtMs']))).toBeGreaterThan(call.startedAtMs);
});

it('an attempt without an open call takes its permit by itself; a second at once is refused, and saved when it happened all the same', async () => {
  const agency = await openAgency();
  const desk = await signedIn(agency, 'carla');
  const [row] = await workableRows(desk);
  if (row === undefined) throw new Error('an empty list');
  const numberId = await firstPoint(desk, row.caseId);
  const record = (parts: { withoutPermit?: boolean } = {}): ReturnType<typeof desk.command<'record-outcome'>> =>
    desk.command('record-outcome', { caseId: row.caseId, locale, basedOn, form: plainForm('NA', { ...outbound, numberId, ...parts }) });
  expect((await record()).ok).toBe(true);
  expect(await record()).toMatchObject({ ok: false, error: { code: 'contact-blocked', details: { code: 'number-tried' } } });
  const guard = await desk.query('show-guard', { caseId: row.caseId, locale });
  expect(guard).toMatchObject({ ok: true, value: { counters: { roundsToday: 1 }, certificate: 'full' } });
  expect(guard.ok && guard.value.points.find(({ pointId }) => pointId === numberId)).toMatchObject({ allowed: false, code: 'number-tried', overridable: true });
  expect((await record({ withoutPermit: true })).ok).toBe(true);
  await allSent(desk);
  const types = (await desk.query('show-sync', {}));
  expect(types.ok).toBe(true);
});

it('is there again after kill -9: call, gate and step; cancelled, nothing rang', async () => {
  const agency = await openAgency();
  const desk = await signedIn(agency, 'carla');
  const [row] = await workableRows(desk);
  if (row === undefined) throw new Error('an empty list');
  const call = await start(desk, row);
  const first = call.walk?.step;
  const answer = first?.answers.find(({ ends }) => !ends);
  if (first == null || answer === undefined) throw new Error('a script without a second step');
  const walked = await desk.command('walk-script', { callId: call.callId, locale, action: { kind: 'answer', stepId: first.stepId, answerId: answer.answerId, values: {} } });
  const before = walked.ok ? walked.value.call : null;
  expect(before?.walk?.step?.stepId).not.toBe(first.stepId);
  // Where the page no longer stands, nothing is answered.
  expect(await desk.command('walk-script', { callId: call.callId, locale, action: { kind: 'answer', stepId: first.stepId, answerId: answer.answerId, values: {} } })).toMatchObject({ ok: false });
  await desk.kill();

  const next = await signedIn(agency, 'carla');
  expect(await next.query('show-call', { locale })).toEqual({ ok: true, value: { call: before, waiting: [] } });
  expect(await next.command('cancel-call', { callId: call.callId, locale })).toEqual({ ok: true, value: { call: null } });
  expect(await next.query('show-call', { locale })).toEqual({ ok: true, value: { call: null, waiting: [] } });
  expect(await next.command('check-identity', { callId: call.callId, locale, result: 'minor', method: null, partyId: null })).toMatchObject({ ok: false, error: { code: 'call-not-open' } });
  // Nothing rang, so the number may be called.
  const again = await start(next, row);
  expect(again.callId).not.toBe(call.callId);
  await next.kill();
  // Longer ago than a shift: closed as interrupted, an attempt.
  const tomorrow = await signedIn(agency, 'carla', 13);
  expect(await tomorrow.query('show-call', { locale })).toEqual({ ok: true, value: { call: null, waiting: [] } });
  await tomorrow.stop();
});

it('nobody is called at night or on a Sunday: neither by a call, nor by a note of one, nor by a callback', async () => {
  const agency = await openAgency();
  for (const [hours, code] of [[13, 'hours'], [5 * 24, 'sunday']] as const) {
    const desk = await signedIn(agency, `carla-${code}`, hours);
    const list = await desk.until('list-worklist', { view: 'to-work', creditorId: null }, (value) => value.rows.length > 0);
    expect(list.callableFrom).not.toBeNull();
    const row = list.rows.find(({ blocked }) => blocked?.reason.key === 'outside-hours');
    if (row === undefined) throw new Error('nothing is shut');
    expect(row.blocked?.until).not.toBeNull();
    const refused = { ok: false, error: { code: 'contact-blocked', details: { code, overridable: false } } };
    expect(await desk.command('start-call', { caseId: row.caseId, direction: 'outbound', pointId: null, locale, basedOn })).toMatchObject(refused);
    expect(await desk.command('record-outcome', { caseId: row.caseId, locale, basedOn, form: plainForm('NA', outbound) })).toMatchObject(refused);
    // The customer may call whenever they like.
    const call = await start(desk, row, { direction: 'inbound', pointId: null });
    expect(await desk.command('record-outcome', { caseId: row.caseId, locale, basedOn, form: plainForm('CBK', { dateText: 'dom 10:00', callbackAudience: 'anyone' }) }))
      .toMatchObject({ ok: false, error: { code: 'moment-outside-hours' } });
    expect((await desk.command('cancel-call', { callId: call.callId, locale })).ok).toBe(true);
    await desk.stop();
  }
});


it('puts the list in another order when a lead publishes other hours, and back again, while the desk runs', async () => {
  const agency = await openAgency();
  const desk = await signedIn(agency, 'carla');
  const before = await desk.until('list-worklist', { view: 'to-work', creditorId: null }, ({ rows }) => rows.length > 0);
  const first = before.rows[0];
  if (first === undefined) throw new Error('an empty list');
  const lead = await agency.startDesk('laura');
  await signInAs(lead, 'laura.lead');
  const overview = await lead.query('show-conduct', {});
  const conduct = overview.ok ? overview.value.creditors.find(({ creditorId }) => creditorId === first.creditorId)?.conduct : undefined;
  if (conduct == null) throw new Error('no conduct of this creditor');
  const { version, ...draft } = conduct;
  const publish = (after: number, stricter: typeof draft.stricter): Promise<unknown> => lead.command('publish-conduct', { after, draft: { ...draft, stricter } });
  // Half an hour from now.
  const fromTen = { hours: { weekday: [{ from: '10:00', to: '12:00' }] } };
  expect(await publish(version, { 'it-unirec': fromTen, 'it-business': fromTen })).toMatchObject({ ok: true });
  const closed = await desk.until('list-worklist', { view: 'to-work', creditorId: null }, ({ rows }) => rows[0]?.creditorId !== first.creditorId);
  const ready = closed.rows.filter(({ blocked }) => blocked === null || blocked.reason.key === 'outside-hours');
  // First whoever may be called, then whoever may not yet, with the reason and the hour.
  const places = ready.map(({ blocked }) => blocked !== null);
  expect(places).toEqual(places.toSorted());
  expect(closed.rows.find(({ caseId }) => caseId === first.caseId)?.blocked).toMatchObject({ reason: { key: 'outside-hours' }, until: expect.any(Number) as number });
  const next = await desk.query('find-next-case', { exceptCaseId: null });
  expect(next).toMatchObject({ ok: true, value: { caseId: closed.rows[0]?.caseId } });
  expect(await desk.command('start-call', { caseId: first.caseId, direction: 'outbound', pointId: await firstPoint(desk, first.caseId), locale, basedOn }))
    .toMatchObject({ ok: false, error: { code: 'contact-blocked', details: { code: 'hours' } } });

  expect(await publish(version + 1, {})).toMatchObject({ ok: true });
  const after = await desk.until('list-worklist', { view: 'to-work', creditorId: null }, ({ rows }) => rows[0]?.creditorId === first.creditorId);
  expect(after.rows.map(({ caseId, blocked }) => [caseId, blocked])).toEqual(before.rows.map(({ caseId, blocked }) => [caseId, blocked]));
  await desk.stop();
});
