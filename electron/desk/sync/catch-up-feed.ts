/**
 * Pulls pages until this store holds what the hub has.
 *
 * Invariant: after a page that took something away the hub is asked once more at once: the new cursor is the
 * acknowledgement that lets it give the customer to somebody else (ADR 0014).
 */
import type { Result } from '../../../shared/result.ts';
import { ok } from '../../../shared/result.ts';
import type { Clock } from '../../../shared/time.ts';
import type { Sqlite } from '../store/database.ts';
import { readDeviceId } from '../store/fact-store.ts';
import { readMeta } from '../store/meta.ts';
import type { FeedPage } from './apply-feed-page.ts';
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

export async function catchUpFeed({ db, client, clock, signal, apply }: CatchUp): Promise<Result<null>> {
  let acknowledged = false;
  for (;;) {
    const page = await pullFeedPage(client, readMeta(db, 'feedCursor') ?? '', signal, { deviceId: readDeviceId(db), clock });
    if (!page.ok) return page;
    apply(page.value);
    if (page.value.more) continue;
    if (acknowledged || !takesAway(page.value)) return ok(null);
    acknowledged = true;
  }
}

function takesAway(page: FeedPage): boolean {
  return page.mode === 'snapshot' || page.changes.some((change) => change.line === 'remove' && change.kind === 'case');
}
