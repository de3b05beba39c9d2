/**
 * Keeps this store and the hub the same, for as long as somebody is signed in.
 *
 *            start ┌────────────┐ token, reconcile, push, pull ok  ┌────────┐
 *        ─────────▶│ connecting │─────────────────────────────────▶│ online │◀─┐ wake: a new fact,
 *                  └────────────┘                                  └────────┘  │ a live event, 30 s
 *                     ▲      │ any failure        live ended, failure  │  └────┘ → push, pull, files
 *         backoff or  │      ▼                                          │
 *         "sync now"  │  ┌─────────┐                                    │
 *                     └──│ offline │◀───────────────────────────────────┘
 *                        └─────────┘
 *
 * Invariants: one request at a time; stopping ends every request; nothing here is needed for
 * saving, so no failure of the network ever reaches a command.
 */
import { z } from 'zod';
import { randomFraction } from '../../../shared/id.ts';
import type { AppError, Result } from '../../../shared/result.ts';
import { fail, ok } from '../../../shared/result.ts';
import type { Clock } from '../../../shared/time.ts';
import { monotonicMs } from '../../../shared/time.ts';
import type { ViewContext } from '../../../shared/case/view-case.ts';
import type { CaseId } from '../../../shared/id.ts';
import { blobsOf } from '../attachments/attachment-blobs.ts';
import type { Sqlite } from '../store/database.ts';
import { readDeviceId } from '../store/fact-store.ts';
import { leaseOf, writeLease } from '../store/lease-watch.ts';
import { storeFailure } from '../store/store-failure.ts';
import type { FeedChanges } from './apply-feed-page.ts';
import { applyFeedPage, UnreadableEntity } from './apply-feed-page.ts';
import { backoffMs } from '../../../shared/backoff.ts';
import { catchUpFeed } from './catch-up-feed.ts';
import { GarbledBody } from './feed-page.ts';
import { DirectoryPull } from '../directory/pull-directory.ts';
import type { HubClient } from './hub-client.ts';
import type { HubTokens } from './hub-tokens.ts';
import { pushFacts, reconcileDevice } from './push-facts.ts';
import { uploadAttachments } from './upload-attachments.ts';
import { watchLive } from './watch-live.ts';
import { Waker } from './waker.ts';

const IDLE_SYNC_MS = 30_000;
/** Nobody waits long for a farewell. */
const GOODBYE_TIMEOUT_MS = 2_000;
/** Somebody looks at the screen meanwhile. */
const QUESTION_TIMEOUT_MS = 8_000;
/** Files go in turns of so long, so that a fact saved meanwhile never waits for a whole file. */
const UPLOAD_TURN_MS = 1_000;
/** A live connection that ends sooner is a fault; one that lasted is renewed without a word (its token ran out). */
const SHORT_LIVE_MS = 2_000;

export interface SyncListener {
  /** State, unsent count or problem changed. */
  onState(): void;
  /** A page was committed. */
  onChanges(changes: FeedChanges): void;
  /** How a file of this case stands has changed. */
  onUpload(caseId: CaseId): void;
  /** Who is found by a number has changed. */
  onDirectory(): void;
  /** The hub told something from memory (`floor-protocol.ts`). */
  onFloor(event: string, data: string): void;
}

export class SyncLoop {
  network: 'connecting' | 'online' | 'offline' = 'connecting';
  problem: AppError | null = null;
  readonly #db: Sqlite;
  readonly #tokens: HubTokens;
  readonly #clock: Clock;
  readonly #viewer: Pick<ViewContext, 'zone' | 'userId'>;
  readonly #listener: SyncListener;
  readonly #stopping = new AbortController();
  readonly #waker = new Waker();
  readonly #directory: DirectoryPull;
  #client: HubClient;
  #failures = 0;
  #triedNewToken = false;
  #onlineSinceMs = 0;
  #retryNow = false;
  #done: Promise<void> | null = null;

  constructor(db: Sqlite, client: HubClient, tokens: HubTokens, clock: Clock, viewer: Pick<ViewContext, 'zone' | 'userId'>, listener: SyncListener) {
    this.#db = db;
    this.#client = client;
    this.#tokens = tokens;
    this.#clock = clock;
    this.#viewer = viewer;
    this.#listener = listener;
    this.#directory = new DirectoryPull(clock);
  }

  start(): void {
    this.#done ??= this.#run();
  }

