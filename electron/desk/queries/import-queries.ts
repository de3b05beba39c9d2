/** What the hub knows of imports, asked for a lead or an administrator. */
import type { z } from 'zod';
import { IMPORT_PAGE_ROWS } from '../../../shared/contract/import-channels.ts';
import type { QueryOutput, QueryRequest } from '../../../shared/contract/contract.ts';
import {
  importChangesPageSchema, importCreditorsReplySchema, importFileSchema, importJobSchema, importJobsReplySchema, importPreviewSchema, importRejectsPageSchema,
} from '../../../shared/protocol/import-protocol.ts';
import type { Result } from '../../../shared/result.ts';
import { askOffice, importRoles } from '../office/ask-office.ts';
import type { OfficeSession } from '../office/ask-office.ts';

/** The first look at a large workbook takes its time. */
const PREVIEW_TIMEOUT_MS = 60_000;

export function showImportFile(session: OfficeSession, { fileId }: QueryRequest<'show-import-file'>): Promise<Result<QueryOutput<'show-import-file'>>> {
  return get(session, `/v1/import-files/${fileId}`, {}, importFileSchema);
}

export function previewImport(session: OfficeSession, { fileId, ...asked }: QueryRequest<'preview-import'>): Promise<Result<QueryOutput<'preview-import'>>> {
  return get(session, `/v1/import-files/${fileId}/preview`, asked, importPreviewSchema, PREVIEW_TIMEOUT_MS);
}

export function listImportJobs(session: OfficeSession): Promise<Result<QueryOutput<'list-import-jobs'>>> {
  return get(session, '/v1/import-jobs', {}, importJobsReplySchema);
}

export function showImportJob(session: OfficeSession, { jobId }: QueryRequest<'show-import-job'>): Promise<Result<QueryOutput<'show-import-job'>>> {
  return get(session, `/v1/import-jobs/${jobId}`, {}, importJobSchema);
}

export function listImportRejects(session: OfficeSession, { jobId, after }: QueryRequest<'list-import-rejects'>): Promise<Result<QueryOutput<'list-import-rejects'>>> {
  return get(session, `/v1/import-jobs/${jobId}/rejects`, { after, limit: IMPORT_PAGE_ROWS }, importRejectsPageSchema);
}

export function listImportChanges(session: OfficeSession, { jobId, ...asked }: QueryRequest<'list-import-changes'>): Promise<Result<QueryOutput<'list-import-changes'>>> {
  return get(session, `/v1/import-jobs/${jobId}/changes`, { ...asked, limit: IMPORT_PAGE_ROWS }, importChangesPageSchema);
}

export function listImportCreditors(session: OfficeSession): Promise<Result<QueryOutput<'list-import-creditors'>>> {
  return get(session, '/v1/import-creditors', {}, importCreditorsReplySchema);
}

function get<Schema extends z.ZodType>(
  session: OfficeSession, path: string, asked: Record<string, string | number | null>, schema: Schema, timeoutMs?: number,
): Promise<Result<z.infer<Schema>>> {
  const search = new URLSearchParams(Object.entries(asked).flatMap(([name, value]) => (value === null ? [] : [[name, String(value)]]))).toString();
  return askOffice(session, importRoles, (client, signal) =>
    client.requestJson('GET', search === '' ? path : `${path}?${search}`, schema, { signal, ...(timeoutMs === undefined ? {} : { timeoutMs }) }));
}
