/**
 * Entry of the desk process: Electron's utilityProcess, or a plain Node child with an IPC
 * channel (simulation and crash tests), where page requests come over the same channel.
 *
 * Invariants: every message is parsed; a request whose handler throws is answered
 * `unexpected` and the process then ends, so that a bug never goes on with a doubtful
 * memory: main starts a fresh desk, and what was saved is on the disk.
 */
import { mainToDeskSchema, portRequestSchema } from '../../shared/contract/host-protocol.ts';
import type { DeskConfig, DeskToMain, MainToDeskParsed, PortMessage } from '../../shared/contract/host-protocol.ts';
import { afterRest } from '../../shared/after-rest.ts';
import { fail } from '../../shared/result.ts';
import { systemClock } from '../../shared/time.ts';
import { Desk } from './desk.ts';
import { dispatch } from './dispatch.ts';
import { connectHost } from './host.ts';
import { MainKeychain } from './profile/keychain.ts';
import { MainPrinter } from './printing/printer.ts';
import type { PagePort } from './host.ts';

let desk: Desk | null = null;
const pages = new Set<PagePort>();

const host = connectHost({
  onMessage: (raw, port) => handleHostMessage(mainToDeskSchema.parse(raw), port),
  onPageRequest: (raw, port) => answer(raw, port),
});

const work = afterRest(() => {
  const db = desk?.session?.db;
  if (db?.open === true) db.pragma('shrink_memory');
  // Not there in a plain Node child.
  void globalThis.gc?.({ type: 'major', execution: 'async' });
});

const keychain = new MainKeychain(tellMain);
const printer = new MainPrinter(tellMain);

function tellMain(message: DeskToMain): void {
  host.send(message);
}

function handleHostMessage(message: MainToDeskParsed, port: PagePort | null): void {
  switch (message.type) {
    case 'start':
      startDesk(message.config, message.resume);
      break;
    case 'window-port':
      if (port === null) throw new Error('a window port without a port');
      pages.add(port);
      port.onClose(() => pages.delete(port));
      port.onMessage((raw) => answer(raw, port));
      break;
    case 'hub-url':
      desk?.moveHub(message.hubUrl);
      break;
    case 'keychain-reply':
      keychain.receive(message);
      break;
    case 'print-reply':
      printer.receive(message);
      break;
    case 'telephone-hello':
    case 'telephone-events':
    case 'telephone-recorded':
    case 'telephone-not-dialled':
      desk?.receiveTelephone(message);
      break;
    case 'shutdown':
      shutDown();
      break;
  }
}

function startDesk(config: DeskConfig, resume: string | null): void {
  desk = new Desk(config, systemClock, keychain, {
    onChanged: (payload) => {
      work();
      broadcast({ topic: 'changed', payload });
    },
    onSession: (ticket) => tellMain({ type: 'session', resume: ticket }),
    onTelephone: tellMain,
    printer,
  });
  const resumed = resume === null ? null : desk.resume(resume);
  if (resumed?.ok === false) console.error(`The session could not be taken up again: ${resumed.error.code}.`);
  if (resumed?.ok !== true) desk.start();
  tellMain({ type: 'ready' });
}

function answer(raw: unknown, port: PagePort): void {
  work();
  const request = portRequestSchema.parse(raw);
  if (desk === null) throw new Error('a request before the start');
  dispatch(desk, request).then(
    (result) => {
      // No answer: the page asks the next desk, which sets the damaged store aside.
      if (!result.ok && result.error.code === 'store-damaged' && request.name !== 'sign-in') die(new Error('the store is damaged'));
      else port.send({ id: request.id, result });
    },
    (error: unknown) => {
      port.send({ id: request.id, result: fail('unexpected', 'error.unexpected', { channel: request.name }, true) });
      die(error);
    },
  );
}

function broadcast(message: PortMessage): void {
  for (const page of pages) page.send(message);
  host.broadcast(message);
}

function shutDown(): void {
  const closing = desk?.shutdown() ?? Promise.resolve();
  closing.then(() => process.exit(0), die);
}

function die(error: unknown): void {
  const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
  console.error(message);
  tellMain({ type: 'fatal', message: error instanceof Error ? error.name : 'unknown' });
  process.exit(1);
}

process.on('uncaughtException', die);
process.on('unhandledRejection', die);
