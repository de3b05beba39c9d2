/**
 * Keeps the embedded hub alive where no hub is configured.
 *
 * Invariant: an address is told only after the hub itself said that it listens there; each start
 * may bring another port.
 */
import type { MessagePortMain } from 'electron';
import { hubToMainSchema } from '../../shared/contract/host-protocol.ts';
import type { HubConfig, HubToMain, MainToHub } from '../../shared/contract/host-protocol.ts';
import { createProcessSupervisor } from './process-supervisor.ts';
import { forkUtility } from './utility-child.ts';

const host = '127.0.0.1';

export interface HubSupervisorOptions {
  bundle: string;
  config: Omit<HubConfig, 'host' | 'port'>;
  /** `isDemo`: the hub says that everything in it is invented. */
  onListening: (hubUrl: string, isDemo: boolean) => void;
  onLost: () => void;
  log: (line: string) => void;
}

export interface HubSupervisor {
  start(): void;
  shutdown(): Promise<void>;
}

/** A supervisor of the built hub bundle; nothing runs before `start`. */
export function createHubSupervisor(options: HubSupervisorOptions): HubSupervisor {
  return createProcessSupervisor<HubToMain, MessagePortMain>({
    name: 'hub',
    spawn: () => forkUtility(options.bundle, 'Premura hub'),
    parse: (message) => hubToMainSchema.safeParse(message).data ?? null,
    isReady: (message) => message.type === 'ready',
    greeting: () => ({ type: 'start', config: { ...options.config, host, port: 0 } }) satisfies MainToHub,
    onMessage: (message) => {
      switch (message.type) {
        case 'ready':
          options.onListening(`http://${host}:${String(message.port)}`, message.isDemo);
          return;
        case 'fatal':
          options.log(`hub: ${message.message}`);
          return;
      }
    },
    onReady: () => undefined,
    onLost: options.onLost,
    log: options.log,
  });
}
