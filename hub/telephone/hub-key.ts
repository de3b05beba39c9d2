/**
 * The key with which this hub seals what it must give back in clear: passwords at the telephone exchange.
 *
 * Invariants: 256 random bits, made at the first need, readable by the hub's own account only; it never stands in the database, so a copy
 * of that alone opens nothing. Hubs that share a database and no folder are given the same key in PREMURA_HUB_KEY.
 */
import { linkSync, mkdirSync, openSync, closeSync, fsyncSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { newRandomHex } from '../../shared/id.ts';

const keySchema = z.string().trim().regex(/^[0-9a-f]{64}$/, 'a hub key is 64 hexadecimal digits');

/** The key, made where there is none yet. Throws where a file is there and holds none. */
export function readHubKey(dataDir: string, environment: NodeJS.ProcessEnv = process.env): Buffer {
  const given = environment['PREMURA_HUB_KEY'];
  if (given !== undefined && given !== '') return Buffer.from(keySchema.parse(given), 'hex');
  const path = join(dataDir, 'hub.key');
  const text = readOrNull(path) ?? makeKey(dataDir, path);
  return Buffer.from(keySchema.parse(text), 'hex');
}

/** The key, read when it is first needed. */
export function keepHubKey(dataDir: string): () => Buffer {
  let read: Buffer | null = null;
  return () => (read ??= readHubKey(dataDir));
}

/** Written whole under another name first: who starts at the same moment reads one key, never a half of one. */
function makeKey(dataDir: string, path: string): string {
  mkdirSync(dataDir, { recursive: true });
  const draft = `${path}.${newRandomHex(8)}`;
  const file = openSync(draft, 'wx', 0o600);
  try {
    writeSync(file, `${newRandomHex(32)}\n`);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  try {
    linkSync(draft, path);
  } catch (error) {
    if (!isCode(error, 'EEXIST')) throw error;
  } finally {
    rmSync(draft);
  }
  return readFileSync(path, 'utf8');
}

function readOrNull(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (isCode(error, 'ENOENT')) return null;
    throw error;
  }
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
