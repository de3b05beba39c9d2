/**
 * What a creditor of old invoices has to say first: until when its claims can be made.
 *
 * A real file may be older than the ten years that hold where nothing was published (art. 2946 c.c.); its invoices are then left out of every
 * plan, rightly, and a tour could agree none.
 */
import { openStore } from '../../hub/store/open-store.ts';
import { publishConduct } from '../../hub/conduct/publish-conduct.ts';
import { standardConduct } from '../../shared/protocol/conduct-protocol.ts';
import { systemClock } from '../../shared/time.ts';

const LONGEST_MONTHS = 240;

export async function publishLongestPrescription(dataDir: string, creditor: string): Promise<void> {
  const store = await openStore({ dataDir, postgresUrl: null });
  try {
    await store.write(async (tx) => {
      const { creditor_id: creditorId } = await tx.selectFrom('creditors').select('creditor_id').where('name', '=', creditor).executeTakeFirstOrThrow();
      const { version: _unpublished, ...standard } = standardConduct(creditorId);
      const draft = { ...standard, agreements: { ...standard.agreements, prescriptionMonths: LONGEST_MONTHS } };
      const published = await publishConduct(tx, { userId: null, nowMs: systemClock.nowMs(), after: null }, draft);
      if (!published.ok) throw new Error(`the conduct of ${creditor} could not be published: ${published.refusal.message}`);
    });
  } finally {
    await store.close();
  }
}
