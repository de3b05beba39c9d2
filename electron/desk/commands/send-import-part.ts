import type { CommandOutput, CommandRequest } from '../../../shared/contract/contract.ts';
import { IMPORT_PART_BYTES } from '../../../shared/contract/import-channels.ts';
import { IMPORT_CHUNK_CONTENT_TYPE, importFileSchema } from '../../../shared/protocol/import-protocol.ts';
import type { Result } from '../../../shared/result.ts';
import { fail } from '../../../shared/result.ts';
import type { OfficeSession } from '../office/ask-office.ts';
import { askOffice, importRoles } from '../office/ask-office.ts';

const PART_TIMEOUT_MS = 60_000;

/** Hands one part of a file on. A part at the wrong place is answered like a right one: with where the hub stands. */
export async function sendImportPart(session: OfficeSession, { fileId, offset, bytes }: CommandRequest<'send-import-part'>): Promise<Result<CommandOutput<'send-import-part'>>> {
  if (bytes.length === 0 || bytes.length > IMPORT_PART_BYTES) return fail('invalid-input', 'error.invalidInput', { field: 'bytes', reason: 'size' });
  return askOffice(session, importRoles, (client, signal) =>
    client.requestJson('PATCH', `/v1/import-files/${fileId}?offset=${String(offset)}`, importFileSchema, {
      body: bytes, accepted: [200, 409], timeoutMs: PART_TIMEOUT_MS, signal, headers: { 'content-type': IMPORT_CHUNK_CONTENT_TYPE },
    }));
}
