/**
 * Answers a desk that asks for its feed: takes its word for what it has applied, gives the lease, reads the page.
 *
 * Invariant: in this order. What the cursor acknowledges may give customers to others; the lease stands before the page is
 * read, so whoever takes a customer from this person meanwhile either sees the lease or is seen by the page.
 */
import type { DeviceId } from '../../shared/id.ts';
import type { Clock } from '../../shared/time.ts';
import { grantLease } from '../leases/grant-lease.ts';
import { acknowledgeRemovals, releaseDueCustomers } from '../receivables/release-customers.ts';
import type { HubStore } from '../store/hub-store.ts';
import type { Session } from '../users/find-session.ts';
import { PAGE_LIMIT, readFeed } from './read-feed.ts';

/** As parsed by the route. */
export interface FeedQuestion { cursor: string; device?: DeviceId | undefined; limit?: number | undefined; ahead?: '1' | undefined }

export async function serveFeed(
  store: HubStore, clock: Clock, session: Session, asked: FeedQuestion,
): ReturnType<typeof readFeed> {
  const { cursor, limit = null } = asked;
  if (asked.ahead === '1') return readFeed(store, session, cursor, limit ?? PAGE_LIMIT, null, limit);
  const desk = { userId: session.userId, deviceId: asked.device ?? '' } as const;
  await acknowledgeRemovals(store, clock, desk, cursor);
  await releaseDueCustomers(store, clock);
  const lifeMs = await grantLease(store, clock.nowMs(), desk);
  return readFeed(store, session, cursor, limit ?? PAGE_LIMIT, { lifeMs }, limit);
}
