/**
 * Ten failures for one key within 15 minutes close it until the oldest of them is 15 minutes old.
 *
 * Invariant: an attempt is counted as a failure before it is looked at (whoever succeeds deletes the key's failures), so that many at the
 * same time are not more than ten.
 */
import type { Clock } from '../../shared/time.ts';
import type { HubResult } from '../hub-result.ts';
import { accept, refuse } from '../hub-result.ts';
import type { Tx } from '../store/tables.ts';

const MAX_FAILURES = 10;
const FAILURE_WINDOW_MS = 15 * 60_000;

/** @param keyHash SHA-256 of what the attempts are for, so that no name is kept */
export async function countFailure(tx: Tx, clock: Clock, keyHash: string): Promise<HubResult<null>> {
  const nowMs = clock.nowMs();
  await tx.deleteFrom('sign_in_failures').where('failed_at', '<=', nowMs - FAILURE_WINDOW_MS).execute();
  const failures = await tx
    .selectFrom('sign_in_failures').select('failed_at').where('username_hash', '=', keyHash).orderBy('failed_at').execute();
  const oldest = failures[0];
  if (oldest !== undefined && failures.length >= MAX_FAILURES) {
    const retryAfterMs = Math.max(0, oldest.failed_at + FAILURE_WINDOW_MS - nowMs);
    return refuse(429, 'locked-out', 'Too many wrong attempts. Try again later.', { retryAfterMs });
  }
  await tx.insertInto('sign_in_failures').values({ username_hash: keyHash, failed_at: nowMs }).execute();
  return accept(null);
}
