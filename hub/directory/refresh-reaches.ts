/** Makes up the reaches of cases that a hub of before published; a no-op ever after. */
import type { Clock } from '../../shared/time.ts';
import { loadCases, lockCases } from '../receivables/load-case.ts';
import { writeOverviews } from '../lead/write-overview.ts';
import type { HubStore } from '../store/hub-store.ts';
import type { CaseId } from '../../shared/id.ts';

const BATCH = 100;

/** At most `most` of them; answers whether some are left. */
export async function refreshReaches(store: HubStore, clock: Clock, most: number): Promise<boolean> {
  for (let done = 0; done < most; done += BATCH) {
    const caseIds = await findMissing(store);
    if (caseIds.length === 0) return false;
    await store.write(async (tx) => {
      const cases = await loadCases(tx, await lockCases(tx, caseIds));
      await writeOverviews(tx, clock.nowMs(), [...cases.values()]);
    });
  }
  return (await findMissing(store)).length > 0;
}

async function findMissing(store: HubStore): Promise<CaseId[]> {
  const rows = await store.read((tx) => tx.selectFrom('cases').leftJoin('case_reaches', 'case_reaches.case_id', 'cases.case_id').select('cases.case_id')
    .where('case_reaches.case_id', 'is', null).orderBy('cases.case_id').limit(BATCH).execute());
  return rows.map((row) => row.case_id);
}
