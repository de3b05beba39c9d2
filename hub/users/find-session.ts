/** Whose access token this is, or null when it is nobody's or too old. */
import type { UserId } from '../../shared/id.ts';
import type { Role } from '../../shared/protocol/session-protocol.ts';
import { runKept } from '../store/kept-query.ts';
import type { Tx } from '../store/tables.ts';
import { hashToken } from './tokens.ts';

export interface Session { sessionId: string; userId: UserId; role: Role; accessExpiresAt: number }

export async function findSession(tx: Tx, accessToken: string, nowMs: number): Promise<Session | null> {
  const accessHash = hashToken(accessToken);
  const [row] = await runKept(tx, 'find-session', [accessHash], () => tx
    .selectFrom('sessions')
    .innerJoin('users', 'users.user_id', 'sessions.user_id')
    .select(['sessions.session_id', 'sessions.user_id', 'users.role', 'sessions.access_expires_at'])
    .where('sessions.access_hash', '=', accessHash));
  if (row === undefined || row.access_expires_at <= nowMs) return null;
  return { sessionId: row.session_id, userId: row.user_id, role: row.role, accessExpiresAt: row.access_expires_at };
}
