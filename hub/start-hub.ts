/**
 * Starts a whole hub: store, server, port; and stops it in order.
 *
 * Invariant: "ready" is said only when requests are answered; stopping lets running writes commit before the store
 * closes.
 */
import type { Writable } from 'node:stream';
import type { Clock } from '../shared/time.ts';
import { BlobFolder } from './attachments/blob-folder.ts';
import { sweepErasedBlobs } from './attachments/erase-attachments.ts';
import { expireContactTasks, keepExpiringContactTasks } from './contacts/expire-contact-tasks.ts';
import { keepErasingRecordings, eraseExpiredRecordings } from './recordings/erase-expired-recordings.ts';
import { isDemoHub, seedDemo } from './demo/seed-demo.ts';
import { keepSweeping, sweepEntities } from './lead/sweep-entities.ts';
import { keepCallbacks } from './lead/keep-callbacks.ts';
import { Presence } from './lead/presence.ts';
import { keepMailing } from './mail/keep-mailing.ts';
import { publishChangedCases } from './receivables/publish-changed-cases.ts';
import { keepReleasing, releaseDueCustomers } from './receivables/release-customers.ts';
import { buildServer } from './server.ts';
import type { HubStore } from './store/hub-store.ts';
import { openStore } from './store/open-store.ts';
import { keepHubKey } from './telephone/hub-key.ts';

export interface HubOptions {
  dataDir: string;
  postgresUrl: string | null;
  host: string;
  port: number;
  demo: boolean;
  clock: Clock;
  logTo: Writable | null;
  /** False: the outbox is not looked at by itself (tests look). */
  mails?: boolean;
}

export interface RunningHub {
  port: number;
  store: HubStore;
  /** Everything in it is invented. */
  isDemo: boolean;
  /** Who is connected to this process, or to another one on the same database. */
  presence: Presence;
  stop(): Promise<void>;
}

export async function startHub(options: HubOptions): Promise<RunningHub> {
  const store = await openStore({ dataDir: options.dataDir, postgresUrl: options.postgresUrl });
  try {
    await publishChangedCases(store, options.clock);
    await releaseDueCustomers(store, options.clock);
    await sweepErasedBlobs(store, new BlobFolder(options.dataDir));
    const recordings = { store, dataDir: options.dataDir, clock: options.clock };
    await eraseExpiredRecordings(recordings);
    await expireContactTasks(store, options.clock);
    await sweepEntities(store, options.clock);
    if (options.demo) await seedDemo(store, options.clock, options.dataDir);
    const presence = new Presence(options.clock);
    const app = buildServer({ store, clock: options.clock, dataDir: options.dataDir, logTo: options.logTo, presence });
    await app.listen({ host: options.host, port: options.port });
    const address = app.server.address();
    if (address === null || typeof address === 'string') throw new Error('the server listens on no port');
    const stopReleasing = keepReleasing(store, options.clock, (error) => app.log.error({ err: error }, 'release'));
    const stopCallbacks = keepCallbacks(store, options.clock, presence, (error) => app.log.error({ err: error }, 'callbacks'));
    const stopErasing = keepErasingRecordings(recordings, (error) => app.log.error({ err: error }, 'recordings'));
    const stopExpiring = keepExpiringContactTasks(store, options.clock, (error) => app.log.error({ err: error }, 'contacts'));
    const stopSweeping = keepSweeping(store, options.clock, (error) => app.log.error({ err: error }, 'sweep'));
    const stopMailing = options.mails === false ? () => Promise.resolve() : keepMailing({ store, clock: options.clock, blobs: new BlobFolder(options.dataDir), key: keepHubKey(options.dataDir) }, (error) => app.log.error({ err: error }, 'mail'));
    return {
      port: address.port,
      store,
      isDemo: await isDemoHub(store),
      presence,
      stop: async () => {
        await app.close();
        await stopReleasing();
        await stopCallbacks();
        await stopErasing();
        await stopExpiring();
        await stopSweeping();
        await stopMailing();
        await store.close();
      },
    };
  } catch (error) {
    await store.close();
    throw error;
  }
}
