/**
 * Pulls pages until this store holds what the hub has.
 *
 * Invariant: after a page that took something away the hub is asked once more at once: the new cursor is the
 * acknowledgement that lets it give the customer to somebody else (ADR 0014). While a page is applied the hub already
 * reads the next one; that request acknowledges nothing, and the last page is asked for again, because its lease counts.
 */
import { setImmediate } from 'node:timers/promises';
import type { Result } from '../../../shared/result.ts';
import { ok } from '../../../shared/result.ts';
import type { Clock } from '../../../shared/time.ts';
import type { Sqlite } from '../store/database.ts';
import { readDeviceId } from '../store/fact-store.ts';
import { readMeta } from '../store/meta.ts';
import type { FeedPage } from './feed-page.ts';
import type { HubClient } from './hub-client.ts';
import { pullFeedPage } from './pull-feed.ts';

export interface CatchUp {
  db: Sqlite;
  client: HubClient;
  clock: Clock;
  signal: AbortSignal;
  /** Commits the page and its cursor. */
  apply: (page: FeedPage) => void;
}

/** Small, so that the first case of an empty desk is there at once. */
const FIRST_PAGE = 500;
/**
 * Large, because the hub looks through all that is left for each and a commit writes the same pages of the indexes again; not larger,
 * because nothing else is answered while one is applied (a third of a second), and two of them are held at once.
 */
const NEXT_PAGE = 4_000;

export async function catchUpFeed({ db, client, clock, signal, apply }: CatchUp): Promise<Result<null>> {
  const desk = { deviceId: readDeviceId(db), clock };
  const stop = new AbortController();
  const stopAhead = AbortSignal.any([signal, stop.signal]);
  let acknowledged = false;
  let limit = FIRST_PAGE;
  let ahead: ReturnType<typeof pullFeedPage> | null = null;
  try {
    for (;;) {
      const early = ahead === null ? null : await ahead;
      ahead = null;
      const page = early?.ok === true && early.value.more
        ? early : await pullFeedPage(client, readMeta(db, 'feedCursor') ?? '', signal, desk, { limit, isAhead: false });
      if (!page.ok) return page;
      if (page.value.more) {
        limit = NEXT_PAGE;
        ahead = pullFeedPage(client, page.value.cursor, stopAhead, desk, { limit, isAhead: true });
        await setImmediate();
      }
      apply(page.value);
      if (page.value.more) continue;
      if (acknowledged || !takesAway(page.value)) return ok(null);
      acknowledged = true;
    }
  } finally {
    stop.abort();
    await ahead;
  }
}

function takesAway(page: FeedPage): boolean {
  return page.mode === 'snapshot' || page.changes.some((change) => change.line === 'remove' && change.kind === 'case');
}
