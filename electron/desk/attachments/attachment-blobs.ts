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

const folders = new WeakMap<Sqlite, AttachmentBlobs>();

/** The blobs of an open store: one object per store, for it knows what is being added. */
export function blobsOf(db: Sqlite): AttachmentBlobs {
  const known = folders.get(db);
  if (known !== undefined) return known;
  const blobs = new AttachmentBlobs(dirname(db.name));
  folders.set(db, blobs);
  return blobs;
}

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

  /** The bytes from `offset` to the end of their chunk. `damaged`: missing, cut or altered. `unreadable`: not now. */
  async read(blob: BlobIdentity, offset: number): Promise<Buffer | 'damaged' | 'unreadable'> {
    try {
      return await this.#read(blob, offset);
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : null;
      if (code === 'ENOENT' || code === 'EIO') return 'damaged';
      if (code === 'EACCES' || code === 'EPERM' || code === 'EMFILE' || code === 'ENFILE') return 'unreadable';
      throw error;
    }
  }

  async #read(blob: BlobIdentity, offset: number): Promise<Buffer | 'damaged'> {
    const file = await open(this.#path(blob.attachmentId), 'r');
    try {
      if ((await file.stat()).size !== sealedLength(blob.sizeBytes)) return 'damaged';
      const index = Math.floor(offset / ATTACHMENT_CHUNK_BYTES);
      const sealed = Buffer.alloc(SEALED_CHUNK_BYTES);
      const { bytesRead } = await file.read(sealed, 0, SEALED_CHUNK_BYTES, index * SEALED_CHUNK_BYTES);
      const bytes = openChunk(blob, index, sealed.subarray(0, bytesRead));
      return bytes === null ? 'damaged' : bytes.subarray(offset - index * ATTACHMENT_CHUNK_BYTES);
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
      removeIfPossible(join(this.#folder, name));
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

/** What the disk does not let go of stays noise, and the next sweep tries again. */
function removeIfPossible(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch (error) {
    if (!(error instanceof Error) || !('code' in error)) throw error;
  }
}
