/**
 * The folder of sealed blobs beside one operator's store.
 *
 * Invariants: a blob is written under a temporary name, fsynced, renamed, and its folder fsynced,
 * before the fact that names it commits: a fact on the disk has its whole blob on the disk. What no
 * row of the store names is noise without a key, and `sweep` removes it.
 */
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { ATTACHMENT_CHUNK_BYTES } from '../../../shared/protocol/attachment-protocol.ts';
import type { Sqlite } from '../store/database.ts';
import { readHeldBlobNames } from '../store/attachment-store.ts';
import type { BlobIdentity } from './seal-blob.ts';
import { openChunk, SEALED_CHUNK_BYTES, sealChunk, sealedLength } from './seal-blob.ts';

const TEMPORARY = '.new';

export class AttachmentBlobs {
  readonly #folder: string;
  /** Blobs that are on the disk, or on the way to it, before their row is. */
  readonly #beingAdded = new Set<string>();

  /** @param storeFolder the folder of the sealed store */
  constructor(storeFolder: string) {
    this.#folder = join(storeFolder, 'attachments');
  }

  /** Resolves when the sealed blob is durable; `settle` must follow once its row is committed or given up. */
  async write(blob: BlobIdentity, bytes: Uint8Array): Promise<void> {
    this.#beingAdded.add(blob.attachmentId);
    const made = await mkdir(this.#folder, { recursive: true, mode: 0o700 });
    if (made !== undefined) await syncFolder(dirname(this.#folder));
    const path = this.#path(blob.attachmentId);
    const file = await open(path + TEMPORARY, 'w', 0o600);
    try {
      for (let index = 0; index * ATTACHMENT_CHUNK_BYTES < bytes.length; index += 1) {
        const start = index * ATTACHMENT_CHUNK_BYTES;
        await file.writeFile(sealChunk(blob, index, bytes.subarray(start, start + ATTACHMENT_CHUNK_BYTES)));
      }
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(path + TEMPORARY, path);
    await syncFolder(this.#folder);
  }

  /** The row of a written blob is committed (`kept`), or never will be. */
  async settle(attachmentId: string, kept: boolean): Promise<void> {
    if (!kept) {
      await rm(this.#path(attachmentId), { force: true });
      await rm(this.#path(attachmentId) + TEMPORARY, { force: true });
    }
    this.#beingAdded.delete(attachmentId);
  }

  /** The bytes from `offset` to the end of their chunk; null when the blob is missing, cut or altered. */
  async read(blob: BlobIdentity, offset: number): Promise<Buffer | null> {
    const path = this.#path(blob.attachmentId);
    if (!existsSync(path)) return null;
    const file = await open(path, 'r');
    try {
      if ((await file.stat()).size !== sealedLength(blob.sizeBytes)) return null;
      const index = Math.floor(offset / ATTACHMENT_CHUNK_BYTES);
      const sealed = Buffer.alloc(SEALED_CHUNK_BYTES);
      const { bytesRead } = await file.read(sealed, 0, SEALED_CHUNK_BYTES, index * SEALED_CHUNK_BYTES);
      const bytes = openChunk(blob, index, sealed.subarray(0, bytesRead));
      return bytes === null ? null : bytes.subarray(offset - index * ATTACHMENT_CHUNK_BYTES);
    } finally {
      await file.close();
    }
  }

  /** Removes what no row names: blobs of a crash before the commit, of erased people, and those no longer needed. */
  sweep(db: Sqlite): void {
    if (!existsSync(this.#folder)) return;
    const held = readHeldBlobNames(db);
    for (const name of readdirSync(this.#folder)) {
      const attachmentId = name.endsWith(TEMPORARY) ? name.slice(0, -TEMPORARY.length) : name;
      if (this.#beingAdded.has(attachmentId) || (held.has(attachmentId) && name === attachmentId)) continue;
      rmSync(join(this.#folder, name), { force: true });
    }
  }

  #path(attachmentId: string): string {
    return join(this.#folder, attachmentId);
  }
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  await handle.sync();
  await handle.close();
}
