/**
 * Gives a person a new password.
 *
 * Invariant: every session of that person ends; the recovery key stays, for it opens the stores sealed before.
 */
import type { HubResult } from '../hub-result.ts';
import { accept, refuse } from '../hub-result.ts';
import type { HubStore } from '../store/hub-store.ts';
import { MIN_PASSWORD_LENGTH, normaliseUsername } from './add-user.ts';
import { hashPassword } from './hash-password.ts';

export async function resetPassword(store: HubStore, username: string, password: string): Promise<HubResult<null>> {
  if (password.length < MIN_PASSWORD_LENGTH) {
    return refuse(400, 'password-too-short', `A password needs at least ${String(MIN_PASSWORD_LENGTH)} characters.`);
  }
  const passwordHash = await hashPassword(password);
  return store.write(async (tx) => {
    const row = await tx
      .updateTable('users')
      .set({ password_hash: passwordHash })
      .where('username', '=', normaliseUsername(username))
      .returning('user_id')
      .executeTakeFirst();
    if (row === undefined) return refuse(404, 'unknown-user', 'There is no such user.');
    await tx.deleteFrom('sessions').where('user_id', '=', row.user_id).execute();
    return accept(null);
  });
}
