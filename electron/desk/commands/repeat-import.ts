import type { CommandOutput, CommandRequest } from '../../../shared/contract/contract.ts';
import { importJobSchema } from '../../../shared/protocol/import-protocol.ts';
import type { Result } from '../../../shared/result.ts';
import type { OfficeSession } from '../office/ask-office.ts';
import { askOffice, importRoles } from '../office/ask-office.ts';

/** Asks the hub to run an import once more that did not come to its end. */
export function repeatImport(session: OfficeSession, { jobId }: CommandRequest<'repeat-import'>): Promise<Result<CommandOutput<'repeat-import'>>> {
  return askOffice(session, importRoles, (client, signal) =>
    client.requestJson('POST', `/v1/import-jobs/${jobId}/again`, importJobSchema, { body: {}, accepted: [200, 201], signal }));
}
