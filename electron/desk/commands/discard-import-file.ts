import { z } from 'zod';
import type { CommandOutput, CommandRequest } from '../../../shared/contract/contract.ts';
import type { Result } from '../../../shared/result.ts';
import { ok } from '../../../shared/result.ts';
import type { OfficeSession } from '../office/ask-office.ts';
import { askOffice, importRoles } from '../office/ask-office.ts';

/** Takes a file back that nobody imported; one that is gone already is gone. */
export async function discardImportFile(session: OfficeSession, { fileId }: CommandRequest<'discard-import-file'>): Promise<Result<CommandOutput<'discard-import-file'>>> {
  const done = await askOffice(session, importRoles, (client, signal) =>
    client.requestJson('DELETE', `/v1/import-files/${fileId}`, z.object({}), { signal }));
  return !done.ok && done.error.code === 'import-file-unknown' ? ok({}) : done;
}