  /** Ends every request and waits for the last transaction. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    this.#waker.wake();
    await this.#done;
  }

  /**
   * After `stop`, when the operator signs out: this desk works nothing any more. It forgets its lease first, on the disk; only
   * then the hub may give away what it held. Without the line it keeps it, so that whoever comes back can go on.
   */
  async endLease(): Promise<void> {
    if (this.network !== 'online') return;
    try {
      this.#db.transaction(() => writeLease(this.#db, null, this.#clock.nowMs())).immediate();
    } catch (error) {
      // A full disk: the lease stays, here and at the hub.
      if (storeFailure(error).error.code === 'store-damaged') throw error;
      return;
    }
    leaseOf(this.#db).reload();
    // Unheard, the hub waits until the lease would have ended.
    await this.#client.requestJson('POST', '/v1/leases/end', z.object({}), { body: { device: readDeviceId(this.#db) }, timeoutMs: GOODBYE_TIMEOUT_MS });
  }

  /** The session is over: nothing may be asked any more. */
  isOver(): boolean {
    return this.#isStopping();
  }

  /** There is something to push. */
  wake(): void {
    this.#waker.wake();
  }

  /** Try at once, whatever the backoff says. */
  retryNow(): void {
    this.#retryNow = true;
    this.#waker.wake();
  }

  /** The hub moved (an embedded one restarts on another port). */
  useClient(client: HubClient): void {
    client.accessToken = this.#client.accessToken;
    this.#client = client;
    this.retryNow();
  }

  /** A question of a screen to the hub, beside the loop: nothing is kept of it, and it ends with the session. */
  async ask<Schema extends z.ZodType>(method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, schema: Schema, body?: unknown, timeoutMs = QUESTION_TIMEOUT_MS): Promise<Result<z.infer<Schema>>> {
    const client = this.#client;
    const { signal } = this.#stopping;
    const token = await this.#tokens.ensure(client, signal);
    if (!token.ok) return token;
    return client.requestJson(method, path, schema, { signal, timeoutMs, ...(body === undefined ? {} : { body }) });
  }

  /** As `ask`, for work that needs more of the client than a question: bytes, a stream. A token that ran out before its time is renewed once. */
  async withHub<T>(work: (client: HubClient, signal: AbortSignal) => Promise<Result<T>>): Promise<Result<T>> {
    const { signal } = this.#stopping;
    for (let attempt = 1; ; attempt += 1) {
      const client = this.#client;
      const token = await this.#tokens.ensure(client, signal);
      if (!token.ok) return token;
      const done = await work(client, signal);
      if (done.ok || done.error.code !== 'not-authorised' || attempt > 1) return done;
      this.#tokens.invalidate();
    }
  }

  async #run(): Promise<void> {
    while (!this.#isStopping()) {
      if (this.network !== 'online') this.#setState('connecting', this.problem);
      const failure = await this.#connectAndFollow().catch(foreseen);
      if (this.#isStopping()) break;
      if (failure.code === 'not-authorised') {
        this.#tokens.invalidate();
        // The token ran out before its time: a new one may do, without a word to anybody.
        if (!this.#triedNewToken) {
          this.#triedNewToken = true;
          continue;
        }
      }
      if (failure.code === 'live-ended' && monotonicMs() - this.#onlineSinceMs > SHORT_LIVE_MS) continue;
      this.#failures += 1;
      this.#setState('offline', failure);
      this.#retryNow = false;
      await this.#waker.wait(backoffMs(this.#failures, randomFraction()), () => this.#retryNow || this.#isStopping());
    }
  }

  /** Runs until something fails; answers what. */
  async #connectAndFollow(): Promise<AppError> {
    const { signal } = this.#stopping;
    const client = this.#client;
    const token = await this.#tokens.ensure(client, signal);
    if (!token.ok) return token.error;
    const reconciled = await reconcileDevice(this.#db, client, signal);
    if (!reconciled.ok) return reconciled.error;
    const first = await this.#pushAndPull(client, true);
    if (!first.ok) return first.error;

    const live = new AbortController();
    const stopLive = (): void => live.abort();
    signal.addEventListener('abort', stopLive, { once: true });
    const liveEnd: { error: AppError | null } = { error: null };
    const watching = watchLive(client, live.signal, () => this.#setOnline(), () => this.#waker.wake(), (event, data) => this.#listener.onFloor(event, data)).then((ended) => {
      if (!ended.ok) liveEnd.error = ended.error;
      this.#waker.wake();
    });
    try {
      for (;;) {
        await this.#waker.wait(IDLE_SYNC_MS);
        if (liveEnd.error !== null) return liveEnd.error;
        const renewed = await this.#tokens.ensure(client, signal);
        if (!renewed.ok) return renewed.error;
        const synced = await this.#pushAndPull(client, false);
        if (!synced.ok) return synced.error;
      }
    } finally {
      signal.removeEventListener('abort', stopLive);
      live.abort();
      await watching;
    }
  }

  /** Facts, feed, then a turn of files and one of the directory. @param isFirst of this connection */
  async #pushAndPull(client: HubClient, isFirst: boolean): Promise<Result<null>> {
    const { signal } = this.#stopping;
    const pushed = await pushFacts(this.#db, client, signal, () => this.#listener.onState());
    if (!pushed.ok) return pushed;
    const pulled = await catchUpFeed({
      db: this.#db, client, clock: this.#clock, signal,
      apply: (page) => this.#listener.onChanges(applyFeedPage(this.#db, page, { ...this.#viewer, nowMs: this.#clock.nowMs() })),
    });
    if (!pulled.ok) return pulled;
    const uploaded = await uploadAttachments({
      db: this.#db, blobs: blobsOf(this.#db), clock: this.#clock, client, signal, budgetMs: UPLOAD_TURN_MS, recheck: isFirst,
      onProgress: (caseId) => this.#listener.onUpload(caseId),
    });
    if (!uploaded.ok) return uploaded;
    const listed = await this.#directory.pull({ db: this.#db, client, signal, isFirst, onPage: () => this.#listener.onDirectory() });
    if (!listed.ok) return listed;
    if (uploaded.value.more || listed.value.more) this.#waker.wake();
    return ok(null);
  }

  #isStopping(): boolean {
    return this.#stopping.signal.aborted;
  }

  #setOnline(): void {
    this.#failures = 0;
    this.#triedNewToken = false;
    this.#onlineSinceMs = monotonicMs();
    this.#setState('online', null);
  }

  #setState(network: SyncLoop['network'], problem: AppError | null): void {
    if (this.network === network && this.problem === problem) return;
    this.network = network;
    this.problem = problem;
    this.#listener.onState();
  }
}

/** A hub that is too new stops the feed and nothing else: each further attempt pushes before it pulls. */
function foreseen(error: unknown): AppError {
  if (error instanceof UnreadableEntity) return fail('update-needed', 'error.updateNeeded', { kind: error.kind }).error;
  if (error instanceof GarbledBody) return fail('feed-cut', 'error.hubUnreachable', { reason: error.message }, true).error;
  return storeFailure(error).error;
}
