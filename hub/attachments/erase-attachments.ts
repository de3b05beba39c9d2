/**
 * Attachments of an erased person.
 *
 * Invariant: rows go in the transaction that erases the facts' bodies; files after it. A crash between the two is
 * healed at the next start, for a file whose fact has no body any more belongs to nobody.
 */
import type { FactId } from '../../shared/id.ts';
import type { HubStore } from '../store/hub-store.ts';
import type { Tx } from '../store/tables.ts';
import type { BlobFolder } from './blob-folder.ts';

const PER_STATEMENT = 400;

/** Call inside the transaction that erases the bodies of these facts (any facts: those without a file are passed over). */
export async function eraseAttachmentRows(tx: Tx, factIds: readonly FactId[]): Promise<void> {
  for (let start = 0; start < factIds.length; start += PER_STATEMENT) {
    await tx.deleteFrom('attachments').where('fact_id', 'in', factIds.slice(start, start + PER_STATEMENT)).execute();
  }
}

/** Call after that transaction committed, and at each start: removes the files, whole or half, of erased facts. */
export async function sweepErasedBlobs(store: HubStore, blobs: BlobFolder): Promise<number> {
  return removeErasedBlobs(store, blobs, await blobs.list());
}

/** Of these facts, removes the files of those that are erased: a file may have been there before its fact came, as a link. */
export async function removeErasedBlobs(store: HubStore, blobs: BlobFolder, held: readonly FactId[]): Promise<number> {
  let removed = 0;
  for (let start = 0; start < held.length; start += PER_STATEMENT) {
    // A file of a fact that is unknown may be of a restored database: its desk will push the fact again.
    const erased = await store.read((tx) => tx
      .selectFrom('fact_content').select('fact_id').where('fact_id', 'in', held.slice(start, start + PER_STATEMENT)).where('body', 'is', null).execute());
    for (const { fact_id: factId } of erased) await blobs.remove(factId);
    removed += erased.length;
  }
  return removed;
}
