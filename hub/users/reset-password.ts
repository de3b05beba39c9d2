/**
 * Gives a person a new password.
 *
 * Invariant: every session of that person ends; the recovery key stays, for it opens the stores sealed before.
 */
import type { UserId } from '../../shared/id.ts';
import { MIN_PASSWORD_LENGTH } from '../../shared/policy/password-rules.ts';
import type { HubResult } from '../hub-result.ts';
import { accept, refuse } from '../hub-result.ts';
import type { HubStore } from '../store/hub-store.ts';
import { normaliseUsername, passwordTooShort } from './add-user.ts';
import { hashPassword } from './hash-password.ts';

export async function resetPassword(store: HubStore, person: { username: string } | { userId: UserId }, password: string): Promise<HubResult<null>> {
  if (password.length < MIN_PASSWORD_LENGTH) return passwordTooShort();
  const passwordHash = await hashPassword(password);
  return store.write(async (tx) => {
    const update = tx.updateTable('users').set({ password_hash: passwordHash }).returning('user_id');
    const row = await ('userId' in person
      ? update.where('user_id', '=', person.userId)
      : update.where('username', '=', normaliseUsername(person.username))).executeTakeFirst();
    if (row === undefined) return refuse(404, 'unknown-user', 'There is no such user.');
    await tx.deleteFrom('sessions').where('user_id', '=', row.user_id).execute();
    return accept(null);
  });
}
