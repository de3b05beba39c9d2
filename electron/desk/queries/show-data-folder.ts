import { readdirSync, statfsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { QueryOutput } from '../../../shared/contract/contract.ts';
import type { Session } from '../session.ts';
import { prepared } from '../store/statements.ts';

/** Where this operator's data lie, how large they are and how much room is left. */
export function showDataFolder(session: Session): QueryOutput<'show-data-folder'> {
  const { db, folder, encrypted } = session;
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const disk = statfsSync(folder);
  return {
    folder, encrypted,
    schemaVersion: Number(db.pragma('user_version', { simple: true })),
    // A file may go while they are counted: an upload that ended, a log that was moved into the store.
    sizeBytes: files.reduce((total, { parentPath, name }) => total + (statSync(join(parentPath, name), { throwIfNoEntry: false })?.size ?? 0), 0),
    freeBytes: disk.bavail * disk.bsize,
    caseCount: prepared<[], { count: number }>(db, 'SELECT count(*) AS count FROM case_list').get()?.count ?? 0,
  };
}
