import type { FileHandle } from 'node:fs/promises';
import { mkdir, open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { Readable } from 'node:stream';
import type { CommandOutput, CommandRequest } from '../../../shared/contract/contract.ts';
import { importJobSchema } from '../../../shared/protocol/import-protocol.ts';
import type { Result } from '../../../shared/result.ts';
import { fail, ok } from '../../../shared/result.ts';
import type { OfficeSession } from '../office/ask-office.ts';
import { askOffice, importRoles } from '../office/ask-office.ts';

const MOST_NAMES = 1000;

/** Streams the rejected rows to the disk, however many there are; a file that came in part is removed. */
export function saveImportRejects(
  session: OfficeSession, downloadsDir: string, { jobId, locale }: CommandRequest<'save-import-rejects'>,
): Promise<Result<CommandOutput<'save-import-rejects'>>> {
  return askOffice(session, importRoles, async (client, signal) => {
    const job = await client.requestJson('GET', `/v1/import-jobs/${jobId}`, importJobSchema, { signal });
    if (!job.ok) return job;
    const csv = await client.requestStream(`/v1/import-jobs/${jobId}/rejects.csv?language=${locale}`, {}, signal);
    if (!csv.ok) return csv;
    try {
      return await write(csv.value, downloadsDir, plainName(job.value.fileName));
    } finally {
      csv.value.destroy();
    }
  });
}

async function write(csv: Readable, folder: string, name: string): Promise<Result<{ path: string }>> {
  await mkdir(folder, { recursive: true });
  for (let number = 1; number <= MOST_NAMES; number += 1) {
    const path = join(folder, number === 1 ? `${name}.csv` : `${name} (${String(number)}).csv`);
    let file: FileHandle | null = null;
    try {
      file = await open(path, 'wx');
      await pipeline(csv, file.createWriteStream({ flush: true }));
      return ok({ path });
    } catch (error) {
      const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
      if (file === null && code === 'EEXIST') continue;
      if (file !== null) await rm(path, { force: true });
      return failure(code, error);
    }
  }
  return fail('downloads-full', 'error.downloadsFull', { folder });
}

/** `scarti scadenzario novembre`: the file's name, without what a file name may not hold. */
function plainName(fileName: string): string {
  const bare = fileName.replace(/\.[^.]{1,5}$/, '').replace(/[^\p{L}\p{N} ._()-]/gu, '').trim().slice(0, 100);
  return `scarti ${bare === '' ? 'import' : bare}`;
}

function failure(code: string, error: unknown): ReturnType<typeof fail> {
  switch (code) {
    case 'ENOSPC':
    case 'EDQUOT':
      return fail('disk-full', 'error.rejectsDiskFull', { file: code }, true);
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return fail('disk-read-only', 'error.rejectsReadOnly', { file: code }, true);
    case 'ECONNRESET':
    case 'ECONNABORTED':
    case 'ERR_STREAM_PREMATURE_CLOSE':
    case 'ABORT_ERR':
      return fail('hub-unreachable', 'error.hubUnreachable', { reason: code }, true);
    default:
      throw error;
  }
}
