/** Who could take a customer: names and nothing about what they do. */
import type { UserId } from '../../shared/id.ts';
import type { Tx } from '../store/tables.ts';

export async function listCollectors(tx: Tx): Promise<{ userId: UserId; displayName: string }[]> {
  const rows = await tx
    .selectFrom('users').select(['user_id', 'display_name']).where('role', '=', 'collector').orderBy('display_name').orderBy('user_id').execute();
  return rows.map((row) => ({ userId: row.user_id, displayName: row.display_name }));
}
