/**
 * Exchanges a refresh token for a new pair.
 *
 * Invariant: the refresh token changes at each use. The one before is accepted for two more minutes, because the
 * answer that carried the new one can be lost; used later than that it is taken for stolen and the session ends.
 */
import type { Clock } from '../../shared/time.ts';
import type { Tokens } from '../../shared/protocol/session-protocol.ts';
import type { HubResult } from '../hub-result.ts';
import { accept, refuse } from '../hub-result.ts';
import type { HubStore } from '../store/hub-store.ts';
import { hashToken, newTokens } from './tokens.ts';

const LOST_ANSWER_MS = 2 * 60_000;

export async function refreshSession(store: HubStore, clock: Clock, refreshToken: string): Promise<HubResult<Tokens>> {
  const given = hashToken(refreshToken);
  return store.write(async (tx) => {
    const nowMs = clock.nowMs();
    const session = await tx
      .selectFrom('sessions').selectAll()
      .where((eb) => eb.or([eb('refresh_hash', '=', given), eb('previous_refresh_hash', '=', given)]))
      .executeTakeFirst();
    if (session === undefined || session.refresh_expires_at <= nowMs) {
      return refuse(401, 'session-ended', 'This session has ended. Sign in again.');
    }
    if (session.refresh_hash !== given && nowMs - session.rotated_at > LOST_ANSWER_MS) {
      await tx.deleteFrom('sessions').where('session_id', '=', session.session_id).execute();
      return refuse(401, 'session-ended', 'This session has ended. Sign in again.');
    }
    const tokens = newTokens(nowMs, session.refresh_expires_at);
    await tx
      .updateTable('sessions')
      .set({
        access_hash: hashToken(tokens.accessToken), access_expires_at: tokens.accessExpiresAt,
        refresh_hash: hashToken(tokens.refreshToken), previous_refresh_hash: given, rotated_at: nowMs,
      })
      .where('session_id', '=', session.session_id)
      .execute();
    return accept(tokens);
  });
}
