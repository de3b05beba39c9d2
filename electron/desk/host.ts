/**
 * Who started this process, and how pages reach it: ports handed over by Electron's main, or,
 * in a plain Node child, the parent's IPC channel itself (`{page: request}` both ways).
 */
import type { DeskToMain, PortMessage } from '../../shared/contract/host-protocol.ts';

export interface PagePort {
  send(message: PortMessage): void;
  onMessage(listener: (raw: unknown) => void): void;
  onClose(listener: () => void): void;
}

export interface Host {
  send(message: DeskToMain): void;
  /** To pages that have no port of their own. */
  broadcast(message: PortMessage): void;
}

export interface HostListener {
  onMessage(raw: unknown, port: PagePort | null): void;
  onPageRequest(raw: unknown, port: PagePort): void;
}

/** The part of Electron's `process.parentPort` and `MessagePortMain` that is used here. */
interface ParentPort {
  on(event: 'message', listener: (event: { data: unknown; ports: ElectronPort[] }) => void): void;
  postMessage(message: unknown): void;
}

interface ElectronPort {
  on(event: 'message', listener: (event: { data: unknown }) => void): void;
  on(event: 'close', listener: () => void): void;
  postMessage(message: unknown): void;
  start(): void;
}

export function connectHost(listener: HostListener): Host {
  const parentPort = Reflect.get(process, 'parentPort') as ParentPort | undefined;
  return parentPort === undefined ? connectNodeParent(listener) : connectElectron(parentPort, listener);
}

function connectElectron(parentPort: ParentPort, listener: HostListener): Host {
  parentPort.on('message', (event) => {
    const port = event.ports[0];
    listener.onMessage(event.data, port === undefined ? null : electronPage(port));
  });
  return { send: (message) => parentPort.postMessage(message), broadcast: () => undefined };
}

function electronPage(port: ElectronPort): PagePort {
  return {
    send: (message) => port.postMessage(message),
    onMessage: (listen) => {
      port.on('message', (event) => listen(event.data));
      port.start();
    },
    onClose: (listen) => port.on('close', listen),
  };
}

function connectNodeParent(listener: HostListener): Host {
  const send = (message: unknown): void => {
    if (process.connected) process.send?.(message);
  };
  const page: PagePort = { send: (message) => send({ page: message }), onMessage: () => undefined, onClose: () => undefined };
  process.on('message', (raw: unknown) => {
    if (typeof raw === 'object' && raw !== null && 'page' in raw) listener.onPageRequest(raw.page, page);
    else listener.onMessage(raw, null);
  });
  process.on('disconnect', () => process.exit(0));
  return { send, broadcast: (message) => send({ page: message }) };
}
