/**
 * The queues in figures: one statement over one row per case, and those callbacks that nobody connected has.
 *
 * Invariants: nobody is in what it answers; "today" is the site's. Who is connected is looked at and told to nobody (domain §3.11).
 */
import type { RawBuilder } from 'kysely';
import { sql } from 'kysely';
import type { Tone } from '../../shared/case/case-entity.ts';
import { tones } from '../../shared/case/case-entity.ts';
import type { UserId } from '../../shared/id.ts';
import type { BoardQueue, QueueMeasure } from '../../shared/protocol/board-protocol.ts';
import { queueMeasures } from '../../shared/protocol/board-protocol.ts';
import { addDays, dateOfInstant, instantOf } from '../../shared/time.ts';
import { measureConditions } from '../lead/measure-conditions.ts';
import { SITE_ZONE } from '../site-zone.ts';
import type { Tx } from '../store/tables.ts';

/** A callback this near must be somebody's who is connected. */
const COVERED_AHEAD_MS = 60 * 60_000;
/** Below this nobody can say a pace. */
const FEWEST_WORKED = 3;
const SHORTEST_PACE_MS = 15 * 60_000;

type Counted = Exclude<QueueMeasure, 'callbacksUncovered'>;
const countedMeasures = queueMeasures.filter((measure): measure is Counted => measure !== 'callbacksUncovered');

export async function countQueues(tx: Tx, nowMs: number, isPresent: (userId: UserId) => boolean): Promise<BoardQueue[]> {
  const { tone, measures, startMs } = queueConditions(nowMs);
  const counted = tx
    .selectFrom('case_overview')
    .select(['creditor_id', 'currency', tone.as('tone')])
    .select([
      when(sql`is_open = 1`, sql`1`).as('open'), when(sql`is_open = 1`, sql`open_cents`).as('open_cents'), when(measures.promises, sql`promise_cents`).as('promised_cents'),
      sql<number | null>`case when worked_at >= ${startMs} then worked_at end`.as('worked_at'),
    ])
    .select(countedMeasures.map((measure) => when(measures[measure], sql`1`).as(measure)));
  const rows = await tx
    .selectFrom(counted.as('counted'))
    .innerJoin('creditors', 'creditors.creditor_id', 'counted.creditor_id')
    .select(['counted.creditor_id', 'creditors.name', 'counted.currency', 'counted.tone'])
    .select((eb) => [
      eb.fn.sum<number | string>('counted.open').as('open'), eb.fn.sum<number | string>('counted.open_cents').as('open_cents'),
      eb.fn.sum<number | string>('counted.promised_cents').as('promised_cents'), eb.fn.min<number | string | null>('counted.worked_at').as('first_worked_at'),
      ...countedMeasures.map((measure) => eb.fn.sum<number | string>(`counted.${measure}`).as(measure)),
    ])
    .groupBy(['counted.creditor_id', 'creditors.name', 'counted.currency', 'counted.tone'])
    .orderBy('counted.currency')
    .execute();
  const uncovered = await countUncovered(tx, nowMs, isPresent);
  return rows.map((row): BoardQueue & { open: number } => {
    const counts = { ...countsOf(row), callbacksUncovered: uncovered.get(queueKey(row)) ?? 0 };
    return {
      creditorId: row.creditor_id, creditorName: row.name, tone: row.tone, currency: row.currency, counts, promisedCents: Number(row.promised_cents),
      openCents: Number(row.open_cents), endsAtMs: endOfList(nowMs, counts, row.first_worked_at === null ? null : Number(row.first_worked_at)), open: Number(row.open),
    };
  }).filter(({ open, counts }) => open > 0 || counts.workedToday > 0).map(({ open: _open, ...queue }) => queue).sort(byPlace);
}

function queueConditions(nowMs: number): { tone: RawBuilder<Tone>; measures: Record<Counted, RawBuilder<unknown>>; startMs: number } {
  const { tone, measures } = measureConditions(nowMs);
  const today = dateOfInstant(nowMs, SITE_ZONE);
  const endMs = instantOf(addDays(today, 1), '00:00', SITE_ZONE);
  return {
    tone, startMs: instantOf(today, '00:00', SITE_ZONE),
    measures: {
      ...measures, dueNow: measures.toWork,
      toWork: sql`is_open = 1 and available_from < ${endMs}`,
      rested: sql`is_open = 1 and available_from > ${nowMs} and waiting = 0 and (stopped_until is null or stopped_until < ${today})
        and (agreed_until is null or agreed_until < ${today}) and (callback_at is null or callback_at <= ${nowMs})`,
    },
  };
}

function when(condition: RawBuilder<unknown>, value: RawBuilder<unknown>): RawBuilder<number> {
  return sql<number>`case when ${condition} then ${value} else 0 end`;
}

async function countUncovered(tx: Tx, nowMs: number, isPresent: (userId: UserId) => boolean): Promise<Map<string, number>> {
  const { tone, startMs } = queueConditions(nowMs);
  const rows = await tx
    .selectFrom('case_overview')
    .innerJoin('cases', 'cases.case_id', 'case_overview.case_id')
    .leftJoin('assignments', 'assignments.customer_id', 'cases.customer_id')
    .select(['case_overview.creditor_id', 'currency', tone.as('tone'), 'assignments.owner_id'])
    .where('callback_at', '>=', startMs).where('callback_at', '<=', nowMs + COVERED_AHEAD_MS)
    .where('is_open', '=', 1).where('waiting', '=', 0)
    .execute();
  const counts = new Map<string, number>();
  for (const row of rows) {
    if (row.owner_id !== null && isPresent(row.owner_id)) continue;
    counts.set(queueKey(row), (counts.get(queueKey(row)) ?? 0) + 1);
  }
  return counts;
}

function queueKey(row: { creditor_id: string; tone: string; currency: string }): string {
  return `${row.creditor_id} ${row.tone} ${row.currency}`;
}

/** At the pace of today, counted from the first case that was worked. */
function endOfList(nowMs: number, counts: Record<Counted, number>, firstWorkedAtMs: number | null): number | null {
  if (firstWorkedAtMs === null || counts.workedToday < FEWEST_WORKED || counts.toWork === 0) return null;
  const perCaseMs = Math.max(SHORTEST_PACE_MS, nowMs - firstWorkedAtMs) / counts.workedToday;
  return Math.round(nowMs + counts.toWork * perCaseMs);
}

/** PostgreSQL sums integers to a decimal, which the driver hands out as text. */
function countsOf(row: Record<Counted, number | string>): Record<Counted, number> {
  return Object.fromEntries(countedMeasures.map((measure) => [measure, Number(row[measure])])) as Record<Counted, number>;
}

/** A creditor's queues from the softest tone to the hardest. */
function byPlace(a: BoardQueue, b: BoardQueue): number {
  return a.creditorName === b.creditorName ? tones.indexOf(a.tone) - tones.indexOf(b.tone) : a.creditorName < b.creditorName ? -1 : 1;
}
