import { z } from 'zod';
import type { CommandOutput, CommandRequest } from '../../../shared/contract/contract.ts';
import type { Result } from '../../../shared/result.ts';
import type { OfficeSession } from '../office/ask-office.ts';
import { askOffice, peopleRoles } from '../office/ask-office.ts';

/** Gives somebody a new password; what is unsent on their PC stays readable by the recovery key. */
export function resetPassword(session: OfficeSession, { userId, password }: CommandRequest<'reset-password'>): Promise<Result<CommandOutput<'reset-password'>>> {
  return askOffice(session, peopleRoles, (client, signal) =>
    client.requestJson('POST', `/v1/users/${userId}/password`, z.object({}), { body: { password }, signal }));
}
