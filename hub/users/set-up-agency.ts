/**
 * Gives an empty hub its agency and its first administrator.
 *
 * Invariants: it happens once per hub: the row `setUpAt` is a unique key that two askers at the same moment cannot both insert, on either
 * database; where anybody can sign in already (added on the command line, or the demo) it is refused. Attempts that fail are counted as wrong passwords are.
 */
import { createHash } from 'node:crypto';
import { findPasswordProblem } from '../../shared/policy/password-rules.ts';
import type { User } from '../../shared/protocol/session-protocol.ts';
import type { SetupRequest } from '../../shared/protocol/setup-protocol.ts';
import type { Clock } from '../../shared/time.ts';
import type { HubResult } from '../hub-result.ts';
import { accept, refuse } from '../hub-result.ts';
import { writeAgencyName } from '../store/hub-meta.ts';
import type { HubStore } from '../store/hub-store.ts';
import type { Tx } from '../store/tables.ts';
import { insertUser, passwordTooShort } from './add-user.ts';
import { countFailure } from './count-failure.ts';
import { hashPassword } from './hash-password.ts';

/** Never the hash of a user name: those are of the bare name. */
const ATTEMPTS_KEY = createHash('sha256').update('\0setup').digest('hex');

export async function setUpAgency(store: HubStore, clock: Clock, request: SetupRequest): Promise<HubResult<User>> {
  const allowed = await store.write(async (tx) => ((await needsSetup(tx)) ? countFailure(tx, clock, ATTEMPTS_KEY) : alreadySetUp()));
  if (!allowed.ok) return allowed;
  const problem = findPasswordProblem(request.password, request.username);
  if (problem === 'too-short') return passwordTooShort();
  if (problem !== null) return refuse(400, 'password-too-easy', 'This password is easy to guess. Choose another one.');
  const passwordHash = await hashPassword(request.password);
  return store.write(async (tx) => {
    if (!(await needsSetup(tx))) return alreadySetUp();
    const claimed = await tx.insertInto('meta').values({ key: 'setUpAt', value: String(clock.nowMs()) })
      .onConflict((oc) => oc.column('key').doNothing()).returning('key').executeTakeFirst();
    if (claimed === undefined) return alreadySetUp();
    await writeAgencyName(tx, request.agencyName);
    const added = await insertUser(tx, clock, { username: request.username, displayName: request.displayName, role: 'admin', passwordHash });
    if (!added.ok) throw new Error('an empty hub has a user of that name');
    await tx.deleteFrom('sign_in_failures').where('username_hash', '=', ATTEMPTS_KEY).execute();
    return accept(added.value);
  });
}

/** Whether nobody can sign in yet. */
export async function needsSetup(tx: Tx): Promise<boolean> {
  return (await tx.selectFrom('users').select('user_id').limit(1).executeTakeFirst()) === undefined;
}

function alreadySetUp(): ReturnType<typeof refuse> {
  return refuse(409, 'already-set-up', 'This hub is set up already. Sign in, or ask its administrator for an account.');
}
