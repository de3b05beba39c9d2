/**
 * Writes down how far a job is, and that it is alive.
 *
 * Invariant: `rowsStored` of the row never falls: what a batch has said in its own transaction stays, whoever writes next.
 */
import type { ImportJobId } from '../../../shared/id.ts';
import type { ImportJobState } from '../../../shared/protocol/import-protocol.ts';
import { dialectOf } from '../../store/dialect-of.ts';
import type { Tx } from '../../store/tables.ts';
import { readProgress } from './job-row.ts';
import type { JobProgress } from './job-row.ts';

/** The state that the job has; null when it has ended. */
export async function noteProgress(tx: Tx, jobId: ImportJobId, progress: JobProgress, nowMs: number): Promise<ImportJobState | null> {
  const chosen = tx.selectFrom('import_jobs').select(['state', 'progress']).where('job_id', '=', jobId).where('ended_at', 'is', null);
  const row = await (dialectOf(tx) === 'postgres' ? chosen.forUpdate() : chosen).executeTakeFirst();
  if (row === undefined) return null;
  const rowsStored = Math.max(progress.rowsStored, readProgress(row).rowsStored);
  await tx.updateTable('import_jobs').set({ alive_at: nowMs, progress: JSON.stringify({ ...progress, rowsStored }) }).where('job_id', '=', jobId).execute();
  return row.state;
}
