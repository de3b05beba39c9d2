/**
 * Keeps the desk process alive and joins the windows to it.
 *
 * Per window:
 *
 *   (asks, trusted)      desk running: a fresh port
 *   unknown ─────────▶ wants a port ────────────────▶ connected
 *                         ▲                              │
 *                         └── desk lost: told so ────────┘
 *
 * Invariant: a port is made only for a trusted frame and only while the desk runs; after each
 * start of the desk every window that asked gets a new one. Main never sees what goes through it.
 */
import { MessageChannelMain } from 'electron';
import type { MessagePortMain, WebFrameMain } from 'electron';
import { deskToMainSchema } from '../../shared/contract/host-protocol.ts';
import type { DeskConfig, DeskToMain, MainToDesk } from '../../shared/contract/host-protocol.ts';
import type { PrintRequest } from '../../shared/contract/print-host-protocol.ts';
import type { DeskToMainTelephone, MainToDeskTelephone } from '../../shared/contract/telephone-host-protocol.ts';
import { pageChannel } from './app-info.ts';
import { answerKeychain } from './keychain.ts';
import type { KeychainRequest } from './keychain.ts';
import { createProcessSupervisor } from './process-supervisor.ts';
import { forkUtility } from './utility-child.ts';

export interface DeskWindow {
  windowId: number;
  /** The frame to hand a port to, or null while it may not have one. */
  trustedFrame(): WebFrameMain | null;
}

export interface DeskSupervisor {
  /** Starts the process, so that it is loaded by the time its configuration is known. */
  warmUp(): void;
  /** Gives the desk its configuration, once; it is ready soon after. */
  start(config: DeskConfig): void;
  /** The embedded hub answers at another address now. */
  setHubUrl(hubUrl: string): void;
  /** A page asked for a port, for the first time or after a reload. */
  connect(window: DeskWindow): void;
  forget(windowId: number): void;
  /** What the softphone says to the desk; without one it waits where it is. */
  tellTelephone(message: MainToDeskTelephone): void;
  shutdown(): Promise<void>;
}

export interface DeskListener {
  /** What the desk says to the telephone. */
  onTelephone: (message: DeskToMainTelephone) => void;
  /** Makes a PDF for the desk. */
  onPrint: (page: PrintRequest['page']) => Promise<Uint8Array<ArrayBuffer>>;
  onLost: () => void;
}

/** A supervisor of the built desk bundle; nothing runs before `warmUp`. */
export function createDeskSupervisor(bundle: string, log: (line: string) => void, listener: DeskListener): DeskSupervisor {
  const windows = new Map<number, DeskWindow>();
  let config: DeskConfig | null = null;
  /** In memory only: lets a desk that died be followed by one that is signed in. */
  let resume: string | null = null;

  const supervisor = createProcessSupervisor<DeskToMain, MessagePortMain>({
    name: 'desk',
    spawn: () => forkUtility(bundle, 'Premura desk'),
    parse: (message) => deskToMainSchema.safeParse(message).data ?? null,
    isReady: (message) => message.type === 'ready',
    greeting,
    onMessage: (message) => {
      switch (message.type) {
        case 'ready':
          return;
        case 'keychain-request':
          void answer(message);
          return;
        case 'session':
          resume = message.resume;
          return;
        case 'telephone-account':
        case 'telephone-dial':
        case 'telephone-transfer':
        case 'telephone-committed':
        case 'telephone-record':
        case 'telephone-recorded-committed':
          listener.onTelephone(message);
          return;
        case 'print-request':
          void print(message);
          return;
        case 'fatal':
          log(`desk: ${message.message}`);
          return;
      }
    },
    onReady: () => {
      for (const window of windows.values()) handOverPort(window);
    },
    onLost: () => {
      listener.onLost();
      for (const window of windows.values()) window.trustedFrame()?.send(pageChannel.deskLost);
    },
    log,
  });

  function greeting(): MainToDesk | null {
    return config === null ? null : { type: 'start', config, resume };
  }

  /** Another user's, or a reset, keychain refuses: the desk then falls back to the password. */
  async function answer(request: KeychainRequest): Promise<void> {
    try {
      send(await answerKeychain(request));
    } catch (error) {
      log(`keychain: ${String(error)}`);
      send({ type: 'keychain-reply', requestId: request.requestId, ok: false });
    }
  }

  /** An engine that failed is an answer: the desk says so to who asked. */
  async function print({ requestId, page }: PrintRequest): Promise<void> {
    try {
      send({ type: 'print-reply', requestId, pdf: await listener.onPrint(page) });
    } catch (error) {
      log(`print: ${String(error)}`);
      send({ type: 'print-reply', requestId, pdf: null });
    }
  }

  function send(message: MainToDesk, ports: MessagePortMain[] = []): boolean {
    return supervisor.send(message, ports);
  }

  function handOverPort(window: DeskWindow): void {
    if (supervisor.stateName() !== 'running') return;
    const frame = window.trustedFrame();
    if (frame === null) return;
    const { port1, port2 } = new MessageChannelMain();
    send({ type: 'window-port', windowRole: 'app', windowId: window.windowId }, [port1]);
    frame.postMessage(pageChannel.port, null, [port2]);
  }

  return {
    warmUp: () => {
      supervisor.start();
    },
    start: (startConfig) => {
      if (config !== null) throw new Error('The desk has its configuration already.');
      config = startConfig;
      send({ type: 'start', config, resume });
    },
    setHubUrl: (hubUrl) => {
      if (config === null || config.hubUrl === hubUrl) return;
      config = { ...config, hubUrl };
      send({ type: 'hub-url', hubUrl });
    },
    connect: (window) => {
      windows.set(window.windowId, window);
      handOverPort(window);
    },
    forget: (windowId) => {
      windows.delete(windowId);
    },
    tellTelephone: (message) => {
      send(message);
    },
    shutdown: () => supervisor.shutdown(),
  };
}
