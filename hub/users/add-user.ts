/** Adds a person who may sign in. */
import type { Clock } from '../../shared/time.ts';
import type { UserId } from '../../shared/id.ts';
import { newId, newRandomHex } from '../../shared/id.ts';
import { MIN_PASSWORD_LENGTH } from '../../shared/policy/password-rules.ts';
import type { Role, User } from '../../shared/protocol/session-protocol.ts';
import type { NewCertificate } from '../../shared/protocol/setup-protocol.ts';
import { standardCertificates } from '../../shared/protocol/setup-protocol.ts';
import { dateOfInstant } from '../../shared/time.ts';
import { setCertificates } from '../conduct/certificates.ts';
import { SITE_ZONE } from '../site-zone.ts';
import type { HubResult } from '../hub-result.ts';
import { accept, refuse } from '../hub-result.ts';
import type { HubStore } from '../store/hub-store.ts';
import type { Tx } from '../store/tables.ts';
import { hashPassword } from './hash-password.ts';

export interface NewUser {
  username: string;
  displayName: string;
  role: Role;
  password: string;
  /** What the person is certified for from today on; where nothing is said, `standardCertificates`. */
  certificates?: readonly NewCertificate[] | undefined;
}

export async function addUser(store: HubStore, clock: Clock, user: NewUser): Promise<HubResult<User>> {
  if (user.password.length < MIN_PASSWORD_LENGTH) return passwordTooShort();
  const passwordHash = await hashPassword(user.password);
  return store.write((tx) => insertUser(tx, clock, { ...user, passwordHash }));
}

export function passwordTooShort(): ReturnType<typeof refuse> {
  return refuse(400, 'password-too-short', `A password needs at least ${String(MIN_PASSWORD_LENGTH)} characters.`);
}

/** Inside a transaction, for which the password was hashed before. */
export async function insertUser(tx: Tx, clock: Clock, user: Omit<NewUser, 'password'> & { passwordHash: string }): Promise<HubResult<User>> {
  const username = normaliseUsername(user.username);
  const userId = newId<UserId>();
  const inserted = await tx
    .insertInto('users')
    .values({
      user_id: userId, username, display_name: user.displayName, role: user.role, password_hash: user.passwordHash,
      recovery_key: newRandomHex(32), created_at: clock.nowMs(),
    })
    .onConflict((oc) => oc.column('username').doNothing())
    .returning('user_id')
    .executeTakeFirst();
  if (inserted === undefined) return refuse(409, 'username-taken', 'This user name is taken.');
  const nowMs = clock.nowMs();
  const since = dateOfInstant(nowMs, SITE_ZONE);
  const drafts = (user.certificates ?? standardCertificates).map((certificate) => ({ ...certificate, since, until: null }));
  const certified = await setCertificates(tx, { userId: null, nowMs }, userId, drafts);
  if (!certified.ok) return certified;
  return accept({ userId, username, displayName: user.displayName, role: user.role });
}

/** User names are compared without regard to case and outer blanks. */
export function normaliseUsername(username: string): string {
  return username.trim().normalize('NFC').toLowerCase();
}
