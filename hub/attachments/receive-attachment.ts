/**
 * Takes the bytes of attachments (see `shared/protocol/attachment-protocol.ts`).
 *
 *   waiting ──chunk──▶ waiting ──last chunk──▶ SHA-256 matches? ── yes ─▶ fsync, rename, fsync folder, row ─▶ stored
 *      ▲                                              └─ no ─▶ part thrown away ─┐
 *      └─────────────────────────────── from 0 ─────────────────────────────────┘
 *
 * Invariants: `stored` is answered only when file and row are durable; a crash at any step leaves a state from which
 * the next question finishes or goes on; a recording past its last day is erased, whoever still has it; only the actor of the fact is told about it or may send.
 */
import { createHash } from 'node:crypto';
import type { FactId, UserId } from '../../shared/id.ts';
import type { UploadState } from '../../shared/protocol/attachment-protocol.ts';
import { ATTACHMENT_CHUNK_BYTES } from '../../shared/protocol/attachment-protocol.ts';
import type { Clock, PlainDate } from '../../shared/time.ts';
import { dateOfInstant } from '../../shared/time.ts';
import type { HubResult } from '../hub-result.ts';
import { accept, refuse } from '../hub-result.ts';
import type { HubStore } from '../store/hub-store.ts';
import type { BlobFolder } from './blob-folder.ts';
import { SITE_ZONE } from '../site-zone.ts';
import type { HeldFile, KnownAttachment } from './find-attachment.ts';
import { findAttachment } from './find-attachment.ts';

export interface AttachmentHub { store: HubStore; clock: Clock; blobs: BlobFolder }

export interface Chunk { factId: FactId; actor: UserId; offset: number; bytes: Uint8Array; sha256: string }

/** How the hub stands with each of these files of one person. */
export async function readUploads(hub: AttachmentHub, actor: UserId, factIds: readonly FactId[]): Promise<UploadState[]> {
  const uploads: UploadState[] = [];
  for (const factId of new Set(factIds)) uploads.push(await hub.blobs.inTurn(factId, () => readUpload(hub, actor, factId)));
  return uploads;
}

async function readUpload(hub: AttachmentHub, actor: UserId, factId: FactId): Promise<UploadState> {
  const known = await hub.store.read((tx) => findAttachment(tx, factId));
  const answer = settledAnswer(known, actor, factId, todayOf(hub));
  if (answer !== null) return answer.status === 'stored' && !(await isHeld(hub, factId)) ? forgetLost(hub, factId) : answer;
  const body = bodyOf(known);
  const receivedBytes = await hub.blobs.receivedBytes(factId);
  // Everything had arrived when the hub died: what was left is the end.
  return receivedBytes < body.sizeBytes ? { factId, status: 'waiting', receivedBytes } : finish(hub, factId, body);
}

/** Takes one chunk. 409 when it does not go on where the part ends. */
export async function receiveChunk(hub: AttachmentHub, chunk: Chunk): Promise<HubResult<{ taken: boolean; upload: UploadState }>> {
  const { factId, actor, offset, bytes, sha256 } = chunk;
  if (bytes.length === 0 || bytes.length > ATTACHMENT_CHUNK_BYTES) return refuse(400, 'chunk-size', 'A chunk has between 1 byte and 256 KiB.');
  if (createHash('sha256').update(bytes).digest('hex') !== sha256) {
    return refuse(400, 'chunk-damaged', 'The chunk does not match its checksum; nothing was stored.');
  }
  return hub.blobs.inTurn(factId, async () => {
    const known = await hub.store.read((tx) => findAttachment(tx, factId));
    if (known !== null && known.actor !== actor) return refuse(403, 'foreign-attachment', 'This file belongs to another person.');
    const answer = settledAnswer(known, actor, factId, todayOf(hub));
    if (answer?.status === 'unknown') return refuse(404, 'unknown-attachment', 'There is no fact that carries this file.');
    if (answer !== null) return accept({ taken: false, upload: answer });
    const body = bodyOf(known);
    const receivedBytes = await hub.blobs.receivedBytes(factId);
    if (receivedBytes >= body.sizeBytes) return accept({ taken: false, upload: await finish(hub, factId, body) });
    if (offset !== receivedBytes) return accept({ taken: false, upload: { factId, status: 'waiting', receivedBytes } });
    const endsAt = offset + bytes.length;
    if (endsAt > body.sizeBytes) return refuse(400, 'chunk-size', 'The chunk goes beyond the size that the fact says.');
    if (!(await hub.blobs.hasRoom(bytes.length))) return refuse(507, 'no-space', 'The hub has no room for files now; facts still arrive. Free some space.');
    await hub.blobs.write(factId, offset, bytes);
    if (endsAt < body.sizeBytes) return accept({ taken: true, upload: { factId, status: 'waiting', receivedBytes: endsAt } });
    const upload = await finish(hub, factId, body);
    return accept({ taken: upload.status === 'stored', upload });
  });
}

/** The answer where nothing is to be received; null when bytes are awaited. */
function settledAnswer(known: KnownAttachment | null, actor: UserId, factId: FactId, today: PlainDate): UploadState | null {
  if (known === null || known.actor !== actor) return { factId, status: 'unknown', receivedBytes: 0 };
  if (known.body === null || (known.keepUntil !== null && known.keepUntil < today)) return { factId, status: 'erased', receivedBytes: 0 };
  return known.stored ? { factId, status: 'stored', receivedBytes: known.body.sizeBytes } : null;
}

function todayOf({ clock }: AttachmentHub): PlainDate {
  return dateOfInstant(clock.nowMs(), SITE_ZONE);
}

function bodyOf(known: KnownAttachment | null): HeldFile {
  if (known?.body == null) throw new Error('an attachment without its fact is answered before');
  return known.body;
}

async function finish(hub: AttachmentHub, factId: FactId, body: HeldFile): Promise<UploadState> {
  if ((await hub.blobs.finish(factId, body)) === 'mismatch') return { factId, status: 'waiting', receivedBytes: 0 };
  const status = await hub.store.write(async (tx) => {
    // Erased while its last bytes came: no row, and the file goes.
    const content = await tx.selectFrom('fact_content').select('body').where('fact_id', '=', factId).executeTakeFirst();
    if (content === undefined || content.body === null) return 'erased' as const;
    await tx.insertInto('attachments').values({
      fact_id: factId, attachment_id: body.attachmentId, size_bytes: body.sizeBytes, sha256: body.sha256, stored_at: hub.clock.nowMs(),
    }).onConflict((oc) => oc.column('fact_id').doNothing()).execute();
    return 'stored' as const;
  });
  if (status === 'erased') await hub.blobs.discard(factId);
  return { factId, status, receivedBytes: status === 'stored' ? body.sizeBytes : 0 };
}

async function isHeld(hub: AttachmentHub, factId: FactId): Promise<boolean> {
  return (await hub.blobs.wholeSize(factId)) !== null;
}

/** The row says stored and the file is not there (a folder that was not restored with its database): it is asked for again. */
async function forgetLost(hub: AttachmentHub, factId: FactId): Promise<UploadState> {
  await hub.store.write((tx) => tx.deleteFrom('attachments').where('fact_id', '=', factId).execute());
  return { factId, status: 'waiting', receivedBytes: await hub.blobs.receivedBytes(factId) };
}
