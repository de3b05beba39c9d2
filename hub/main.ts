/**
 * The embedded hub: the entry of Electron's utility process. Under plain Node (tests) the same messages go over the
 * channel of `fork`.
 *
 * Invariant: one `start`, answered by `ready` or `fatal`; `shutdown`, or the end of the parent, stops the hub in order.
 */
import { z } from 'zod';
import type { HubToMain } from '../shared/contract/host-protocol.ts';
import { mainToHubSchema } from '../shared/contract/host-protocol.ts';
import { systemClock } from '../shared/time.ts';
import type { RunningHub } from './start-hub.ts';
import { startHub } from './start-hub.ts';

interface Parent {
  send(message: HubToMain): void;
  listen(receive: (message: unknown) => void): void;
}

/** What Electron puts on `process` in a utility process. */
interface ParentPort {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (event: { data: unknown }) => void): void;
}

const parent = findParent();
let running: Promise<RunningHub> | null = null;

parent.listen((message) => {
  receive(message).catch(dieOf);
});
process.once('SIGTERM', () => {
  stop().catch(dieOf);
});
process.once('disconnect', () => {
  stop().catch(dieOf);
});

async function receive(message: unknown): Promise<void> {
  const parsed = mainToHubSchema.parse(message);
  switch (parsed.type) {
    case 'start': {
      if (running !== null) throw new Error('the hub was started twice');
      running = startHub({ ...parsed.config, postgresUrl: null, clock: systemClock, logTo: process.stderr });
      const hub = await running;
      parent.send({ type: 'ready', port: hub.port, isDemo: hub.isDemo });
      break;
    }
    case 'shutdown':
      await stop();
      break;
  }
}

async function stop(): Promise<void> {
  if (running !== null) await (await running).stop();
  process.exit(0);
}

function dieOf(error: unknown): void {
  parent.send({ type: 'fatal', message: error instanceof Error ? error.message : String(error) });
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exit(1);
}

function findParent(): Parent {
  const port = z.custom<ParentPort>((value) => typeof value === 'object' && value !== null).safeParse(Reflect.get(process, 'parentPort'));
  if (port.success) {
    return {
      send: (message) => port.data.postMessage(message),
      listen: (listener) => port.data.on('message', (event) => listener(event.data)),
    };
  }
  if (process.send === undefined) throw new Error('the embedded hub is started by the app; use `npm run -s hub -- serve` by hand');
  return {
    send: (message) => process.send?.(message),
    listen: (listener) => process.on('message', listener),
  };
}
