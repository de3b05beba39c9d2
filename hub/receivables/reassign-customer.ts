/**
 * Gives a customer, with all cases, to another operator.
 *
 * Invariant: one transaction writes the new owner, the `remove` for the old one and the full `upsert` for the new one;
 * nobody ever sees a case of this person with two owners or with none.
 */
import type { CustomerId, UserId } from '../../shared/id.ts';
import type { Clock } from '../../shared/time.ts';
import type { HubResult } from '../hub-result.ts';
import { accept, refuse } from '../hub-result.ts';
import type { HubStore } from '../store/hub-store.ts';
import { lockCases } from './load-case.ts';
import { publishCase } from './publish-case.ts';

export async function reassignCustomer(
  store: HubStore, clock: Clock, change: { customerId: CustomerId; ownerId: UserId },
): Promise<HubResult<{ cases: number }>> {
  const { customerId, ownerId } = change;
  return store.write(async (tx) => {
    const owner = await tx.selectFrom('users').select('role').where('user_id', '=', ownerId).executeTakeFirst();
    if (owner?.role !== 'collector') return refuse(400, 'not-a-collector', 'Customers are assigned to collectors only.');
    const rows = await tx.selectFrom('cases').select('case_id').where('customer_id', '=', customerId).execute();
    if (rows.length === 0) return refuse(404, 'unknown-customer', 'There is no such customer.');
    const caseIds = rows.map((row) => row.case_id);
    const held = await lockCases(tx, caseIds);
    if (held.length === 0) return refuse(404, 'unknown-customer', 'There is no such customer.');
    const values = { owner_id: ownerId, assigned_at: clock.nowMs() };
    await tx
      .insertInto('assignments').values({ customer_id: customerId, ...values })
      .onConflict((oc) => oc.column('customer_id').doUpdateSet(values)).execute();
    for (const caseId of held) await publishCase(tx, clock.nowMs(), caseId);
    return accept({ cases: held.length });
  });
}
