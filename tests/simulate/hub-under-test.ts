/**
 * The hub of a simulation: one of its own, which may be killed, or one that runs elsewhere.
 *
 * Invariant: a killed hub comes back on the same data and the same port.
 */
import { newRandomHex } from '../../shared/id.ts';
import { HubProcess, runHub } from '../support/hub-process.ts';

export interface HubUnderTest {
  readonly url: string;
  readonly admin: { username: string; password: string };
  readonly kills: number;
  /** kill -9 and a fresh start; null where the hub is not ours to kill. */
  readonly killAndRestart: (() => Promise<void>) | null;
  stop(): Promise<void>;
  /** Ends it at once, for a run that is broken off. */
  abandon(): void;
}

/** Starts a hub on an empty folder, with an administrator added through the command line. */
export async function startOwnHub(dataDir: string): Promise<HubUnderTest> {
  const admin = { username: 'simulation-admin', password: newRandomHex(12) };
  await runHub(['users', 'add', '--data', dataDir, '--role', 'admin', '--username', admin.username, '--password', admin.password]);
  let running = await HubProcess.start(dataDir, { extra: ['--quiet'] });
  let kills = 0;
  return {
    url: running.url,
    admin,
    get kills() {
      return kills;
    },
    killAndRestart: async () => {
      await running.kill();
      kills += 1;
      running = await HubProcess.start(dataDir, { port: running.port, extra: ['--quiet'] });
    },
    stop: () => running.stop(),
    abandon: () => process.kill(running.pid, 'SIGKILL'),
  };
}

/** Somebody else's hub. */
export function useRunningHub(url: string, admin: { username: string; password: string }): HubUnderTest {
  return { url, admin, kills: 0, killAndRestart: null, stop: () => Promise.resolve(), abandon: () => undefined };
}
