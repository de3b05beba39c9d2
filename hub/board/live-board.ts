/**
 * The board, counted once for everybody who watches.
 *
 *   revision grew ─┐
 *   15 s went by ──┼─▶ wait until rested ─▶ count ─▶ same figures? ─▶ `still` : `board` to each watcher
 *   first watcher ─┘                          └─ failed: logged, tried again; the watchers see that it is behind
 *
 * Invariants: nothing is counted while nobody watches; one count at a time, shared by all; between two counts it rests half a second and at
 * least nine times as long as the count took, so that the board never takes more than a tenth of the hub. What was counted carries the revision
 * it stands on: everything committed up to it is in the figures.
 */
import type { UserId } from '../../shared/id.ts';
import type { Board } from '../../shared/protocol/board-protocol.ts';
import { boardSchema, boardStillSchema } from '../../shared/protocol/board-protocol.ts';
import type { Clock } from '../../shared/time.ts';
import { monotonicMs } from '../../shared/time.ts';
import type { HubStore } from '../store/hub-store.ts';
import { newestRevision } from '../store/sequence-feed.ts';
import { countQueues } from './count-queues.ts';
import { DayCalls } from './day-calls.ts';
import { DayContacts } from './day-contacts.ts';
import type { SiteDay } from './site-day.ts';
import { siteDayOf } from './site-day.ts';

const REST_MS = 500;
const REST_TIMES = 9;
/** What depends on the clock (due now, late) is counted anew after so long. */
const RECOUNT_EVERY_MS = 15_000;
const STILL_EVERY_MS = 5_000;

/** An SSE event, made once for all. */
export type BoardMessage = Buffer;

export interface LiveBoardOptions { store: HubStore; clock: Clock; isPresent: (userId: UserId) => boolean; onError: (error: unknown) => void }

interface Ledger { day: SiteDay; contacts: DayContacts; calls: DayCalls }

export class LiveBoard {
  readonly #options: LiveBoardOptions;
  readonly #watchers = new Set<(message: BoardMessage) => void>();
  #ledger: Ledger | null = null;
  #counting: Promise<Board> | null = null;
  #last: { board: Board; message: BoardMessage; figures: string } | null = null;
  #timer: NodeJS.Timeout | null = null;
  #still: NodeJS.Timeout | null = null;
  #stopListening: (() => void) | null = null;
  /** Something happened since the last count began. */
  #stale = true;
  #restUntil = 0;

  constructor(options: LiveBoardOptions) {
    this.#options = options;
  }

  /** One snapshot: a count that has just ended will do while it is as good as new. */
  async read(): Promise<Board> {
    if (this.#last !== null && !this.#stale && monotonicMs() < this.#restUntil) return this.#last.board;
    return this.#count();
  }

  /** Answers how to stop. The newest snapshot comes at once where one is being kept, else as soon as it is counted. */
  watch(watcher: (message: BoardMessage) => void): () => void {
    const isFirst = this.#watchers.size === 0;
    this.#watchers.add(watcher);
    if (isFirst) this.#begin();
    else if (this.#last !== null) watcher(this.#last.message);
    return () => {
      this.#watchers.delete(watcher);
      if (this.#watchers.size === 0) this.stop();
    };
  }

  /** Ends all timers; what is counted stays for whoever comes next. */
  stop(): void {
    this.#stopListening?.();
    this.#stopListening = null;
    if (this.#timer !== null) clearTimeout(this.#timer);
    if (this.#still !== null) clearInterval(this.#still);
    this.#timer = this.#still = null;
    this.#stale = true;
  }

  #begin(): void {
    this.#stopListening = this.#options.store.onRevision(() => {
      this.#stale = true;
      this.#plan(Math.max(0, this.#restUntil - monotonicMs()));
    });
    this.#still = setInterval(() => { this.#sayStill(); }, STILL_EVERY_MS);
    this.#still.unref();
    this.#stale = true;
    this.#plan(0);
  }

  /** The next count, unless one is on its way: that one plans the next itself. */
  #plan(inMs: number): void {
    if (this.#counting !== null || this.#watchers.size === 0) return;
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#timer = null;
      this.#count().then((board) => { this.#tell(board); }, this.#options.onError).finally(() => {
        this.#plan(this.#stale ? Math.max(0, this.#restUntil - monotonicMs()) : RECOUNT_EVERY_MS);
      });
    }, inMs);
    this.#timer.unref();
  }

  #count(): Promise<Board> {
    this.#counting ??= this.#countNow().finally(() => {
      this.#counting = null;
    });
    return this.#counting;
  }

  async #countNow(): Promise<Board> {
    const { store, clock, isPresent } = this.#options;
    this.#stale = false;
    const beganAt = monotonicMs();
    const computedAt = clock.nowMs();
    try {
      const { day, contacts, calls } = this.#ledgerOf(siteDayOf(computedAt));
      // Each page is a read of its own: others come between while a whole day is read.
      while (await store.read((tx) => contacts.follow(tx)));
      while (await store.read((tx) => calls.follow(tx)));
      const { queues, revision } = await store.read(async (tx) => {
        const newest = await newestRevision(tx);
        await contacts.follow(tx);
        await calls.follow(tx);
        return { revision: newest, queues: await countQueues(tx, computedAt, isPresent) };
      });
      return boardSchema.parse({
        revision, computedAt, day: day.date, queues, hours: contacts.hours(), promisedToday: contacts.promised(), inbound: calls.count(computedAt),
      } satisfies Board);
    } catch (error) {
      // What was read into the ledger of a failed read is read again: lines carry their state.
      this.#ledger = null;
      this.#stale = true;
      throw error;
    } finally {
      const tookMs = monotonicMs() - beganAt;
      this.#restUntil = monotonicMs() + Math.max(REST_MS, REST_TIMES * tookMs);
    }
  }

  #ledgerOf(day: SiteDay): Ledger {
    if (this.#ledger?.day.date !== day.date) this.#ledger = { day, contacts: new DayContacts(day), calls: new DayCalls(day) };
    return this.#ledger;
  }

  #tell(board: Board): void {
    const { computedAt: _when, revision: _stand, ...rest } = board;
    const figures = JSON.stringify(rest);
    const isSame = this.#last?.figures === figures;
    this.#last = { board, figures, message: render('board', board) };
    const message = isSame ? render('still', boardStillSchema.parse({ asOf: board.computedAt })) : this.#last.message;
    for (const watcher of this.#watchers) watcher(message);
  }

  /** Nothing happened since: the last one holds as of now. */
  #sayStill(): void {
    if (this.#last === null) return;
    const asOf = this.#stale || this.#counting !== null ? this.#last.board.computedAt : this.#options.clock.nowMs();
    const message = render('still', boardStillSchema.parse({ asOf }));
    for (const watcher of this.#watchers) watcher(message);
  }
}

function render(event: 'board' | 'still', data: unknown): BoardMessage {
  return Buffer.from(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
}
