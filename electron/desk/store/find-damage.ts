/**
 * Looks for damage in a store that was just opened, before anything is written to it.
 *
 * Invariants: every page is authenticated by the cipher, so a damaged page is an error when it is read, never a wrong
 * value; what a read would not show is looked for here: a log cut short, a file that holds less than its witness says,
 * an unsent fact whose hashes do not verify. The whole file is read only where the last desk did not end well
 * (a second per 100 MB); after a clean end, damage shows when its page is read, the desk ends, and the next one is here.
 */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { factHeaderSchema, factSchema } from '../../../shared/facts/fact-header.ts';
import { hashBody, hashHeader } from '../../../shared/facts/chain.ts';
import type { Sqlite } from './database.ts';
import { readAckedSeq, readDeviceId, readLastLink } from './fact-store.ts';
import { readMeta } from './meta.ts';
import { readWitness, witnessPath } from './witness.ts';
import { judgeLog } from './write-ahead-log.ts';
import { parseJson } from '../profile/json-file.ts';

/** The store made from a damaged one, before it takes its place. */
export function salvagedPath(storePath: string): string {
  return `${storePath}.salvaged`;
}

/** True where a store once was and now is nothing: SQLite would make an empty one without a word. */
export function hasVanished(storePath: string): boolean {
  const isEmpty = !existsSync(storePath) || statSync(storePath).size === 0;
  return isEmpty && (existsSync(witnessPath(storePath)) || existsSync(salvagedPath(storePath)));
}

/** What is wrong, for the log of the damage; null when the store is whole. Throws what SQLite throws on a damaged page. */
export function findDamage(db: Sqlite, storePath: string, wasUnclean: boolean): string | null {
  if (wasUnclean) {
    const inLog = existsSync(`${storePath}-wal`) ? judgeLog(readFileSync(`${storePath}-wal`)) : null;
    if (inLog !== null) return inLog;
    const found = db.pragma('quick_check(1)', { simple: true });
    if (found !== 'ok') return String(found);
  }
  if (db.pragma('user_version', { simple: true }) === 0) return null;
  const witness = readWitness(storePath);
  if (witness !== null && (readLastLink(db, witness.deviceId)?.seq ?? 0) < witness.lastSeq) return 'the last facts are missing';
  return readMeta(db, 'deviceId') === null ? null : checkUnsent(db);
}

function checkUnsent(db: Sqlite): string | null {
  const rows = db.prepare<[string, number], { seq: number; header: string; salt: string | null; body: string | null }>(
    'SELECT seq, header, salt, body FROM facts WHERE device_id = ? AND seq > ? ORDER BY seq',
  ).iterate(readDeviceId(db), readAckedSeq(db));
  for (const row of rows) {
    if (!factVerifies(row)) return `fact ${String(row.seq)} is not as it was sealed`;
  }
  return null;
}

/** True when header and body are what was hashed; an erased body cannot be checked. */
export function factVerifies(row: { header: string; salt: string | null; body: string | null }): boolean {
  const header = factHeaderSchema.safeParse(parseJson(row.header));
  if (!header.success || header.data.hash !== hashHeader(header.data)) return false;
  if (row.salt === null || row.body === null) return true;
  const body = factSchema.shape.body.safeParse(parseJson(row.body));
  return body.success && header.data.bodyHash === hashBody(row.salt, body.data);
}
