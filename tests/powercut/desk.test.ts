/**
 * Power cuts under desks at work, with the hub in reach and without it.
 *
 * Invariant: what a desk acknowledged is on the disk after every cut and at the hub in the end, once; nothing is
 * half-applied; every chain verifies. The control, the same desk with `synchronous=NORMAL`, must lose.
 */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it, onTestFinished } from 'vitest';
import { createRandom } from '../../shared/testing/random.ts';
import { newRandomHex } from '../../shared/id.ts';
import { plantHub, PASSWORD } from '../crash/planted-hub.ts';
import { auditHub } from '../simulate/audit.ts';
import { HubAccount } from '../simulate/hub-account.ts';
import { HubProcess } from '../support/hub-process.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { DeskOnDisk } from './desk-on-disk.ts';
import type { CutFigures } from './figures.ts';
import { controlCutsToMake, cutsToMake, sayFigures, seedOr, sumFigures } from './figures.ts';
import { settleAll } from './settle-all.ts';

/** Each on a disk of its own: on one disk, one desk's sync would save another's bytes. */
const DESKS = 5;

interface Trial {
  desks: DeskOnDisk[];
  names: string[];
  figures: CutFigures;
  startHub(): Promise<HubProcess>;
}

async function cutDesks(name: string, options: { cuts: number; online: boolean; entry?: string }): Promise<Trial> {
  const seed = seedOr(() => Number.parseInt(newRandomHex(4), 16));
  const dataDir = join(temporaryFolder(), 'hub');
  const names = await plantHub(dataDir, DESKS);
  let hub: HubProcess | null = null;
  let port = 0;
  const startHub = async (): Promise<HubProcess> => {
    hub = await HubProcess.start(dataDir, { port, extra: ['--quiet'] });
    ({ port } = hub);
    return hub;
  };
  const { url } = await startHub();
  onTestFinished(() => hub?.stop());
  const desks = await settleAll(names.map((username, place) =>
    DeskOnDisk.signOn({ username, hubUrl: url, random: createRandom(seed + place), ...(options.entry === undefined ? {} : { entry: options.entry }) })));
  if (!options.online) await (hub as HubProcess | null)?.stop();
  await settleAll(desks.map(async (desk) => {
    for (let cut = 0; cut < options.cuts / DESKS; cut += 1) await desk.liveThroughCut();
  }));
  const figures = sumFigures(desks.map((desk) => desk.figures));
  sayFigures(name, seed, figures);
  expect(figures.cuts).toBe(options.cuts);
  // The cuts fell into work, and they did cut: a rig that loses nothing at all proves nothing.
  expect(figures.interrupted).toBeGreaterThan(options.cuts / 2);
  expect(figures.unsyncedGone).toBeGreaterThan(options.cuts / 2);
  return { desks, names, figures, startHub };
}

it.each([{ online: true, name: 'desk, hub in reach' }, { online: false, name: 'desk, no network' }])('$name: loses, doubles and halves nothing', async ({ online, name }) => {
  const { desks, names, figures, startHub } = await cutDesks(name, { cuts: cutsToMake() / 2, online });
  expect(figures.faults).toEqual([]);
  expect(figures.lost).toBe(0);
  const url = online ? desks[0]!.hubUrl : (await startHub()).url;
  await Promise.all(desks.map((desk) => desk.finish()));
  const admin = await HubAccount.signIn(url, 'admin', PASSWORD);
  const people = await Promise.all(names.map((username) => HubAccount.signIn(url, username, PASSWORD)));
  const acknowledged = new Set(desks.flatMap((desk) => desk.acknowledged.map((fact) => fact.factId)));
  expect(await auditHub({ admin, people, acknowledged, before: new Set() })).toEqual({
    atHub: acknowledged.size, lost: [], duplicated: [], chainOk: true,
  });
});

it('finds that a desk with synchronous=NORMAL loses what it acknowledged', async () => {
  const entry = fileURLToPath(new URL('normal-synchronous-desk.ts', import.meta.url));
  const { figures } = await cutDesks('control, desk with synchronous=NORMAL', { cuts: controlCutsToMake(), online: false, entry });
  expect(figures.lost).toBeGreaterThan(0);
});
