import type { CommandRequest } from '../../../shared/contract/contract.ts';
import { findPasswordProblem } from '../../../shared/policy/password-rules.ts';
import { userSchema } from '../../../shared/protocol/session-protocol.ts';
import type { Result } from '../../../shared/result.ts';
import { fail, ok } from '../../../shared/result.ts';
import { inWords } from '../office/ask-office.ts';
import type { HubClient } from '../sync/hub-client.ts';

const SETUP_TIMEOUT_MS = 20_000;

/**
 * Names the agency and makes its first administrator at an empty hub. Somebody was first: refused, unless it was this very person, whose answer
 * was lost; the sign-in that follows tells the two apart.
 */
export async function setUpAgency(client: HubClient, { commandId: _commandId, ...request }: CommandRequest<'set-up-agency'>): Promise<Result<{ wasFirst: boolean }>> {
  const problem = findPasswordProblem(request.password, request.username);
  if (problem !== null) return fail('password-too-easy', problem === 'too-short' ? 'error.passwordTooShort' : 'error.passwordTooEasy', { field: 'password' });
  const done = await client.requestJson('POST', '/v1/setup', userSchema, { body: request, accepted: [201], timeoutMs: SETUP_TIMEOUT_MS });
  if (done.ok) return ok({ wasFirst: true });
  const error = inWords(done.error);
  return error.code === 'already-set-up' ? ok({ wasFirst: false }) : { ok: false, error };
}
