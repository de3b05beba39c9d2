/**
 * `erasures.ndjson` in the data folder: who was erased, outside the database, so that a database restored from a
 * backup learns again what it forgot (ADR 0011).
 *
 * Invariants: a line stands on the disk before its erasure commits, so whoever was told "erased" stays erased; ids and
 * times only; append-only. A last line without its end was cut by a crash, before anything was erased, and is dropped;
 * any other line that cannot be read stops the hub, for a forgotten erasure is worse than a hub that does not start. One
 * writes after the other, for whoever drops a cut line must not take another's for it.
 */
import { existsSync } from 'node:fs';
import { mkdir, open, readFile, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { caseIdSchema, customerIdSchema } from '../../shared/id.ts';
import { instantSchema } from '../../shared/time.ts';

const ledgerEntrySchema = z.object({ customerId: customerIdSchema, caseIds: z.array(caseIdSchema), at: instantSchema });
export type LedgerEntry = z.infer<typeof ledgerEntrySchema>;

export function ledgerPath(dataDir: string): string {
  return join(dataDir, 'erasures.ndjson');
}

/** What the ledger says, oldest first; a person may stand in it more than once. */
export async function readLedger(dataDir: string): Promise<LedgerEntry[]> {
  const path = ledgerPath(dataDir);
  if (!existsSync(path)) return [];
  const lines = await readWholeLines(path);
  return lines.map((line, index) => {
    const entry = ledgerEntrySchema.safeParse(parseJson(line));
    if (!entry.success) throw new Error(`Line ${String(index + 1)} of ${path} cannot be read. Restore that file before opening the hub.`);
    return entry.data;
  });
}

/** The append that was asked for last, whether it succeeded or not. */
let lastAppend: Promise<unknown> = Promise.resolve();

/** Adds entries; resolves when they are durable. */
export async function appendToLedger(dataDir: string, entries: readonly LedgerEntry[]): Promise<void> {
  if (entries.length === 0) return;
  const appended = lastAppend.then(() => appendLines(dataDir, entries));
  lastAppend = appended.catch(() => undefined);
  return appended;
}

async function appendLines(dataDir: string, entries: readonly LedgerEntry[]): Promise<void> {
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  const path = ledgerPath(dataDir);
  const isNew = !existsSync(path);
  if (!isNew) await dropCutLine(path);
  const file = await open(path, 'a', 0o600);
  try {
    await file.writeFile(entries.map((entry) => `${JSON.stringify(ledgerEntrySchema.parse(entry))}\n`).join(''));
    await file.sync();
  } finally {
    await file.close();
  }
  if (isNew) await syncFolder(dataDir);
}

/** The lines that have their end. */
async function readWholeLines(path: string): Promise<string[]> {
  return (await readFile(path, 'utf8')).split('\n').slice(0, -1);
}

async function dropCutLine(path: string): Promise<void> {
  const bytes = await readFile(path);
  const wholeBytes = bytes.lastIndexOf('\n') + 1;
  if (wholeBytes < bytes.length) await truncate(path, wholeBytes);
}

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
