/**
 * Gives an attachment to who may see it: the operator who holds the customer now, and leads.
 *
 * Invariants: a recording is given to nobody here (`hub/recordings/`); being its author is no reason to see it; the case may have passed to somebody else.
 */
import type { ReadStream } from 'node:fs';
import type { FactId, UserId } from '../../shared/id.ts';
import type { Role } from '../../shared/protocol/session-protocol.ts';
import type { HubResult } from '../hub-result.ts';
import { accept, refuse } from '../hub-result.ts';
import type { HubStore } from '../store/hub-store.ts';
import type { BlobFolder } from './blob-folder.ts';
import type { HeldFile } from './find-attachment.ts';
import { findAttachment } from './find-attachment.ts';

export async function readAttachment(
  store: HubStore, blobs: BlobFolder, viewer: { userId: UserId; role: Role }, factId: FactId,
): Promise<HubResult<{ body: HeldFile; sizeBytes: number; stream: ReadStream }>> {
  const { known, ownerId } = await store.read(async (tx) => {
    const attachment = await findAttachment(tx, factId);
    const owner = attachment?.caseId == null ? undefined : await tx
      .selectFrom('cases').innerJoin('assignments', 'assignments.customer_id', 'cases.customer_id')
      .select(['assignments.owner_id', 'assignments.taken_from']).where('cases.case_id', '=', attachment.caseId).executeTakeFirst();
    return { known: attachment, ownerId: owner === undefined || owner.taken_from !== null ? null : owner.owner_id };
  });
  if (known === null) return refuse(404, 'unknown-attachment', 'There is no fact that carries this file.');
  if (known.keepUntil !== null) return refuse(403, 'recording-not-given', 'A recording is not given out.');
  if (viewer.role !== 'lead' && ownerId !== viewer.userId) return refuse(403, 'foreign-attachment', 'This case belongs to another person.');
  if (known.body === null) return refuse(404, 'erased', 'The file was erased with the person it was about.');
  if (!known.stored) return refuse(404, 'not-arrived', 'The file has not arrived yet.');
  const held = await blobs.read(factId);
  if (held === null) return refuse(404, 'file-missing', 'The file is not in this hub’s folder; its desk sends it again.');
  return accept({ body: known.body, ...held });
}
