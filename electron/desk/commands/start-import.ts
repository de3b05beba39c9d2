import type { CommandOutput, CommandRequest } from '../../../shared/contract/contract.ts';
import { importJobSchema } from '../../../shared/protocol/import-protocol.ts';
import type { Result } from '../../../shared/result.ts';
import type { OfficeSession } from '../office/ask-office.ts';
import { askOffice, importRoles } from '../office/ask-office.ts';

const START_TIMEOUT_MS = 60_000;

/** Asks the hub to try a file, or to take it. */
export function startImport(session: OfficeSession, { fileId, request }: CommandRequest<'start-import'>): Promise<Result<CommandOutput<'start-import'>>> {
  return askOffice(session, importRoles, (client, signal) =>
    client.requestJson('POST', `/v1/import-files/${fileId}/jobs`, importJobSchema, { body: request, accepted: [200, 201], timeoutMs: START_TIMEOUT_MS, signal }));
}
