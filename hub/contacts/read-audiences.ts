/** Who may see a contact: by what a person is asked for, and whether that meets. */
import type { UserId } from '../../shared/id.ts';
import { roleSchema } from '../../shared/protocol/session-protocol.ts';
import type { Audience } from '../feed/audience.ts';
import { audiencesOf } from '../feed/audience.ts';
import type { Tx } from '../store/tables.ts';

/** As what this person sees contacts; nobody who is gone sees any. */
export async function readAudiences(tx: Tx, userId: UserId): Promise<Audience[]> {
  const row = await tx.selectFrom('users').select('role').where('user_id', '=', userId).executeTakeFirst();
  return row === undefined ? [] : audiencesOf({ userId, role: roleSchema.parse(row.role) });
}

export function sharesAudience(theirs: readonly Audience[], mine: readonly Audience[]): boolean {
  return theirs.some((audience) => mine.includes(audience));
}
