/** Publishes the rules of the house at the hub; what it refuses names its field. */
import { z } from 'zod';
import type { CommandOutput, CommandRequest } from '../../../shared/contract/contract.ts';
import { calendarEntitySchema, certificateListSchema, conductEntitySchema, scriptEntitySchema } from '../../../shared/protocol/conduct-protocol.ts';
import { ratesEntitySchema } from '../../../shared/protocol/rates-protocol.ts';
import { workersAgreementListSchema } from '../../../shared/protocol/workers-agreement-protocol.ts';
import type { Result } from '../../../shared/result.ts';
import { fail } from '../../../shared/result.ts';
import { checkScript } from '../../../shared/script/check-script.ts';
import { readScriptPack } from '../../../shared/script/script-pack.ts';
import type { OfficeSession } from './ask-office.ts';
import { askOffice, certificateRoles, conductRoles, houseRoles } from './ask-office.ts';

export function publishConduct(session: OfficeSession, { after, draft }: CommandRequest<'publish-conduct'>): Promise<Result<CommandOutput<'publish-conduct'>>> {
  return askOffice(session, conductRoles, (client, signal) =>
    client.requestJson('PUT', `/v1/conduct/${draft.creditorId}?after=${String(after)}`, conductEntitySchema, { body: draft, signal }));
}

export function publishCalendar(session: OfficeSession, { after, draft }: CommandRequest<'publish-calendar'>): Promise<Result<CommandOutput<'publish-calendar'>>> {
  return askOffice(session, conductRoles, (client, signal) =>
    client.requestJson('PUT', `/v1/calendar?after=${String(after)}`, calendarEntitySchema, { body: draft, signal }));
}

/** A script with findings does not leave this desk; the hub checks it again. */
export async function publishScript(session: OfficeSession, { pack }: CommandRequest<'publish-script'>): Promise<Result<CommandOutput<'publish-script'>>> {
  const read = readScriptPack(pack);
  if (!read.ok) return read;
  const findings = checkScript(read.value);
  if (findings.length > 0) return fail('script-has-findings', 'error.scriptHasFindings', { count: findings.length });
  return askOffice(session, conductRoles, (client, signal) =>
    client.requestJson('POST', '/v1/scripts', scriptEntitySchema, { body: { pack }, accepted: [201], signal }));
}

export function withdrawScript(session: OfficeSession, { packId }: CommandRequest<'withdraw-script'>): Promise<Result<CommandOutput<'withdraw-script'>>> {
  return askOffice(session, conductRoles, (client, signal) =>
    client.requestJson('POST', `/v1/scripts/${encodeURIComponent(packId)}/withdraw`, z.object({}), { body: {}, signal }));
}

export function saveCertificates(
  session: OfficeSession, { userId, certificates }: CommandRequest<'save-certificates'>,
): Promise<Result<CommandOutput<'save-certificates'>>> {
  return askOffice(session, certificateRoles, (client, signal) =>
    client.requestJson('PUT', `/v1/certificates/${userId}`, certificateListSchema.shape.people.element, { body: { certificates }, signal }));
}

export function publishRates(session: OfficeSession, { after, tableId, rows }: CommandRequest<'publish-rates'>): Promise<Result<CommandOutput<'publish-rates'>>> {
  return askOffice(session, houseRoles, (client, signal) =>
    client.requestJson('PUT', `/v1/rates/${tableId}?after=${String(after)}`, ratesEntitySchema, { body: { rows }, signal }));
}

export function withdrawRate(session: OfficeSession, { after, tableId, from, reason }: CommandRequest<'withdraw-rate'>): Promise<Result<CommandOutput<'withdraw-rate'>>> {
  return askOffice(session, houseRoles, (client, signal) =>
    client.requestJson('POST', `/v1/rates/${tableId}/withdraw?after=${String(after)}`, ratesEntitySchema, { body: { from, reason }, signal }));
}

export function recordWorkersAgreement(
  session: OfficeSession, { draft }: CommandRequest<'record-workers-agreement'>,
): Promise<Result<CommandOutput<'record-workers-agreement'>>> {
  return askOffice(session, houseRoles, (client, signal) => client.requestJson('PUT', '/v1/workers-agreement', workersAgreementListSchema, { body: draft, signal }));
}

export function withdrawWorkersAgreement(
  session: OfficeSession, { reason }: CommandRequest<'withdraw-workers-agreement'>,
): Promise<Result<CommandOutput<'withdraw-workers-agreement'>>> {
  return askOffice(session, houseRoles, (client, signal) =>
    client.requestJson('POST', '/v1/workers-agreement/withdraw', workersAgreementListSchema, { body: { reason }, signal }));
}
