/**
 * Sends a file in parts and goes on where the hub stands, whatever happens to the line in between.
 *
 *   send part ── ok ─▶ the hub's new offset ─▶ send part … ─▶ whole
 *      └─ no line ─▶ pause ─▶ ask where the hub stands ─▶ send part
 *
 * Invariants: only one part of the file is in memory at a time; what the hub says it has is believed; a refusal that will not change ends it.
 */
import { IMPORT_PART_BYTES } from '../../../shared/contract/import-channels.ts';
import type { ImportFileId } from '../../../shared/id.ts';
import type { ImportFile } from '../../../shared/protocol/import-protocol.ts';
import type { AppError, Result } from '../../../shared/result.ts';
import { fail, ok } from '../../../shared/result.ts';

/** Parts in a row that may bring the hub no further before it is called a fault. */
const MAX_STANDSTILLS = 5;

export interface UploadPort {
  send(fileId: ImportFileId, offset: number, bytes: Uint8Array): Promise<Result<ImportFile>>;
  ask(fileId: ImportFileId): Promise<Result<ImportFile>>;
  /** Settles when it is worth trying again, or the upload was cancelled. */
  pause(attempt: number): Promise<void>;
  isCancelled(): boolean;
  onProgress(receivedBytes: number): void;
  /** The line is away (an error), or back (null). */
  onTrouble(error: AppError | null): void;
}

/** @returns the whole file as the hub has it; `cancelled` when somebody said so */
export async function uploadParts(file: Blob, begun: ImportFile, port: UploadPort): Promise<Result<ImportFile | 'cancelled'>> {
  let state = begun;
  let standstills = 0;
  let failures = 0;
  while (state.receivedBytes < state.sizeBytes) {
    if (port.isCancelled()) return ok('cancelled');
    const offset = state.receivedBytes;
    const part = await readPart(file, offset);
    if (part === null) return fail('import-file-unreadable', 'error.attachmentUnreadable');
    let answer = await port.send(state.fileId, offset, part);
    while (!answer.ok && answer.error.retryable && !port.isCancelled()) {
      failures += 1;
      port.onTrouble(answer.error);
      await port.pause(failures);
      if (!port.isCancelled()) answer = await port.ask(state.fileId);
    }
    if (port.isCancelled()) return ok('cancelled');
    if (!answer.ok) return answer;
    if (failures > 0) port.onTrouble(null);
    failures = 0;
    standstills = answer.value.receivedBytes > offset ? 0 : standstills + 1;
    if (standstills > MAX_STANDSTILLS) return fail('upload-stuck', 'error.unexpected');
    state = answer.value;
    port.onProgress(state.receivedBytes);
  }
  return port.isCancelled() ? ok('cancelled') : ok(state);
}

/** Null when the file was moved, changed or is no longer readable. */
async function readPart(file: Blob, offset: number): Promise<Uint8Array | null> {
  try {
    return new Uint8Array(await file.slice(offset, offset + IMPORT_PART_BYTES).arrayBuffer());
  } catch (error) {
    if (error instanceof DOMException) return null;
    throw error;
  }
}
