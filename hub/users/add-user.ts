/** Adds a person who may sign in. */
import type { Clock } from '../../shared/time.ts';
import type { UserId } from '../../shared/id.ts';
import { newId, newRandomHex } from '../../shared/id.ts';
import type { Role, User } from '../../shared/protocol/session-protocol.ts';
import type { HubResult } from '../hub-result.ts';
import { accept, refuse } from '../hub-result.ts';
import type { HubStore } from '../store/hub-store.ts';
import { hashPassword } from './hash-password.ts';

export interface NewUser { username: string; displayName: string; role: Role; password: string }

export const MIN_PASSWORD_LENGTH = 8;

export async function addUser(store: HubStore, clock: Clock, user: NewUser): Promise<HubResult<User>> {
  if (user.password.length < MIN_PASSWORD_LENGTH) {
    return refuse(400, 'password-too-short', `A password needs at least ${String(MIN_PASSWORD_LENGTH)} characters.`);
  }
  const username = normaliseUsername(user.username);
  const passwordHash = await hashPassword(user.password);
  const userId = newId<UserId>();
  return store.write(async (tx) => {
    const inserted = await tx
      .insertInto('users')
      .values({
        user_id: userId, username, display_name: user.displayName, role: user.role, password_hash: passwordHash,
        recovery_key: newRandomHex(32), created_at: clock.nowMs(),
      })
      .onConflict((oc) => oc.column('username').doNothing())
      .returning('user_id')
      .executeTakeFirst();
    if (inserted === undefined) return refuse(409, 'username-taken', 'This user name is taken.');
    return accept({ userId, username, displayName: user.displayName, role: user.role });
  });
}

/** User names are compared without regard to case and outer blanks. */
export function normaliseUsername(username: string): string {
  return username.trim().normalize('NFC').toLowerCase();
}
