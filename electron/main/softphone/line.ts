/**
 * The line to the exchange: a connection, and a registration on it.
 *
 *              open                    registered
 *   stopped ─────────▶ connecting ───▶ registering ─────▶ registered ──(refresh)──┐
 *      ▲                 ▲    │ failed      │ failed          │      ▲────────────┘
 *      │   pause over or │    ▼             ▼                 │ connection lost, refresh failed
 *      │         retry   └─ waiting ◀───────┴─────────────────┘
 *      │                              registering ──401, 403──▶ refused ──retry──▶ connecting
 *      └── close, from everywhere
 *
 * Invariants: a refused password is tried once, never again by itself (exchanges lock accounts); every other failure is followed by a
 * pause with jitter that doubles, and by a minute at least where asking again cannot help; after a loss the first attempt is made soon.
 */
import type { UserAgent } from 'sip.js';
import { UserAgentState } from 'sip.js';
import { backoffMs } from '../../../shared/backoff.ts';
import { randomFraction } from '../../../shared/id.ts';
import type { LineProblem, LineState } from '../../../shared/telephone/telephone-event.ts';
import { isLasting } from './connection-problem.ts';
import { sendRegister } from './send-register.ts';
import type { SipSocket } from './sip-socket.ts';

const LASTING_PAUSE_MS = 60_000;
const SOON_MS = 300;
const EXPIRES_SECONDS = 120;
const REFRESH_AT = 0.6;

export interface LineOptions {
  agent: UserAgent;
  socket: SipSocket;
  onState: (state: LineState) => void;
  /** The registration stands, after it did not: calls that live must be told to the far end anew. */
  onRegistered: () => void;
}

export interface Line {
  open(): void;
  /** At once, whatever pause is running; while registered it looks whether the connection lives. */
  retry(): void;
  /** The socket is gone; called by whoever hears of it. */
  lost(problem: LineProblem): void;
  close(): Promise<void>;
  /** Whether the exchange is there now, by a sign of life; a connection that is dead without a word answers false when it is given up. */
  answers(): Promise<boolean>;
  state(): LineState;
}

/** A line in state `stopped`. */
export function createLine({ agent, socket, onState, onRegistered }: LineOptions): Line {
  let state: LineState = { name: 'stopped', problem: null, sipStatus: null, retryInMs: null };
  let failures = 0;
  let expiresSeconds = EXPIRES_SECONDS;
  let timer: NodeJS.Timeout | null = null;
  /** Counts attempts: an answer that belongs to an older one is not heard. */
  let attempt = 0;

  function enter(next: Partial<LineState> & Pick<LineState, 'name'>): void {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    state = { problem: null, sipStatus: null, retryInMs: null, ...next };
    onState(state);
  }

  function connect(): void {
    attempt += 1;
    const mine = attempt;
    enter({ name: 'connecting', problem: state.problem, sipStatus: state.sipStatus });
    // Starting the agent connects its transport too.
    const connecting = agent.state === UserAgentState.Started ? socket.connect() : agent.start();
    connecting.then(
      () => {
        if (mine === attempt) register();
      },
      () => {
        if (mine === attempt && state.name === 'connecting') later(socket.problem ?? 'unreachable', null);
      },
    );
  }

  function register(): void {
    attempt += 1;
    const mine = attempt;
    if (state.name !== 'registered') enter({ name: 'registering', problem: state.problem, sipStatus: state.sipStatus });
    void sendRegister(agent, expiresSeconds).then((answer) => {
      if (mine !== attempt) return;
      if (answer.accepted) registered(answer.expiresSeconds);
      else refused(answer.sipStatus, answer.leastExpiresSeconds);
    });
  }

  function registered(grantedSeconds: number): void {
    failures = 0;
    const isNew = state.name !== 'registered';
    if (isNew) enter({ name: 'registered' });
    timer = setTimeout(register, grantedSeconds * 1000 * REFRESH_AT);
    if (isNew) onRegistered();
  }

  function refused(sipStatus: number, leastExpiresSeconds: number | null): void {
    if (sipStatus === 423 && leastExpiresSeconds !== null && leastExpiresSeconds > expiresSeconds) {
      expiresSeconds = leastExpiresSeconds;
      register();
    } else if (sipStatus === 401 || sipStatus === 403 || sipStatus === 407) {
      leave();
      enter({ name: 'refused', problem: 'wrong-credentials', sipStatus });
    } else {
      leave();
      later(sipStatus === 408 ? 'no-answer' : 'registration-refused', sipStatus);
    }
  }

  function leave(): void {
    attempt += 1;
    void socket.disconnect();
  }

  function later(problem: LineProblem, sipStatus: number | null): void {
    attempt += 1;
    failures += 1;
    const pauseMs = isLasting(problem) ? LASTING_PAUSE_MS * (1 + randomFraction()) : backoffMs(failures, randomFraction());
    wait(problem, sipStatus, pauseMs);
  }

  function wait(problem: LineProblem, sipStatus: number | null, pauseMs: number): void {
    enter({ name: 'waiting', problem, sipStatus, retryInMs: Math.round(pauseMs) });
    timer = setTimeout(connect, pauseMs);
  }

  return {
    open: () => {
      if (state.name === 'stopped') connect();
    },
    retry: () => {
      if (state.name === 'waiting' || state.name === 'refused') connect();
      else if (state.name === 'registered') socket.probe();
    },
    lost: (problem) => {
      if (state.name === 'registered') {
        attempt += 1;
        wait(problem, null, SOON_MS * randomFraction());
      } else if (state.name === 'registering') later(problem, null);
    },
    close: async () => {
      if (state.name === 'stopped') return;
      const wasRegistered = state.name === 'registered';
      attempt += 1;
      enter({ name: 'stopped' });
      if (wasRegistered) await sendRegister(agent, 0);
      await socket.disconnect();
    },
    answers: () => socket.answers(),
    state: () => state,
  };
}
