/**
 * The hub's board for as long as a screen shows it.
 *
 *               asked         ┌────────────┐ first event ┌──────┐
 *   nobody looks ────────────▶│ connecting │────────────▶│ live │
 *        ▲                    └────────────┘             └──┬───┘
 *        │ not asked for a while    ▲ backoff   ended, silent│
 *        └──────────────────────────┴──────── offline ◀──────┘
 *
 * Invariants: in memory only, gone with the session; a snapshot is the whole truth, so nothing has to be caught up after a gap; how old the
 * figures are is told by this desk's clock from when they came and by how old the hub said they were. An event that this build cannot read, of a
 * newer hub, is left alone and said once in the log, without what it carries: the stream goes on, and figures that it would have replaced grow old.
 */
import { createParser } from 'eventsource-parser';
import type { Readable } from 'node:stream';
import type { z } from 'zod';
import type { BoardScreen } from '../../../shared/contract/board-channels.ts';
import { BOARD_ASK_EVERY_MS } from '../../../shared/contract/board-channels.ts';
import { randomFraction } from '../../../shared/id.ts';
import { backoffMs } from '../../../shared/backoff.ts';
import { boardSchema, boardStillSchema } from '../../../shared/protocol/board-protocol.ts';
import { floorPeopleSchema } from '../../../shared/protocol/floor-protocol.ts';
import type { Result } from '../../../shared/result.ts';
import { fail } from '../../../shared/result.ts';
import { monotonicMs } from '../../../shared/time.ts';
import { parseJson } from '../profile/json-file.ts';
import type { Session } from '../session.ts';
import type { HubClient } from '../sync/hub-client.ts';
import { Waker } from '../sync/waker.ts';

const LET_GO_AFTER_MS = BOARD_ASK_EVERY_MS * 3;
const LOOK_EVERY_MS = 5_000;
const SILENCE_LIMIT_MS = 15_000;
/** A stream that lasted this long ended with its token: renewed without a word. */
const SHORT_STREAM_MS = 2_000;

type WatchingSession = Pick<Session, 'sync' | 'clock' | 'notify'>;

export class BoardWatch {
  readonly #session: WatchingSession;
  #screen: BoardScreen = { line: 'connecting', board: null, asOfMs: null, offlineSinceMs: null };
  #askedAtMs = 0;
  #running = false;
  /** The hub's newest snapshot could not be read: that it still holds says nothing of the one that is shown. */
  #isBehind = false;
  readonly #saidOf = new Set<string>();

  constructor(session: WatchingSession) {
    this.#session = session;
  }

  /** What is known now; from here on it is kept up. */
  show(): BoardScreen {
    this.#askedAtMs = monotonicMs();
    if (!this.#running) {
      this.#running = true;
      this.#screen = { ...this.#screen, line: 'connecting', offlineSinceMs: null };
      void this.#follow().finally(() => {
        this.#running = false;
      });
    }
    return this.#screen;
  }

  get isHeld(): boolean {
    return this.#running;
  }

  async #follow(): Promise<void> {
    const letGo = new AbortController();
    const isLetGo = (): boolean => letGo.signal.aborted;
    const waker = new Waker();
    const look = setInterval(() => {
      if (monotonicMs() - this.#askedAtMs < LET_GO_AFTER_MS) return;
      letGo.abort();
      waker.wake();
    }, LOOK_EVERY_MS);
    look.unref();
    try {
      let failures = 0;
      for (;;) {
        const beganAtMs = monotonicMs();
        const ended = await this.#session.sync.withHub((client, signal) => this.#stream(client, AbortSignal.any([signal, letGo.signal])));
        if (isLetGo() || this.#session.sync.isOver()) return;
        const hasLasted = monotonicMs() - beganAtMs > SHORT_STREAM_MS && !ended.ok && ended.error.code === 'board-ended';
        if (hasLasted && failures === 0) {
          failures = 1;
          continue;
        }
        failures = hasLasted ? 1 : failures + 1;
        this.#set({ line: 'offline', people: undefined, offlineSinceMs: this.#screen.offlineSinceMs ?? this.#session.clock.nowMs() });
        await waker.wait(backoffMs(failures, randomFraction()), () => isLetGo());
        if (isLetGo() || this.#session.sync.isOver()) return;
      }
    } finally {
      clearInterval(look);
    }
  }

  /** Resolves, always with a failure, when the stream ended or fell silent. */
  async #stream(client: HubClient, signal: AbortSignal): Promise<Result<null>> {
    const opened = await client.requestStream('/v1/board/live', { accept: 'text/event-stream', 'accept-encoding': 'identity' }, signal);
    return opened.ok ? this.#listen(opened.value) : opened;
  }

  #listen(stream: Readable): Promise<Result<null>> {
    const parser = createParser({ onEvent: ({ event, data }) => { this.#take(event, data); } });
    let silence: NodeJS.Timeout | undefined;
    const hear = (): void => {
      clearTimeout(silence);
      silence = setTimeout(() => stream.destroy(new Error('silence')), SILENCE_LIMIT_MS);
    };
    hear();
    return new Promise((resolve) => {
      const end = (reason: string): void => {
        clearTimeout(silence);
        resolve(fail('board-ended', 'error.hubUnreachable', { reason }, true));
      };
      stream.setEncoding('utf8');
      stream.on('data', (chunk: string) => {
        hear();
        parser.feed(chunk);
      });
      stream.once('error', (error: Error) => { end(error.message); });
      stream.once('close', () => { end('closed'); });
    });
  }

  /** Events that this build does not know are left alone. */
  #take(event: string | undefined, data: string): void {
    const nowMs = this.#session.clock.nowMs();
    if (event === 'board') {
      const board = this.#read(event, boardSchema, data);
      this.#isBehind = board === null;
      if (board !== null) this.#set({ line: 'live', board, asOfMs: nowMs, offlineSinceMs: null });
    } else if (event === 'people') {
      const read = this.#read(event, floorPeopleSchema, data);
      if (read !== null) this.#set({ people: read.people?.map(({ forMs, ...person }) => ({ ...person, sinceMs: Math.max(0, nowMs - forMs) })) ?? null });
    } else if (event === 'still') {
      const read = this.#read(event, boardStillSchema, data);
      if (read === null || this.#isBehind) return;
      const { asOf } = read;
      // The hub's clock is compared with itself only: how old were the figures when it spoke?
      const { board } = this.#screen;
      const isFresh = board !== null && asOf > board.computedAt;
      this.#set({ line: 'live', offlineSinceMs: null, ...(isFresh ? { asOfMs: nowMs, board: { ...board, computedAt: asOf } } : {}) });
    }
  }

  /** Null where this build cannot read it. */
  #read<Schema extends z.ZodType>(event: string, schema: Schema, data: string): z.infer<Schema> | null {
    const read = schema.safeParse(parseJson(data));
    if (read.success) return read.data;
    if (!this.#saidOf.has(event)) console.error(`The board's event "${event}" could not be read: the hub is of another version.`);
    this.#saidOf.add(event);
    return null;
  }

  #set(change: Partial<BoardScreen>): void {
    this.#screen = { ...this.#screen, ...change };
    this.#session.notify({ what: ['board'], caseIds: [] });
  }
}
