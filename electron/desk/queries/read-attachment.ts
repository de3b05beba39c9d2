import { createHash } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import type { QueryOutput, QueryRequest } from '../../../shared/contract/contract.ts';
import type { AttachmentBody } from '../../../shared/facts/fact-bodies.ts';
import type { FactId } from '../../../shared/id.ts';
import type { Result } from '../../../shared/result.ts';
import { fail, ok } from '../../../shared/result.ts';
import type { AttachmentBlobs } from '../attachments/attachment-blobs.ts';
import { blobsOf } from '../attachments/attachment-blobs.ts';
import type { Session } from '../session.ts';
import { viewContext } from '../session.ts';
import type { HeldAttachment } from '../store/attachment-store.ts';
import { findHeldAttachment } from '../store/attachment-store.ts';
import type { HubClient } from '../sync/hub-client.ts';

/**
 * The bytes of an attached file: from here while its blob is held, else from the hub. Given only when they are what the fact says.
 */
export async function readAttachment(session: Session, input: QueryRequest<'read-attachment'>): Promise<Result<QueryOutput<'read-attachment'>>> {
  const held = session.book.get(input.caseId, viewContext(session));
  if (held === null) return fail('case-not-found', 'error.caseNotFound');
  const entry = held.view.folded.history.find(({ factId }) => factId === input.factId);
  if (entry?.kind !== 'attachment') return fail('attachment-not-found', 'error.attachmentNotFound');
  const { attachment } = entry;
  const blob = findHeldAttachment(session.db, input.factId);
  const here = blob === null ? null : await readWhole(blobsOf(session.db), blob);
  if (here !== null && isWhole(here, attachment)) return ok({ fileName: attachment.fileName, bytes: here });
  const fetched = await session.sync.withHub((client, signal) => fetchWhole(client, input.factId, signal));
  if (!fetched.ok) return sayWhy(fetched);
  if (!isWhole(fetched.value, attachment)) return fail('attachment-damaged', 'error.attachmentNotWhole', {}, true);
  return ok({ fileName: attachment.fileName, bytes: fetched.value });
}

async function readWhole(blobs: AttachmentBlobs, blob: HeldAttachment): Promise<Buffer<ArrayBuffer> | null> {
  const whole = Buffer.alloc(blob.sizeBytes);
  for (let offset = 0; offset < blob.sizeBytes;) {
    const chunk = await blobs.read(blob, offset);
    if (typeof chunk === 'string' || chunk.length === 0) return null;
    offset += chunk.copy(whole, offset);
  }
  return whole;
}

async function fetchWhole(client: HubClient, factId: FactId, signal: AbortSignal): Promise<Result<Uint8Array<ArrayBuffer>>> {
  const stream = await client.requestStream(`/v1/attachments/${factId}`, {}, signal);
  if (!stream.ok) return stream;
  try {
    return ok(new Uint8Array(await buffer(stream.value)));
  } catch (error) {
    // The line was cut on the way: a foreseen failure, whatever the socket calls it.
    if (error instanceof Error && 'code' in error) return fail('hub-unreachable', 'error.hubUnreachable', { reason: String(error.code) }, true);
    throw error;
  }
}

function isWhole(bytes: Uint8Array, { sizeBytes, sha256 }: AttachmentBody): boolean {
  return bytes.length === sizeBytes && createHash('sha256').update(bytes).digest('hex') === sha256;
}

/** What the hub or the line answered, as the operator can act on it. */
function sayWhy(failed: Extract<Result<never>, { ok: false }>): ReturnType<typeof fail> {
  const { code, details } = failed.error;
  if (code === 'hub-unreachable') return fail('attachment-offline', 'error.attachmentOffline', {}, true);
  if (details['status'] === 404) return fail('attachment-not-arrived', 'error.attachmentNotArrived', {}, true);
  return failed;
}
