/** What was not mailed, as a lead sees it, and a new try; who sends in a creditor's name, as an administrator sets it. */
import type { CommandOutput, CommandRequest, QueryOutput } from '../../../shared/contract/contract.ts';
import { mailOverviewSchema, mailProblemsSchema } from '../../../shared/protocol/mail-protocol.ts';
import type { Role } from '../../../shared/protocol/session-protocol.ts';
import type { Result } from '../../../shared/result.ts';
import type { OfficeSession } from './ask-office.ts';
import { askOffice } from './ask-office.ts';

/** The hub's access table says the same. */
const problemRoles: readonly Role[] = ['lead', 'admin'];
const senderRoles: readonly Role[] = ['admin'];

export function listMailProblems(session: OfficeSession): Promise<Result<QueryOutput<'list-mail-problems'>>> {
  return askOffice(session, problemRoles, (client, signal) => client.requestJson('GET', '/v1/mail/problems', mailProblemsSchema, { signal }));
}

export function retryMail(session: OfficeSession, { mailId }: CommandRequest<'retry-mail'>): Promise<Result<CommandOutput<'retry-mail'>>> {
  return askOffice(session, problemRoles, (client, signal) => client.requestJson('POST', `/v1/mail/problems/${mailId}/retry`, mailProblemsSchema, { body: {}, signal }));
}

export function listMailSenders(session: OfficeSession): Promise<Result<QueryOutput<'list-mail-senders'>>> {
  return askOffice(session, senderRoles, (client, signal) => client.requestJson('GET', '/v1/mail/senders', mailOverviewSchema, { signal }));
}

export function setMailSender(session: OfficeSession, { creditorId, draft }: CommandRequest<'set-mail-sender'>): Promise<Result<CommandOutput<'set-mail-sender'>>> {
  return askOffice(session, senderRoles, (client, signal) => client.requestJson('PUT', `/v1/mail/senders/${creditorId}`, mailOverviewSchema, { body: draft, signal }));
}

export function removeMailSender(session: OfficeSession, { creditorId }: CommandRequest<'remove-mail-sender'>): Promise<Result<CommandOutput<'remove-mail-sender'>>> {
  return askOffice(session, senderRoles, (client, signal) => client.requestJson('DELETE', `/v1/mail/senders/${creditorId}`, mailOverviewSchema, { signal }));
}
