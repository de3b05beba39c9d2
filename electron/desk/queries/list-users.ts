import type { QueryOutput } from '../../../shared/contract/contract.ts';
import { usersReplySchema } from '../../../shared/protocol/setup-protocol.ts';
import type { Result } from '../../../shared/result.ts';
import type { OfficeSession } from '../office/ask-office.ts';
import { askOffice, peopleRoles } from '../office/ask-office.ts';

/** Everybody who may sign in at this hub. */
export function listUsers(session: OfficeSession): Promise<Result<QueryOutput<'list-users'>>> {
  return askOffice(session, peopleRoles, (client, signal) => client.requestJson('GET', '/v1/users', usersReplySchema, { signal }));
}
