/**
 * "These first", over a real hub and real desks: a lead puts a case, then a queue of the board, before the others; the list of whoever works
 * says so and why, until the lead ends it.
 *
 * Invariants: agreed callbacks stay before it; nothing else of a case changes; who may not decide changes nobody's order.
 */
import { expect, it } from 'vitest';
import type { WorklistRow } from '../../shared/contract/screens.ts';
import type { DeskProcess } from '../support/desk-process.ts';
import { openAgency, allSent } from '../support/agency.ts';
import { signInAs } from '../support/shift.ts';

const locale = 'it' as const;
const everything = { view: 'to-work', creditorId: null } as const;
const isFree = ({ blocked, reasons }: WorklistRow): boolean => blocked === null && reasons[0]?.key !== 'callback-due';
const whyOf = ({ reasons }: WorklistRow): string | undefined => reasons.find(({ key }) => key === 'prioritised')?.params['reason'] as string | undefined;
const untilRows = async (desk: DeskProcess, holds: (free: WorklistRow[]) => boolean): Promise<WorklistRow[]> => (await desk.until('list-worklist', everything, ({ rows }) => holds(rows.filter(isFree)))).rows;

it('moves a case and a queue to the front of the list with why, and back', async () => {
  const agency = await openAgency();
  const [carla, lina] = [await agency.startDesk('carla'), await agency.startDesk('lina')];
  await signInAs(carla, 'carla');
  await signInAs(lina, 'laura.lead');
  const before = await untilRows(carla, (rows) => rows.length > 4);
  const free = before.filter(isFree);
  const last = free.at(-1);
  const other = free.find(({ creditorId, tone }) => creditorId !== last?.creditorId || tone !== last.tone);
  if (last === undefined || other === undefined) throw new Error('a list of one queue');

  expect(await carla.command('set-priority', { caseId: last.caseId, queue: null, untilText: '', reason: 'mi va', locale })).toMatchObject({ ok: false, error: { code: 'lead-only' } });
  expect(await lina.command('set-priority', { caseId: last.caseId, queue: null, untilText: 'ieri', reason: 'lo chiede il committente', locale })).toMatchObject({ ok: false, error: { details: { field: 'until' } } });
  expect(await lina.command('set-priority', { caseId: last.caseId, queue: null, untilText: '', reason: ' ', locale })).toMatchObject({ ok: false, error: { details: { field: 'reason' } } });
  expect(await lina.command('set-priority', { caseId: last.caseId, queue: null, untilText: '', reason: 'lo chiede il committente', locale })).toMatchObject({ ok: true });
  const withCase = await untilRows(carla, (rows) => rows[0]?.caseId === last.caseId);
  const raised = withCase.find(({ caseId }) => caseId === last.caseId);
  expect(raised?.reasons.slice(0, 2)).toEqual([last.reasons[0], { key: 'prioritised', params: expect.objectContaining({ reason: 'lo chiede il committente' }) as unknown }]);
  // Nothing else moved: the others stand as they stood, callbacks before it.
  const without = (rows: WorklistRow[]): string[] => rows.flatMap(({ caseId }) => (caseId === last.caseId ? [] : [caseId]));
  expect(without(withCase)).toEqual(without(before));

  const { creditorId, tone } = other;
  expect(await lina.command('set-priority', { caseId: null, queue: { creditorId, tone }, untilText: '+7', reason: 'chiusura del mese', locale })).toMatchObject({ ok: true });
  const isIn = (row: WorklistRow): boolean => row.creditorId === creditorId && row.tone === tone;
  const withQueue = await untilRows(carla, (rows) => rows.some(isIn) && rows.filter(isIn).every((row) => whyOf(row) === 'chiusura del mese'));
  const order = withQueue.filter(isFree).map((row) => isIn(row) || row.caseId === last.caseId);
  expect(order).toEqual(order.toSorted((a, b) => Number(b) - Number(a)));
  expect(order).toContain(false);
  expect(withQueue.filter((row) => whyOf(row) !== undefined && !isIn(row)).map(({ caseId }) => caseId)).toEqual([last.caseId]);
  const shown = await carla.query('show-case', { caseId: last.caseId });
  expect(shown.ok && shown.value.history.some((entry) => entry.kind === 'priority' && entry.reason === 'lo chiede il committente')).toBe(true);

  // A desk that comes later has it from the snapshot; a lead ends both.
  await carla.stop();
  const { rows: [priority] } = await lina.until('list-priorities', {}, ({ rows }) => rows.length === 1);
  if (priority === undefined) throw new Error('no priority');
  expect(priority).toMatchObject({ creditorId, tone, reason: 'chiusura del mese' });
  const again = await agency.startDesk('carla-2');
  await signInAs(again, 'carla');
  await untilRows(again, (rows) => rows.some((row) => whyOf(row) === 'chiusura del mese'));
  expect(await lina.command('end-priority', { priorityId: priority.priorityId, reason: 'mese chiuso' })).toMatchObject({ ok: true });
  await untilRows(again, (rows) => rows.every((row) => whyOf(row) !== 'chiusura del mese'));
  await lina.until('list-priorities', {}, ({ rows }) => rows.length === 0);
  expect(await lina.command('end-priority', { priorityId: priority.priorityId, reason: 'mese chiuso' })).toMatchObject({ ok: false, error: { code: 'nothing-to-resume' } });
  const led = await lina.query('show-lead-case', { caseId: last.caseId });
  const own = led.ok ? led.value.resumable.find(({ kind }) => kind === 'priority') : undefined;
  if (own === undefined) throw new Error('the case’s own priority is not there to be ended');
  expect(await lina.command('resume-activity', { caseId: last.caseId, targetFactId: own.factId, reason: 'fatto' })).toMatchObject({ ok: true });
  const after = await untilRows(again, (rows) => rows.length > 4 && rows.every((row) => whyOf(row) === undefined));
  await allSent(lina);
  expect(after.filter(isFree).map(({ caseId }) => caseId)).toEqual(free.map(({ caseId }) => caseId));
  const flags = await lina.query('list-flags', {});
  expect(flags.ok && flags.value.rows.filter(({ about }) => about?.type === 'priority-set' || about?.type === 'activity-resumed')).toEqual([]);
});
