/** The rules of the house as the hub has them, asked for a lead or an administrator. */
import type { QueryOutput, QueryRequest } from '../../../shared/contract/contract.ts';
import { certificateListSchema, conductOverviewSchema, scriptEntitySchema, scriptListSchema } from '../../../shared/protocol/conduct-protocol.ts';
import { ratesListSchema } from '../../../shared/protocol/rates-protocol.ts';
import { workersAgreementListSchema } from '../../../shared/protocol/workers-agreement-protocol.ts';
import type { Result } from '../../../shared/result.ts';
import { fail, ok } from '../../../shared/result.ts';
import type { Session } from '../session.ts';
import { readScriptDrafts } from '../store/script-draft-store.ts';
import type { OfficeSession } from './ask-office.ts';
import { askOffice, conductRoles } from './ask-office.ts';

export function showConduct(session: OfficeSession): Promise<Result<QueryOutput<'show-conduct'>>> {
  return askOffice(session, conductRoles, (client, signal) => client.requestJson('GET', '/v1/conduct', conductOverviewSchema, { signal }));
}

export function listScripts(session: OfficeSession): Promise<Result<QueryOutput<'list-scripts'>>> {
  return askOffice(session, conductRoles, (client, signal) => client.requestJson('GET', '/v1/scripts', scriptListSchema, { signal }));
}

export function showPublishedScript(
  session: OfficeSession, { packId, packVersion }: QueryRequest<'show-published-script'>,
): Promise<Result<QueryOutput<'show-published-script'>>> {
  const address = `/v1/scripts/${encodeURIComponent(`${packId}@${packVersion}`)}`;
  return askOffice(session, conductRoles, (client, signal) => client.requestJson('GET', address, scriptEntitySchema, { signal }));
}

export function listCertificates(session: OfficeSession): Promise<Result<QueryOutput<'list-certificates'>>> {
  return askOffice(session, conductRoles, (client, signal) => client.requestJson('GET', '/v1/certificates', certificateListSchema, { signal }));
}

export function listRates(session: OfficeSession): Promise<Result<QueryOutput<'list-rates'>>> {
  return askOffice(session, conductRoles, (client, signal) => client.requestJson('GET', '/v1/rates', ratesListSchema, { signal }));
}

export function showWorkersAgreement(session: OfficeSession): Promise<Result<QueryOutput<'show-workers-agreement'>>> {
  return askOffice(session, conductRoles, (client, signal) => client.requestJson('GET', '/v1/workers-agreement', workersAgreementListSchema, { signal }));
}

/** Without the hub: drafts are kept here. */
export function listScriptDrafts(session: Pick<Session, 'db' | 'user'>): Result<QueryOutput<'list-script-drafts'>> {
  if (!conductRoles.includes(session.user.role)) return fail('not-allowed', 'error.notAllowed');
  return ok({ drafts: readScriptDrafts(session.db) });
}
