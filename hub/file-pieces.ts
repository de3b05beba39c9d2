/** What the folders of attachments and of imports do alike with their files. */
import type { FileHandle } from 'node:fs/promises';
import { stat, statfs } from 'node:fs/promises';

/** Null when nothing is there. */
export async function sizeOf(path: string): Promise<number | null> {
  try {
    return (await stat(path)).size;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}

/** Writes all of the bytes at this place, however many the system takes at a time. */
export async function writeAll(file: FileHandle, bytes: Uint8Array, offset: number): Promise<void> {
  for (let done = 0; done < bytes.length;) done += (await file.write(bytes, done, bytes.length - done, offset + done)).bytesWritten;
}

/** Files and imports never take the last of a disk: facts come first. */
export const KEPT_FREE_BYTES = 16 * 1024 * 1024;

/** Whether the disk of this folder has room for so many bytes and what is kept free. */
export async function hasRoom(folder: string, byteCount: number): Promise<boolean> {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize >= byteCount + KEPT_FREE_BYTES;
}

/** The disk has no room, as the system, SQLite or PostgreSQL say it. */
export function isDiskFull(error: unknown): boolean {
  return error instanceof Error && 'code' in error && ['ENOSPC', 'EDQUOT', 'SQLITE_FULL', '53100'].includes(String(error.code));
}
