/**
 * Small files beside the sealed stores.
 *
 * Invariant: a file is replaced whole (write, fsync, rename, fsync of the folder), so a
 * power cut leaves the old one or the new one, never half of one. It stands there twice, so that
 * one damaged byte does not cost a keyring, and with it a store.
 */
import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { z } from 'zod';

/** The parsed content, of the copy where the file is damaged; null when there is neither. */
export function readJsonFile<Schema extends z.ZodType>(path: string, schema: Schema): z.infer<Schema> | null {
  for (const place of [path, copyOf(path)]) {
    const parsed = existsSync(place) ? schema.safeParse(parseJson(readFileSync(place, 'utf8'))) : null;
    if (parsed?.success === true) return parsed.data;
  }
  return null;
}

/** Replaces a file and its copy, one after the other. */
export function replaceJsonFile(path: string, content: unknown): void {
  for (const place of [path, copyOf(path)]) replaceFile(place, JSON.stringify(content));
}

function copyOf(path: string): string {
  return `${path}.copy`;
}

/** Null for a text that is no JSON: it then fails its schema. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

export function replaceFile(path: string, text: string): void {
  makeFolder(dirname(path));
  const temporary = `${path}.new`;
  const handle = openSync(temporary, 'w', 0o600);
  try {
    writeFileSync(handle, text);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  renameSync(temporary, path);
  const folder = openSync(dirname(path), 'r');
  fsyncSync(folder);
  closeSync(folder);
}

/** Not `recursive`: on a read-only disk that says ENOENT, and the operator would be told of a bug. */
function makeFolder(path: string): void {
  if (existsSync(path)) return;
  makeFolder(dirname(path));
  try {
    mkdirSync(path, { mode: 0o700 });
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  }
}
