/** Decisions of this desk that the hub has not confirmed: lists count them at once. */
import type { Sqlite } from './database.ts';
import { readAckedSeq, readDeviceId } from './fact-store.ts';
import { prepared } from './statements.ts';

/** The bodies of the unsent facts of a type, oldest first. */
export function readUnsentBodies(db: Sqlite, type: string): unknown[] {
  return prepared<[string, number, string], { body: string }>(
    db, 'SELECT body FROM facts WHERE device_id = ? AND seq > ? AND type = ? AND body IS NOT NULL ORDER BY seq',
  ).all(readDeviceId(db), readAckedSeq(db), type).map((row): unknown => JSON.parse(row.body));
}
