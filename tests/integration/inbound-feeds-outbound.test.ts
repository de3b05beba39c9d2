/**
 * What a caller said moves the outbound step at once: on a desk that is in a call about the very case, and on one that was away.
 * Invariant: the open call stays as it is; the case rests with the reason, and its history says what was said and why they called.
 */
import { expect, it } from 'vitest';
import type { WorklistRow } from '../../shared/contract/screens.ts';
import type { OutcomeForm } from '../../shared/contract/outcome-form.ts';
import { runHub } from '../support/hub-process.ts';
import type { Agency } from '../support/agency.ts';
import { allSent, openAgency, workableRows } from '../support/agency.ts';
import type { DeskProcess } from '../support/desk-process.ts';
import { demoPassword, plainForm, signInAs } from '../support/shift.ts';

const locale = 'it' as const;

async function answeringDesk(agency: Agency): Promise<DeskProcess> {
  await runHub(['users', 'add', '--data', agency.hub.dataDir, '--username', 'ines', '--name', 'Ines Risponde', '--role', 'inbound', '--password', demoPassword]);
  const desk = await agency.startDesk('ines');
  await signInAs(desk, 'ines');
  return desk;
}

/** Looks the case up and saves what its customer said on the telephone; waits until the hub has it. */
async function note(desk: DeskProcess, row: WorklistRow, parts: Partial<OutcomeForm> & Pick<OutcomeForm, 'code'>): Promise<void> {
  expect(await desk.command('serve-case', { caseId: row.caseId, reason: 'search', callId: null })).toMatchObject({ ok: true });
  const shown = await desk.query('show-case', { caseId: row.caseId });
  if (!shown.ok) throw new Error(shown.error.code);
  const basedOn = { caseRevision: shown.value.revision, scriptVersion: null };
  const [identityMethod = null] = shown.value.identityMethods;
  const saved = await desk.command('record-outcome', { caseId: row.caseId, locale, basedOn, form: plainForm(parts.code, { identityMethod, ...parts }) });
  expect(saved).toMatchObject({ ok: true });
  await allSent(desk);
}

it('reaches the colleague who has the case, inside a call about it and after being away', async () => {
  const agency = await openAgency();
  let carla = await agency.startDesk('carla');
  await signInAs(carla, 'carla');
  const [row, later] = await workableRows(carla);
  if (row === undefined || later === undefined) throw new Error('a list of fewer than two');
  const ines = await answeringDesk(agency);

  const before = await carla.query('show-case', { caseId: row.caseId });
  if (!before.ok) throw new Error(before.error.code);
  const pointId = before.value.numbers.find(({ usable }) => usable)?.numberId ?? null;
  const basedOn = { caseRevision: before.value.revision, scriptVersion: null };
  const begun = await carla.command('start-call', { caseId: row.caseId, direction: 'outbound', pointId, locale, basedOn });
  if (!begun.ok) throw new Error(begun.error.code);

  await note(ines, row, { code: 'PAID', dateText: 'ieri', method: 'bank-transfer', proof: 'requested', reasons: ['paid', 'balance'] });
  const seen = await carla.until('show-case', { caseId: row.caseId }, ({ history }) => history.some((entry) => entry.kind === 'outcome' && entry.outcome.code === 'PAID'));
  expect(seen.history.find((entry) => entry.kind === 'outcome' && entry.outcome.code === 'PAID')).toMatchObject({ mine: false, outcome: { channel: 'phone-inbound', reasons: ['paid', 'balance'] } });
  expect(seen.blocked).not.toBeNull();
  // The call about it runs on, and ends in an outcome of its own.
  expect(await carla.query('show-call', { locale })).toMatchObject({ ok: true, value: { call: { callId: begun.value.call.callId, caseId: row.caseId } } });
  expect(await carla.command('record-outcome', { caseId: row.caseId, locale, basedOn, form: plainForm('NA', { channel: 'phone-outbound', identityMethod: null, reasons: [] }) })).toMatchObject({ ok: true });
  await allSent(carla);
  const left = await carla.until('list-worklist', { view: 'to-work', creditorId: null }, ({ rows }) => rows.every(({ caseId, blocked }) => caseId !== row.caseId || blocked !== null));
  expect(left.rows.find(({ caseId }) => caseId === later.caseId)?.blocked).toBeNull();

  await carla.stop();
  await note(ines, later, { code: 'DNC', refusedScope: 'person', reasons: ['complaint'] });
  carla = await agency.startDesk('carla');
  await signInAs(carla, 'carla');
  const stopped = await carla.until('show-case', { caseId: later.caseId }, ({ blocked }) => blocked !== null);
  expect(stopped.history[0]).toMatchObject({ kind: 'outcome', outcome: { code: 'DNC', reasons: ['complaint'] } });
  const refused = await carla.command('start-call', { caseId: later.caseId, direction: 'outbound', pointId: null, locale, basedOn: { caseRevision: stopped.revision, scriptVersion: null } });
  expect(refused).toMatchObject({ ok: false, error: { code: 'contact-blocked' } });
});
