/**
 * Restored backups and cloned disks (design §4).
 * Invariant: whatever was acknowledged ends at the hub exactly once, under any device.
 */
import { cpSync, rmSync } from 'node:fs';
import { expect, it } from 'vitest';
import { allSent, openAgency, workableRows } from '../support/agency.ts';
import type { DeskProcess } from '../support/desk-process.ts';
import { runHub } from '../support/hub-process.ts';
import { signInAs } from '../support/shift.ts';

const basedOn = { caseRevision: 1, scriptVersion: null };

async function addNotes(desk: DeskProcess, texts: string[]): Promise<string[]> {
  const rows = await workableRows(desk);
  const ids: string[] = [];
  for (const text of texts) {
    const caseId = rows[0]?.caseId;
    if (caseId === undefined) throw new Error('nothing to work');
    const saved = await desk.command('add-note', { caseId, text, basedOn });
    if (!saved.ok) throw new Error(saved.error.code);
    ids.push(saved.value.factId);
  }
  return ids;
}

async function idsAtHub(dataDir: string): Promise<string[]> {
  return (await runHub(['facts', '--ids', '--data', dataDir])).split('\n').filter((line) => line !== '');
}

/** The restored hub knows no session of today: the operator is asked to sign in again. */
async function signInAfresh(desk: DeskProcess): Promise<void> {
  await desk.command('sync-now', {});
  await desk.until('show-sync', {}, (value) => value.problem?.messageKey === 'error.signInAgain');
  await desk.command('sign-out', {});
  await signInAs(desk, 'carla');
  await allSent(desk);
}

async function chainsHold(dataDir: string): Promise<void> {
  expect(JSON.parse(await runHub(['verify', '--json', '--data', dataDir]))).toMatchObject({ ok: true });
}

it('a desk restored from a backup takes a new device id and loses nothing', async () => {
  const agency = await openAgency();
  let desk = await agency.startDesk('pc');
  await signInAs(desk, 'carla');
  const before = await addNotes(desk, ['uno', 'due']);
  await allSent(desk);
  await desk.stop();
  cpSync(`${agency.folder}/pc`, `${agency.folder}/backup`, { recursive: true });

  desk = await agency.startDesk('pc');
  await signInAs(desk, 'carla');
  const lost = await addNotes(desk, ['tre', 'quattro']);
  await allSent(desk);
  await desk.stop();

  rmSync(`${agency.folder}/pc`, { recursive: true });
  cpSync(`${agency.folder}/backup`, `${agency.folder}/pc`, { recursive: true });
  await agency.killHub();
  desk = await agency.startDesk('pc');
  await signInAs(desk, 'carla');
  const after = await addNotes(desk, ['cinque', 'sei', 'sette']);
  await agency.startHub();
  await desk.command('sync-now', {});
  await allSent(desk);
  await desk.stop();
  const held = await idsAtHub(agency.hub.dataDir);
  expect(held.toSorted()).toEqual([...before, ...lost, ...after].toSorted());
  await chainsHold(agency.hub.dataDir);
});

it('two desks on a cloned disk both keep everything they saved', async () => {
  const agency = await openAgency();
  const original = await agency.startDesk('pc');
  await signInAs(original, 'carla');
  const common = await addNotes(original, ['prima']);
  await allSent(original);
  await original.stop();
  cpSync(`${agency.folder}/pc`, `${agency.folder}/clone`, { recursive: true });
  const [first, second] = [await agency.startDesk('pc'), await agency.startDesk('clone')];
  await signInAs(first, 'carla');
  await signInAs(second, 'carla');
  const [a, b] = [await addNotes(first, ['a1', 'a2']), await addNotes(second, ['b1', 'b2', 'b3'])];
  await allSent(first);
  await allSent(second);
  const held = await idsAtHub(agency.hub.dataDir);
  expect(held.toSorted()).toEqual([...common, ...a, ...b].toSorted());
  await chainsHold(agency.hub.dataDir);
});

it('a hub restored from last night’s backup gets back what it lost', async () => {
  const agency = await openAgency();
  const desk = await agency.startDesk('pc');
  await signInAs(desk, 'carla');
  const early = await addNotes(desk, ['mattina']);
  await allSent(desk);
  await agency.killHub();
  cpSync(`${agency.folder}/hub`, `${agency.folder}/hub-backup`, { recursive: true });
  await agency.startHub();
  await desk.command('sync-now', {});
  const late = await addNotes(desk, ['pomeriggio', 'sera']);
  await allSent(desk);
  await agency.killHub();
  rmSync(`${agency.folder}/hub`, { recursive: true });
  cpSync(`${agency.folder}/hub-backup`, `${agency.folder}/hub`, { recursive: true });
  await agency.startHub();
  await desk.command('sync-now', {});
  await desk.until('show-sync', {}, (value) => value.network === 'online' && value.unsentCount === 0);
  expect((await idsAtHub(agency.hub.dataDir)).toSorted()).toEqual([...early, ...late].toSorted());
  await chainsHold(agency.hub.dataDir);
});

it('a hub that was restored after a desk had forked gets back what it confirmed before the fork', async () => {
  const agency = await openAgency();
  let desk = await agency.startDesk('pc');
  await signInAs(desk, 'carla');
  await allSent(desk);
  await agency.killHub();
  cpSync(`${agency.folder}/hub`, `${agency.folder}/hub-backup`, { recursive: true });
  await agency.startHub();
  await desk.command('sync-now', {});
  const early = await addNotes(desk, ['uno', 'due']);
  await allSent(desk);
  await desk.stop();
  cpSync(`${agency.folder}/pc`, `${agency.folder}/clone`, { recursive: true });
  desk = await agency.startDesk('pc');
  await signInAs(desk, 'carla');
  const late = await addNotes(desk, ['tre']);
  await allSent(desk);
  const clone = await agency.startDesk('clone');
  await signInAs(clone, 'carla');
  const cloned = await addNotes(clone, ['quattro']);
  await allSent(clone);

  await agency.killHub();
  rmSync(`${agency.folder}/hub`, { recursive: true });
  cpSync(`${agency.folder}/hub-backup`, `${agency.folder}/hub`, { recursive: true });
  await agency.startHub();
  await signInAfresh(clone);
  expect((await idsAtHub(agency.hub.dataDir)).toSorted()).toEqual([...early, ...cloned].toSorted());
  await signInAfresh(desk);
  expect((await idsAtHub(agency.hub.dataDir)).toSorted()).toEqual([...early, ...late, ...cloned].toSorted());
  await chainsHold(agency.hub.dataDir);
});
