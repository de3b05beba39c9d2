/** Everybody who may sign in, by user name. */
import type { User } from '../../shared/protocol/session-protocol.ts';
import type { Tx } from '../store/tables.ts';

export async function listUsers(tx: Tx): Promise<User[]> {
  const rows = await tx.selectFrom('users').select(['user_id', 'username', 'display_name', 'role']).orderBy('username').execute();
  return rows.map((row) => ({ userId: row.user_id, username: row.username, displayName: row.display_name, role: row.role }));
}
