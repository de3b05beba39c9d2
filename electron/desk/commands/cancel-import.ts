import type { CommandOutput, CommandRequest } from '../../../shared/contract/contract.ts';
import { importJobSchema } from '../../../shared/protocol/import-protocol.ts';
import type { Result } from '../../../shared/result.ts';
import type { OfficeSession } from '../office/ask-office.ts';
import { askOffice, importRoles } from '../office/ask-office.ts';

/** Asks the hub to end an import; repeated, or too late, it changes nothing. */
export function cancelImport(session: OfficeSession, { jobId }: CommandRequest<'cancel-import'>): Promise<Result<CommandOutput<'cancel-import'>>> {
  return askOffice(session, importRoles, (client, signal) => client.requestJson('POST', `/v1/import-jobs/${jobId}/cancel`, importJobSchema, { body: {}, signal }));
}
