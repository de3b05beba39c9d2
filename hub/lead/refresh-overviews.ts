/** Writes the overviews that are missing (a hub of before) or whose day is over (an invoice's suspension that ended). */
import type { CaseId } from '../../shared/id.ts';
import type { Clock } from '../../shared/time.ts';
import { dateOfInstant } from '../../shared/time.ts';
import { loadCases, lockCases } from '../receivables/load-case.ts';
import { SITE_ZONE } from '../site-zone.ts';
import type { HubStore } from '../store/hub-store.ts';
import type { Tx } from '../store/tables.ts';
import { writeOverviews } from './write-overview.ts';

const BATCH = 100;

/** At most `most` cases, in transactions of few; answers how many were written. */
export async function refreshOverviews(store: HubStore, clock: Clock, most: number): Promise<number> {
  let written = 0;
  while (written < most) {
    const caseIds = await store.read((tx) => findOutdated(tx, clock.nowMs()));
    if (caseIds.length === 0) return written;
    await store.write(async (tx) => {
      const cases = await loadCases(tx, await lockCases(tx, caseIds));
      await writeOverviews(tx, clock.nowMs(), [...cases.values()]);
    });
    written += caseIds.length;
  }
  return written;
}

async function findOutdated(tx: Tx, nowMs: number): Promise<CaseId[]> {
  const rows = await tx
    .selectFrom('cases').leftJoin('case_overview', 'case_overview.case_id', 'cases.case_id').select('cases.case_id')
    .where((eb) => eb.or([eb('case_overview.case_id', 'is', null), eb('case_overview.recheck_on', '<', dateOfInstant(nowMs, SITE_ZONE))]))
    .orderBy('cases.case_id').limit(BATCH).execute();
  return rows.map((row) => row.case_id);
}
