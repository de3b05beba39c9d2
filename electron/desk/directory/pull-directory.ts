/**
 * Brings the directory up to date, page by page, beside the feed (ADR 0026).
 *
 * Invariants: a turn is short, so that a fact saved meanwhile never waits for a whole directory; it goes on where it was, after a cut, a
 * crash or an end. A hub of before has none: that is no failure, and it is asked again with the next connection.
 */
import type { Clock } from '../../../shared/time.ts';
import { monotonicMs } from '../../../shared/time.ts';
import type { Result } from '../../../shared/result.ts';
import { ok } from '../../../shared/result.ts';
import { directoryPageSchema } from '../../../shared/protocol/inbound-protocol.ts';
import type { Sqlite } from '../store/database.ts';
import type { HubClient } from '../sync/hub-client.ts';
import { applyDirectoryPage, readDirectoryState } from './directory-store.ts';

/** A number that was learnt elsewhere is known here so much later, at most with the next turn of the feed. */
const ASK_EVERY_MS = 15_000;
const TURN_MS = 500;

export class DirectoryPull {
  readonly #clock: Clock;
  #askedAtMs: number | null = null;
  #isNotGiven = false;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** A turn. @param isFirst of this connection */
  async pull(options: { db: Sqlite; client: HubClient; signal: AbortSignal; isFirst: boolean; onPage: () => void }): Promise<Result<{ more: boolean }>> {
    const { db, client, signal, isFirst, onPage } = options;
    if (isFirst) this.#isNotGiven = false;
    const isDue = isFirst || this.#askedAtMs === null || this.#clock.nowMs() - this.#askedAtMs >= ASK_EVERY_MS || this.#clock.nowMs() < this.#askedAtMs;
    if (this.#isNotGiven || !isDue) return ok({ more: false });
    for (const untilMs = monotonicMs() + TURN_MS; ;) {
      const cursor = readDirectoryState(db)?.cursor ?? '';
      const page = await client.requestJson('GET', `/v1/directory?${new URLSearchParams({ cursor }).toString()}`, directoryPageSchema, { signal });
      if (!page.ok) {
        const { status } = page.error.details;
        if (status !== 404 && status !== 403) return page;
        this.#isNotGiven = true;
        return ok({ more: false });
      }
      applyDirectoryPage(db, page.value);
      if (page.value.entries.length > 0) onPage();
      if (!page.value.more) {
        this.#askedAtMs = this.#clock.nowMs();
        return ok({ more: false });
      }
      if (monotonicMs() > untilMs) {
        this.#askedAtMs = null;
        return ok({ more: true });
      }
    }
  }
}
