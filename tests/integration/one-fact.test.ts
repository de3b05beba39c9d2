/**
 * One fact, the whole way: real desk, real hub, real disk.
 * Invariant: what the desk acknowledged is at the hub exactly once, through a dead network,
 * a dead hub and a dead desk.
 */
import { expect, it } from 'vitest';
import type { CaseId } from '../../shared/id.ts';
import { DeskProcess } from '../support/desk-process.ts';
import { HubProcess, runHub } from '../support/hub-process.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { promiseForm, signInAs } from '../support/shift.ts';

it('brings a promise from the desk to the hub and to the lead, across offline work', async () => {
  const folder = temporaryFolder();
  let hub = await HubProcess.start(`${folder}/hub`, { demo: true });
  const collector = await DeskProcess.start({ profileDir: `${folder}/carla`, hubUrl: hub.url });
  await signInAs(collector, 'carla');
  const list = await collector.until('list-worklist', { view: 'to-work', creditorId: null }, (value) => value.rows.length > 0);
  const row = list.rows[0];
  if (row === undefined) throw new Error('an empty worklist');

  const saved = await collector.command('record-outcome', {
    caseId: row.caseId, locale: 'it', form: promiseForm({ amountText: '10,50', dateText: '+3' }), basedOn: { caseRevision: 1, scriptVersion: 'x@1' },
  });
  expect(saved).toMatchObject({ ok: true, value: { outcome: { code: 'PTP', promise: { parts: [{ amountCents: 1050 }] } } } });
  await collector.until('show-sync', {}, (value) => value.unsentCount === 0 && value.network === 'online');

  await hub.kill();
  await collector.until('show-sync', {}, (value) => value.network === 'offline');
  const offline = await collector.command('record-outcome', {
    caseId: list.rows[1]?.caseId as CaseId, locale: 'it', form: promiseForm({ amountText: '11,00', dateText: '+3' }), basedOn: { caseRevision: 1, scriptVersion: null },
  });
  expect(offline.ok).toBe(true);
  // The outcome and the permit it stands on are one contact, and counted as one.
  expect((await collector.query('show-sync', {}))).toMatchObject({ ok: true, value: { unsentCount: 1 } });

  hub = await HubProcess.start(`${folder}/hub`, { port: hub.port });
  await collector.command('sync-now', {});
  await collector.until('show-sync', {}, (value) => value.unsentCount === 0);

  const lead = await DeskProcess.start({ profileDir: `${folder}/lead`, hubUrl: hub.url });
  await signInAs(lead, 'laura.lead');
  const incoming = await lead.until('list-incoming', {}, (value) => value.rows.length === 2);
  expect(incoming.rows.map((entry) => entry.amountCents).sort()).toEqual([1050, 1100]);
  expect(incoming.totals).toMatchObject({ outcomes: 2, promises: 2, promisedCents: { EUR: 2150 } });
  expect(JSON.stringify(incoming)).not.toContain('carla');

  await collector.stop();
  await lead.stop();
  await hub.stop();
  const ids = (await runHub(['facts', '--ids', '--data', `${folder}/hub`])).trim().split('\n');
  // Each promise stands on a confirmed identity, a fact of its own.
  expect(new Set(ids).size).toBe(4);
  expect(JSON.parse(await runHub(['verify', '--json', '--data', `${folder}/hub`]))).toMatchObject({ ok: true });
});
