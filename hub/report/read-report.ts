/**
 * The totals of a hub.
 *
 * Invariant: never grouped by operator, and not by operator and time (domain §3.11): what people did is counted only
 * as a whole. Open figures are of today, at the site.
 */
import { z } from 'zod';
import { outcomeCodes } from '../../shared/case/outcome-codes.ts';
import { decimalOfCents } from '../../shared/money/format-money.ts';
import type { PlainDate } from '../../shared/time.ts';
import type { Tx } from '../store/tables.ts';

const countSchema = z.int().nonnegative();

export const hubReportSchema = z.object({
  customers: countSchema,
  cases: countSchema,
  unassignedCustomers: countSchema,
  open: z.object({ invoices: countSchema, overdue: countSchema, amount: z.record(z.string(), z.string()) }),
  facts: countSchema,
  erasedFacts: countSchema,
  devices: countSchema,
  flags: countSchema,
  /** Outcomes as they count now, after corrections, by result code. */
  outcomes: z.partialRecord(z.enum(outcomeCodes), countSchema),
  promised: z.record(z.string(), z.string()),
  disputed: z.record(z.string(), z.string()),
});
export type HubReport = z.infer<typeof hubReportSchema>;

/** The part of a stored `incoming` entity that is counted. */
const incomingSchema = z.object({
  code: z.enum(outcomeCodes), status: z.string(), amountCents: z.int().nullable(), currency: z.string().nullable(),
});

export async function readReport(tx: Tx, today: PlainDate): Promise<HubReport> {
  const open = await tx
    .selectFrom('invoices')
    .select(['currency'])
    .select((eb) => [
      eb.fn.countAll<number>().as('invoices'),
      eb.fn.sum<number | string>('residual_cents').as('cents'),
      eb.fn.sum<number | string>(eb.case().when(eb.and([eb('due_date', '<', today), eb('residual_cents', '>', 0)])).then(1).else(0).end()).as('overdue'),
    ])
    .where('issued', '=', 1).where('settled_on', 'is', null).where('residual_cents', '!=', 0)
    .groupBy('currency').orderBy('currency').execute();
  const outcomes = await countOutcomes(tx);
  const facts = await tx
    .selectFrom('fact_content').select((eb) => [eb.fn.countAll<number>().as('facts'), eb.fn.count<number>('body').as('bodies')])
    .executeTakeFirstOrThrow();
  return {
    customers: await countRows(tx, 'customers'),
    cases: await countRows(tx, 'cases'),
    unassignedCustomers: (await countRows(tx, 'customers')) - (await countRows(tx, 'assignments')),
    open: {
      invoices: open.reduce((sum, row) => sum + row.invoices, 0),
      overdue: open.reduce((sum, row) => sum + Number(row.overdue), 0),
      amount: Object.fromEntries(open.map((row) => [row.currency, decimalOfCents(Number(row.cents))])),
    },
    facts: facts.facts,
    erasedFacts: facts.facts - facts.bodies,
    devices: await countRows(tx, 'devices'),
    flags: await countEntities(tx, 'flag'),
    ...outcomes,
  };
}

async function countOutcomes(tx: Tx): Promise<Pick<HubReport, 'outcomes' | 'promised' | 'disputed'>> {
  const outcomes: HubReport['outcomes'] = {};
  const sums = { PTP: new Map<string, number>(), DSP: new Map<string, number>() };
  let after = '';
  for (;;) {
    const rows = await tx.selectFrom('entities').select(['id', 'body']).where('kind', '=', 'incoming').where('id', '>', after)
      .orderBy('id').limit(1000).execute();
    for (const row of rows) {
      const { code, status, amountCents, currency } = incomingSchema.parse(JSON.parse(row.body));
      if (status === 'annulled') continue;
      outcomes[code] = (outcomes[code] ?? 0) + 1;
      if ((code === 'PTP' || code === 'DSP') && amountCents !== null && currency !== null) {
        sums[code].set(currency, (sums[code].get(currency) ?? 0) + amountCents);
      }
    }
    const last = rows.at(-1);
    if (last === undefined) break;
    after = last.id;
  }
  const show = (sum: Map<string, number>): Record<string, string> =>
    Object.fromEntries([...sum].map(([currency, cents]) => [currency, decimalOfCents(cents)]));
  return { outcomes, promised: show(sums.PTP), disputed: show(sums.DSP) };
}

async function countRows(tx: Tx, table: 'customers' | 'cases' | 'assignments' | 'devices'): Promise<number> {
  return (await tx.selectFrom(table).select((eb) => eb.fn.countAll<number>().as('count')).executeTakeFirstOrThrow()).count;
}

async function countEntities(tx: Tx, kind: string): Promise<number> {
  const row = await tx.selectFrom('entities').select((eb) => eb.fn.countAll<number>().as('count')).where('kind', '=', kind).executeTakeFirstOrThrow();
  return row.count;
}
