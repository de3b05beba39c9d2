/** What a lead asks the hub through this desk; a collector's desk does not even ask. */
import type { QueryOutput, QueryRequest } from '../../../shared/contract/contract.ts';
import { mayDecide } from '../../../shared/facts/decision-rules.ts';
import { collectorsReplySchema, foundCasesSchema, listsReplySchema } from '../../../shared/protocol/lead-protocol.ts';
import type { Result } from '../../../shared/result.ts';
import { fail } from '../../../shared/result.ts';
import type { Session } from '../session.ts';

export async function listLists(session: Session): Promise<Result<QueryOutput<'list-lists'>>> {
  return mayDecide(session.user.role) ? session.sync.ask('GET', '/v1/lists', listsReplySchema) : fail('lead-only', 'error.leadOnly');
}

export async function listCollectors(session: Session): Promise<Result<QueryOutput<'list-collectors'>>> {
  return mayDecide(session.user.role) ? session.sync.ask('GET', '/v1/collectors', collectorsReplySchema) : fail('lead-only', 'error.leadOnly');
}

export async function findCases(session: Session, filter: QueryRequest<'find-cases'>): Promise<Result<QueryOutput<'find-cases'>>> {
  if (!mayDecide(session.user.role)) return fail('lead-only', 'error.leadOnly');
  const given = Object.entries(filter).filter((entry): entry is [string, string] => typeof entry[1] === 'string' && entry[1] !== '');
  return session.sync.ask('GET', `/v1/cases?${new URLSearchParams(given).toString()}`, foundCasesSchema);
}
