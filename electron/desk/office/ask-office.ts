/**
 * Work that the hub does for leads and administrators, asked through the desk.
 *
 * Invariants: the role is checked here and again at the hub; nothing of an answer is kept on this PC; a refusal that has a sentence of its own
 * gets it, with what the hub said about it.
 */
import { errorKeyOf } from './office-errors.ts';
import type { Role } from '../../../shared/protocol/session-protocol.ts';
import type { AppError, Result } from '../../../shared/result.ts';
import { fail } from '../../../shared/result.ts';
import type { Session } from '../session.ts';
import type { HubClient } from '../sync/hub-client.ts';

export type OfficeSession = Pick<Session, 'user' | 'sync'>;

/** Who may import, add people, set the rules, certify, publish rates and the agreement with the workers; the hub's access table says the same. */
export const importRoles: readonly Role[] = ['lead', 'admin'];
export const peopleRoles: readonly Role[] = ['admin'];
export const conductRoles: readonly Role[] = ['lead', 'admin'];
export const certificateRoles: readonly Role[] = ['admin'];
export const houseRoles: readonly Role[] = ['admin'];

/** Runs `work` against the hub with a valid token. */
export async function askOffice<T>(
  session: OfficeSession, roles: readonly Role[], work: (client: HubClient, signal: AbortSignal) => Promise<Result<T>>,
): Promise<Result<T>> {
  if (!roles.includes(session.user.role)) return fail('not-allowed', 'error.notAllowed');
  const result = await session.sync.withHub(work);
  return result.ok ? result : { ok: false, error: inWords(result.error) };
}

/** The hub's own refusal where it has a sentence; `hub-refused` where it has none. */
export function inWords(error: AppError): AppError {
  const { hub } = error.details;
  if (error.code !== 'hub-refused' || typeof hub !== 'string') return error;
  const messageKey = errorKeyOf(hub);
  return messageKey === null ? error : { ...error, code: hub, messageKey };
}
