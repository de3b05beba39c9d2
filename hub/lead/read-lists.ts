/** The lists in figures: per creditor, tone and currency. One statement over one row per case; nobody is in it. */
import { sql } from 'kysely';
import { tones } from '../../shared/case/case-entity.ts';
import type { CaseMeasure, ListRow } from '../../shared/protocol/lead-protocol.ts';
import { caseMeasures } from '../../shared/protocol/lead-protocol.ts';
import type { Tx } from '../store/tables.ts';
import { measureConditions } from './measure-conditions.ts';

export async function readLists(tx: Tx, nowMs: number): Promise<ListRow[]> {
  const { tone, measures } = measureConditions(nowMs);
  const counted = tx
    .selectFrom('case_overview')
    .select(['creditor_id', 'currency', tone.as('tone'), sql<number>`case when is_open = 1 then open_cents else 0 end`.as('open_cents')])
    .select(sql<number>`case when ${measures.promises} then promise_cents else 0 end`.as('promised_cents'))
    .select(caseMeasures.map((measure) => sql<number>`case when ${measures[measure]} then 1 else 0 end`.as(measure)));
  const rows = await tx
    .selectFrom(counted.as('counted'))
    .innerJoin('creditors', 'creditors.creditor_id', 'counted.creditor_id')
    .select(['counted.creditor_id', 'creditors.name', 'counted.tone', 'counted.currency'])
    .select((eb) => [
      eb.fn.sum<number | string>('counted.open_cents').as('open_cents'), eb.fn.sum<number | string>('counted.promised_cents').as('promised_cents'),
      ...caseMeasures.map((measure) => eb.fn.sum<number | string>(`counted.${measure}`).as(measure)),
    ])
    .groupBy(['counted.creditor_id', 'creditors.name', 'counted.tone', 'counted.currency'])
    .orderBy('counted.currency')
    .execute();
  return rows.map((row) => ({
    creditorId: row.creditor_id, creditorName: row.name, tone: row.tone, currency: row.currency,
    counts: countsOf(row), openCents: Number(row.open_cents), promisedCents: Number(row.promised_cents),
  })).filter(({ counts }) => counts.cases > 0 || counts.workedToday > 0).sort(byPlace);
}

/** A creditor's lists from the softest tone to the hardest. */
function byPlace(a: ListRow, b: ListRow): number {
  return a.creditorName === b.creditorName ? tones.indexOf(a.tone) - tones.indexOf(b.tone) : a.creditorName < b.creditorName ? -1 : 1;
}

/** PostgreSQL sums integers to a decimal, which the driver hands out as text. */
function countsOf(row: Record<CaseMeasure, number | string>): Record<CaseMeasure, number> {
  return Object.fromEntries(caseMeasures.map((measure) => [measure, Number(row[measure])])) as Record<CaseMeasure, number>;
}
