import type { CommandOutput, CommandRequest } from '../../../shared/contract/contract.ts';
import { importFileSchema, MAX_IMPORT_FILE_BYTES } from '../../../shared/protocol/import-protocol.ts';
import type { Result } from '../../../shared/result.ts';
import { fail } from '../../../shared/result.ts';
import type { OfficeSession } from '../office/ask-office.ts';
import { askOffice, importRoles } from '../office/ask-office.ts';

/** Announces a file to the hub; repeated, it makes a second empty one there, which ends by itself. */
export async function beginImportFile(session: OfficeSession, { fileName, sizeBytes }: CommandRequest<'begin-import-file'>): Promise<Result<CommandOutput<'begin-import-file'>>> {
  if (sizeBytes === 0) return fail('import-file-empty', 'error.importFileEmpty', { field: 'file' });
  if (sizeBytes > MAX_IMPORT_FILE_BYTES) return fail('import-file-too-large', 'error.importFileTooLarge', { field: 'file' });
  return askOffice(session, importRoles, (client, signal) =>
    client.requestJson('POST', '/v1/import-files', importFileSchema, { body: { fileName, sizeBytes }, accepted: [200, 201], signal }));
}
