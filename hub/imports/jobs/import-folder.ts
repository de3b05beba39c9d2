/**
 * The folder of imports: uploaded files, and the lists of their jobs.
 *
 * Invariants: how far an upload is, is the length of its file, so a lost answer or a crash costs one piece at most; a piece that
 * does not begin where the file ends is not written; what has had its time is deleted, rows and bytes.
 */
import { mkdir, open, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { ImportFileId, ImportJobId } from '../../../shared/id.ts';
import { newId } from '../../../shared/id.ts';
import type { ImportFile } from '../../../shared/protocol/import-protocol.ts';
import { IMPORT_FILE_DAYS, MAX_IMPORT_FILE_BYTES } from '../../../shared/protocol/import-protocol.ts';
import { hasRoom, isDiskFull, sizeOf, writeAll } from '../../file-pieces.ts';
import type { HubResult } from '../../hub-result.ts';
import { accept, refuse } from '../../hub-result.ts';
import type { HubStore } from '../../store/hub-store.ts';

const DAY_MS = 86_400_000;
const JOB_DAYS = 90;

export function importFilePath(dataDir: string, fileId: ImportFileId): string {
  return join(dataDir, 'imports', fileId);
}

/** Rejects and warnings, or one kind of change, one JSON a line. */
export function jobListPath(dataDir: string, jobId: ImportJobId, list: 'notes' | 'came' | 'went' | 'changed'): string {
  return join(dataDir, 'imports', `${jobId}.${list}.ndjson`);
}

const unknownFile = refuse(404, 'import-file-unknown', 'There is no such file. It may have had its time: send it again.');

export async function addImportFile(
  hub: { store: HubStore; dataDir: string }, nowMs: number, request: { fileName: string; sizeBytes: number },
): Promise<HubResult<ImportFile>> {
  if (request.sizeBytes === 0) return refuse(400, 'import-file-empty', 'The file is empty.');
  if (request.sizeBytes > MAX_IMPORT_FILE_BYTES) {
    return refuse(413, 'import-file-too-large', 'The file is too large: split it, or import it on the hub’s own command line.', { maxBytes: MAX_IMPORT_FILE_BYTES });
  }
  const fileId = newId<ImportFileId>();
  await mkdir(join(hub.dataDir, 'imports'), { recursive: true, mode: 0o700 });
  const expiresAt = nowMs + IMPORT_FILE_DAYS * DAY_MS;
  // Without its row the empty file is nobody's, and the sweep finds it.
  return whileRoom(async () => {
    await (await open(importFilePath(hub.dataDir, fileId), 'wx', 0o600)).close();
    await hub.store.write((tx) =>
      tx.insertInto('import_files').values({ file_id: fileId, file_name: request.fileName, size_bytes: request.sizeBytes, expires_at: expiresAt }).execute());
    return { fileId, ...request, receivedBytes: 0, expiresAt };
  });
}

/** The file and how far it is. */
export async function findImportFile(hub: { store: HubStore; dataDir: string }, fileId: ImportFileId): Promise<HubResult<ImportFile>> {
  const row = await hub.store.read((tx) => tx.selectFrom('import_files').selectAll().where('file_id', '=', fileId).executeTakeFirst());
  if (row === undefined) return unknownFile;
  const receivedBytes = await sizeOf(importFilePath(hub.dataDir, fileId));
  if (receivedBytes === null) return unknownFile;
  return accept({ fileId, fileName: row.file_name, sizeBytes: row.size_bytes, receivedBytes, expiresAt: row.expires_at });
}

const diskFull = refuse(507, 'import-disk-full', 'The hub’s disk is full. Nothing was lost: make room and go on.');

const writing = new Set<string>();

/** Writes a piece where it fits; `taken` is false where it does not, and the answer says where to go on. */
export async function receiveImportChunk(
  hub: { store: HubStore; dataDir: string }, nowMs: number, fileId: ImportFileId, offset: number, bytes: Uint8Array,
): Promise<HubResult<{ taken: boolean; file: ImportFile }>> {
  const found = await findImportFile(hub, fileId);
  if (!found.ok) return found;
  const path = importFilePath(hub.dataDir, fileId);
  const { sizeBytes, receivedBytes } = found.value;
  if (offset !== receivedBytes || offset + bytes.length > sizeBytes || writing.has(path)) return accept({ taken: false, file: found.value });
  if (!(await hasRoom(hub.dataDir, bytes.length))) return diskFull;
  writing.add(path);
  try {
    const written = await whileRoom(async () => {
      const file = await open(path, 'r+');
      try {
        await writeAll(file, bytes, offset);
        await file.datasync();
      } catch (error) {
        // Half a piece is none: the file ends where it ended.
        await file.truncate(offset);
        throw error;
      } finally {
        await file.close();
      }
    });
    if (!written.ok) return written;
  } finally {
    writing.delete(path);
  }
  const expiresAt = nowMs + IMPORT_FILE_DAYS * DAY_MS;
  return whileRoom(async () => {
    await hub.store.write((tx) => tx.updateTable('import_files').set({ expires_at: expiresAt }).where('file_id', '=', fileId).execute());
    return { taken: true, file: { ...found.value, receivedBytes: offset + bytes.length, expiresAt } };
  });
}

/** The file is whole, or why it cannot be read yet. */
export async function findWholeFile(hub: { store: HubStore; dataDir: string }, fileId: ImportFileId): Promise<HubResult<ImportFile>> {
  const found = await findImportFile(hub, fileId);
  if (!found.ok || found.value.receivedBytes === found.value.sizeBytes) return found;
  return refuse(409, 'import-file-incomplete', 'The file is not whole yet.', { receivedBytes: found.value.receivedBytes });
}

/** First the row: a file without one is nobody's, and the sweep finds it. */
export async function deleteImportFile(hub: { store: HubStore; dataDir: string }, fileId: ImportFileId): Promise<void> {
  await hub.store.write((tx) => tx.deleteFrom('import_files').where('file_id', '=', fileId).execute());
  await rm(importFilePath(hub.dataDir, fileId), { force: true });
}

/** Deletes files whose time is over, jobs of a quarter ago, and bytes that belong to neither. Never what a running job reads. */
export async function sweepImports(hub: { store: HubStore; dataDir: string }, nowMs: number): Promise<void> {
  const ids = await hub.store.write(async (tx) => {
    const running = tx.selectFrom('import_jobs').select('file_id').where('ended_at', 'is', null);
    await tx.deleteFrom('import_files').where('expires_at', '<=', nowMs).where('file_id', 'not in', running).execute();
    await tx.deleteFrom('import_jobs').where('ended_at', '<=', nowMs - JOB_DAYS * DAY_MS).execute();
    const files = await tx.selectFrom('import_files').select('file_id').execute();
    const jobs = await tx.selectFrom('import_jobs').select('job_id').execute();
    return { files: files.map((row) => row.file_id), all: new Set<string>([...files.map((row) => row.file_id), ...jobs.map((row) => row.job_id)]) };
  });
  const folder = join(hub.dataDir, 'imports');
  const names = await readdir(folder).catch(emptyIfMissing);
  // An erasure takes waiting files away whole.
  const bytesGone = ids.files.filter((fileId) => !names.includes(fileId));
  if (bytesGone.length > 0) await hub.store.write((tx) => tx.deleteFrom('import_files').where('file_id', 'in', bytesGone).execute());
  for (const name of names) {
    const path = join(folder, name);
    const [owner = ''] = name.split('.');
    if (ids.all.has(owner)) continue;
    // What is younger than a minute may be a file whose row is being written.
    const { mtimeMs } = await stat(path);
    if (nowMs - mtimeMs > 60_000) await rm(path, { force: true });
  }
}

function emptyIfMissing(error: unknown): string[] {
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
  throw error;
}

/** Runs what needs room on the disk, or in the database; where there is none, says so. */
export async function whileRoom<T>(work: () => Promise<T>): Promise<HubResult<T>> {
  try {
    return accept(await work());
  } catch (error) {
    if (isDiskFull(error)) return diskFull;
    throw error;
  }
}
