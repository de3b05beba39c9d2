import type { CommandOutput, CommandRequest } from '../../../shared/contract/contract.ts';
import { findPasswordProblem } from '../../../shared/policy/password-rules.ts';
import { userSchema } from '../../../shared/protocol/session-protocol.ts';
import type { Result } from '../../../shared/result.ts';
import { fail } from '../../../shared/result.ts';
import type { OfficeSession } from '../office/ask-office.ts';
import { askOffice, peopleRoles } from '../office/ask-office.ts';

/** Adds a colleague at the hub; the password is handed over by the administrator. */
export async function addUser(session: OfficeSession, { commandId: _commandId, ...user }: CommandRequest<'add-user'>): Promise<Result<CommandOutput<'add-user'>>> {
  if (findPasswordProblem(user.password, user.username) !== null) return fail('password-too-easy', 'error.passwordTooEasy', { field: 'password' });
  const added = await askOffice(session, peopleRoles, (client, signal) =>
    client.requestJson('POST', '/v1/users', userSchema, { body: user, accepted: [201], signal }));
  if (!added.ok && added.error.code === 'username-taken') return { ok: false, error: { ...added.error, details: { ...added.error.details, field: 'username' } } };
  return added;
}
