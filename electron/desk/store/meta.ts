/** Small facts about the store itself; the keys are listed here and nowhere else. */
import type { Sqlite } from './database.ts';
import { prepared } from './statements.ts';

export type MetaKey = 'deviceId' | 'ackedSeq' | 'feedCursor' | 'user' | 'agencyName' | 'refreshToken' | 'refreshExpiresAt' | 'lastSyncAt' | 'projectionVersion' | 'scrubDue' | 'salvageNotice' | 'leaseEndsAt' | 'clockSeen' | 'telephone' | 'recording' | 'directory' | 'messagesRead' | 'contactTasks';

export function readMeta(db: Sqlite, key: MetaKey): string | null {
  const row = prepared<[string], { value: string }>(db, 'SELECT value FROM meta WHERE key = ?').get(key);
  return row?.value ?? null;
}

export function writeMeta(db: Sqlite, key: MetaKey, value: string): void {
  prepared(db, 'INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value').run(key, value);
}

export function deleteMeta(db: Sqlite, key: MetaKey): void {
  prepared(db, 'DELETE FROM meta WHERE key = ?').run(key);
}
