/** A small agency for tests: a hub with the demo data and desks that end with the test. */
import { onTestFinished } from 'vitest';
import type { DeskConfig } from '../../shared/contract/host-protocol.ts';
import type { WorklistRow } from '../../shared/contract/screens.ts';
import type { KeychainOperation } from './desk-process.ts';
import { DeskProcess } from './desk-process.ts';
import { HubProcess } from './hub-process.ts';
import { temporaryFolder } from './temporary-folder.ts';

interface DeskOptions {
  keychain?: KeychainOperation;
  config?: Partial<DeskConfig>;
  resume?: string | null;
}

export interface Agency {
  folder: string;
  hub: HubProcess;
  /** Kills the hub; `start` brings it back on the same port with what is on its disk. */
  killHub(): Promise<void>;
  startHub(): Promise<void>;
  startDesk(profile: string, options?: DeskOptions): Promise<DeskProcess>;
}

export async function openAgency(): Promise<Agency> {
  const folder = temporaryFolder();
  const dataDir = `${folder}/hub`;
  let running: HubProcess | null = null;
  const desks: DeskProcess[] = [];
  onTestFinished(async () => {
    await Promise.all(desks.map((desk) => desk.stop()));
    await running?.stop();
  });
  running = await HubProcess.start(dataDir, { demo: true });
  const agency: Agency = {
    folder,
    hub: running,
    killHub: async () => {
      await running?.kill();
      running = null;
    },
    startHub: async () => {
      running = await HubProcess.start(dataDir, { port: agency.hub.port });
      agency.hub = running;
    },
    startDesk: async (profile, options = {}) => {
      const config = { profileDir: `${folder}/${profile}`, hubUrl: agency.hub.url, hubKey: 'agency', ...options.config };
      const desk = await DeskProcess.start(config, {}, undefined, options.keychain, options.resume);
      desks.push(desk);
      return desk;
    },
  };
  return agency;
}

/** Waits for the first worklist and gives the rows that may be worked now. */
export async function workableRows(desk: DeskProcess): Promise<WorklistRow[]> {
  const list = await desk.until('list-worklist', { view: 'to-work', creditorId: null }, (value) => value.rows.length > 0);
  return list.rows.filter((row) => row.blocked === null);
}

/** Waits until the hub has everything. */
export async function allSent(desk: DeskProcess): Promise<void> {
  await desk.until('show-sync', {}, (value) => value.unsentCount === 0 && value.network === 'online');
}
