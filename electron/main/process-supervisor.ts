/**
 * Keeps one child process alive.
 *
 *              start              `ready`
 *   stopped ─────────▶ starting ─────────▶ running
 *      ▲                  ▲  │                │
 *      │     backoff over │  │ exit      exit │
 *      │                  │  ▼                │
 *      │◀── shutdown ── waiting ◀─────────────┘
 *      │
 *      └──── exit ──── stopping ◀── shutdown ── starting | running
 *                      (killed when it does not exit in time)
 *
 * Invariant: there is never more than one child; a message of a child that is gone is never
 * delivered; after a shutdown nothing is started again. The backoff doubles with each exit and
 * starts over once a child has run for a while.
 */
import { monotonicMs } from '../../shared/time.ts';

const firstBackoffMs = 100;
const longestBackoffMs = 10_000;
const steadyAfterMs = 30_000;
const shutdownLimitMs = 10_000;

/** What the supervisor needs of a process; Electron's utility process fits, and so does a test's. */
export interface ChildHandle<Port> {
  send(message: unknown, ports: Port[]): void;
  onMessage(listener: (message: unknown) => void): void;
  onExit(listener: (code: number | null) => void): void;
  kill(): void;
}

export interface SupervisorOptions<Message, Port> {
  name: string;
  spawn: () => ChildHandle<Port>;
  /** Parses what the child says; null = not understood. */
  parse: (message: unknown) => Message | null;
  isReady: (message: Message) => boolean;
  /** The first words to each new child; null = not known yet, whoever learns them sends them. */
  greeting: () => unknown;
  onMessage: (message: Message) => void;
  onReady: () => void;
  onLost: (code: number | null) => void;
  log: (line: string) => void;
}

type State<Port> =
  | { name: 'stopped' }
  | { name: 'starting' | 'running'; child: ChildHandle<Port>; sinceMs: number }
  | { name: 'waiting'; timer: NodeJS.Timeout }
  | { name: 'stopping'; child: ChildHandle<Port>; timer: NodeJS.Timeout; done: () => void };

export interface ProcessSupervisor<Port> {
  start(): void;
  /** Sends to the child, after its greeting; false when there is none, and nothing was sent. */
  send(message: unknown, ports?: Port[]): boolean;
  /** Asks the child to end and waits until it has. */
  shutdown(): Promise<void>;
  stateName(): State<Port>['name'];
}

/** A supervisor in state `stopped`. */
export function createProcessSupervisor<Message, Port>(options: SupervisorOptions<Message, Port>): ProcessSupervisor<Port> {
  let state: State<Port> = { name: 'stopped' };
  let exitsInARow = 0;
  let finished: Promise<void> | null = null;

  function launch(): void {
    const child = options.spawn();
    state = { name: 'starting', child, sinceMs: monotonicMs() };
    child.onMessage((message) => {
      receive(child, message);
    });
    child.onExit((code) => {
      exited(child, code);
    });
    const greeting = options.greeting();
    if (greeting !== null) child.send(greeting, []);
  }

  function isCurrent(child: ChildHandle<Port>): boolean {
    return 'child' in state && state.child === child;
  }

  function receive(child: ChildHandle<Port>, raw: unknown): void {
    if (!isCurrent(child)) return;
    const message = options.parse(raw);
    if (message === null) {
      options.log(`${options.name}: a message was not understood`);
      return;
    }
    const becameReady = state.name === 'starting' && options.isReady(message);
    if (becameReady) state = { name: 'running', child, sinceMs: monotonicMs() };
    options.onMessage(message);
    if (becameReady) options.onReady();
  }

  function exited(child: ChildHandle<Port>, code: number | null): void {
    if (!isCurrent(child)) return;
    switch (state.name) {
      case 'stopped':
      case 'waiting':
        return;
      case 'stopping': {
        clearTimeout(state.timer);
        const { done } = state;
        state = { name: 'stopped' };
        done();
        return;
      }
      case 'starting':
      case 'running': {
        if (state.name === 'running' && monotonicMs() - state.sinceMs >= steadyAfterMs) exitsInARow = 0;
        const delayMs = Math.min(firstBackoffMs * 2 ** exitsInARow, longestBackoffMs);
        exitsInARow += 1;
        options.log(`${options.name}: exited (${String(code)}), starting again in ${String(delayMs)} ms`);
        state = { name: 'waiting', timer: setTimeout(launch, delayMs) };
        options.onLost(code);
        return;
      }
    }
  }

  function shutdown(): Promise<void> {
    if (finished !== null) return finished;
    switch (state.name) {
      case 'stopped':
        finished = Promise.resolve();
        break;
      case 'waiting':
        clearTimeout(state.timer);
        state = { name: 'stopped' };
        finished = Promise.resolve();
        break;
      case 'starting':
      case 'running':
      case 'stopping': {
        const { child } = state;
        finished = new Promise((resolve) => {
          const timer = setTimeout(() => {
            options.log(`${options.name}: did not end in time and was killed`);
            child.kill();
          }, shutdownLimitMs);
          state = { name: 'stopping', child, timer, done: resolve };
        });
        child.send({ type: 'shutdown' }, []);
        break;
      }
    }
    return finished;
  }

  return {
    start: () => {
      if (state.name === 'stopped' && finished === null) launch();
    },
    send: (message, ports = []) => {
      if (state.name !== 'starting' && state.name !== 'running') return false;
      state.child.send(message, ports);
      return true;
    },
    shutdown,
    stateName: () => state.name,
  };
}
