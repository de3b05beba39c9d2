/**
 * Sign-in with user name and password.
 *
 * Invariants: ten wrong passwords for one user name within 15 minutes close it until the oldest of them is 15
 * minutes old, whether the name exists or not; a wrong name costs as much time as a wrong password; failures are
 * kept under a hash of the name. A session is given for the password that stands when it is stored: one that was reset while this one was checked
 * gives none. The lease of the shift comes with the feed (ADR 0014).
 */
import { createHash } from 'node:crypto';
import type { Selectable } from 'kysely';
import type { Clock } from '../../shared/time.ts';
import { newId } from '../../shared/id.ts';
import type { SignInReply } from '../../shared/protocol/session-protocol.ts';
import type { HubResult } from '../hub-result.ts';
import { accept, refuse } from '../hub-result.ts';
import { readAgencyName, readHubId } from '../store/hub-meta.ts';
import type { HubStore } from '../store/hub-store.ts';
import type { Tx, UsersTable } from '../store/tables.ts';
import { normaliseUsername } from './add-user.ts';
import { countFailure } from './count-failure.ts';
import { verifyPassword } from './hash-password.ts';
import { hashToken, newTokens, REFRESH_LIFE_MS } from './tokens.ts';

/** The hash of nobody's password, so that an unknown name takes as long as a known one. */
const NOBODY_HASH = `scrypt$32768$8$1$${'00'.repeat(16)}$${'00'.repeat(32)}`;

export async function signIn(store: HubStore, clock: Clock, username: string, password: string): Promise<HubResult<SignInReply>> {
  const name = normaliseUsername(username);
  const nameHash = createHash('sha256').update(name).digest('hex');
  const known = await countAttempt(store, clock, name, nameHash);
  if (!known.ok) return known;
  const user = known.value;
  const correct = await verifyPassword(password, user?.password_hash ?? NOBODY_HASH);
  if (user === null || !correct) return wrongCredentials();

  const nowMs = clock.nowMs();
  const tokens = newTokens(nowMs, nowMs + REFRESH_LIFE_MS);
  return store.write(async (tx): Promise<HubResult<SignInReply>> => {
    if (!(await holdPassword(tx, user))) return wrongCredentials();
    await tx.deleteFrom('sign_in_failures').where('username_hash', '=', nameHash).execute();
    await tx.deleteFrom('sessions').where('refresh_expires_at', '<=', nowMs).execute();
    await tx
      .insertInto('sessions')
      .values({
        session_id: newId<string>(), user_id: user.user_id, access_hash: hashToken(tokens.accessToken),
        access_expires_at: tokens.accessExpiresAt, refresh_hash: hashToken(tokens.refreshToken),
        refresh_expires_at: tokens.refreshExpiresAt, previous_refresh_hash: null, rotated_at: nowMs,
      })
      .execute();
    return accept({
      hubId: await readHubId(tx), agencyName: await readAgencyName(tx), tokens, recoveryKey: user.recovery_key,
      user: { userId: user.user_id, username: user.username, displayName: user.display_name, role: user.role },
    });
  });
}

function wrongCredentials(): HubResult<never> {
  return refuse(401, 'wrong-credentials', 'The user name or the password is wrong.');
}

/** Whether the password is still the one that was checked; it then stays so until the commit, for a reset waits for this row. */
async function holdPassword(tx: Tx, user: Selectable<UsersTable>): Promise<boolean> {
  const held = await tx
    .updateTable('users').set({ password_hash: user.password_hash })
    .where('user_id', '=', user.user_id).where('password_hash', '=', user.password_hash)
    .returning('user_id').executeTakeFirst();
  return held !== undefined;
}

async function countAttempt(
  store: HubStore, clock: Clock, name: string, nameHash: string,
): Promise<HubResult<Selectable<UsersTable> | null>> {
  return store.write(async (tx) => {
    const counted = await countFailure(tx, clock, nameHash);
    if (!counted.ok) return counted;
    return accept((await tx.selectFrom('users').selectAll().where('username', '=', name).executeTakeFirst()) ?? null);
  });
}
