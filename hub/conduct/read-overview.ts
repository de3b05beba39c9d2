/** What is in force: every creditor with its conduct, and the calendar. */
import type { z } from 'zod';
import type { conductOverviewSchema } from '../../shared/protocol/conduct-protocol.ts';
import { conductEntitySchema } from '../../shared/protocol/conduct-protocol.ts';
import type { Tx } from '../store/tables.ts';
import { findCalendar } from './publish-calendar.ts';

export async function readConductOverview(tx: Tx): Promise<z.infer<typeof conductOverviewSchema>> {
  const creditors = await tx.selectFrom('creditors').select(['creditor_id', 'name']).orderBy('name').execute();
  const rows = await tx.selectFrom('conducts').select(['creditor_id', 'body']).orderBy('version').execute();
  // The highest version comes last.
  const inForce = new Map(rows.map((row) => [row.creditor_id, row.body]));
  return {
    creditors: creditors.map(({ creditor_id: creditorId, name }) => {
      const body = inForce.get(creditorId);
      return { creditorId, name, conduct: body === undefined ? null : conductEntitySchema.parse(JSON.parse(body)) };
    }),
    calendar: await findCalendar(tx),
  };
}
