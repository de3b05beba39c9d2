import { z } from 'zod';
import type { QueryRequest, QueryOutput } from '../../../shared/contract/contract.ts';
import type { WorklistViewName } from '../../../shared/contract/screens.ts';
import { worklistViews } from '../../../shared/contract/screens.ts';
import type { CaseId } from '../../../shared/id.ts';
import { creditorIdSchema } from '../../../shared/id.ts';
import { nextCallingMoment } from '../../../shared/policy/calling-hours.ts';
import { releaseWaiting } from '../projections/case-list.ts';
import type { ReadingSession } from '../session.ts';
import { viewContext } from '../session.ts';
import { readDraftIds } from '../store/draft-store.ts';
import { prepared } from '../store/statements.ts';
import { findLease } from './find-lease.ts';
import { conditionValues, filterCondition, ofCreditor, viewConditions, viewOrders } from './worklist-conditions.ts';
import { worklistRow } from './worklist-row.ts';

type Values = ReturnType<typeof conditionValues>;

/**
 * The worklist in one of its views, narrowed by a filter, best first; `counts` say how long each view is under the same
 * filter. Without a live lease nothing can be started, and only what was worked today is shown, to be corrected.
 */
export function listWorklist(session: ReadingSession, input: QueryRequest<'list-worklist'>): QueryOutput<'list-worklist'> {
  const { db } = session;
  const context = viewContext(session);
  releaseWaiting(db, context.nowMs);
  const values = { ...conditionValues(input, context), limit: input.limit };
  const lease = findLease(session);
  const ids = lease.state !== 'live' && input.view !== 'worked-today' ? [] : prepared<[Values], { case_id: CaseId }>(
    db, `SELECT case_id FROM case_list WHERE ${ofCreditor} AND ${viewConditions[input.view]} AND ${filterCondition} ORDER BY ${viewOrders[input.view]} LIMIT @limit`,
  ).all(values);
  const drafts = readDraftIds(db);
  const rows = ids.flatMap(({ case_id }) => {
    const held = session.book.get(case_id, context);
    return held === null ? [] : [worklistRow(held, drafts)];
  });
  return { rows, lease, callableFrom: callableFrom(context), ...readSums(session, input, values) };
}

/** Calling hours of the site: each customer's own come with the contact policy. */
function callableFrom({ nowMs, zone }: ReturnType<typeof viewContext>): number | null {
  const from = nextCallingMoment(nowMs, zone);
  return from <= nowMs ? null : from;
}

const sumsSchema = z.array(z.object({
  creditorId: creditorIdSchema, name: z.string(), currency: z.string(), openCents: z.int(), claimableCents: z.int(),
}).and(z.record(z.enum(worklistViews), z.int())));

/** Counts and totals, from one look at all rows. */
function readSums(session: ReadingSession, { view, creditorId }: Pick<QueryRequest<'list-worklist'>, 'view' | 'creditorId'>, values: Values): Omit<QueryOutput<'list-worklist'>, 'rows' | 'lease' | 'callableFrom'> {
  const columns = [
    ...worklistViews.map((entry) => `count(*) FILTER (WHERE ${viewConditions[entry]}) AS "${entry}"`),
    ...['open', 'claimable'].map((name) => `ifnull(sum(${name}_cents) FILTER (WHERE ${viewConditions[view]}), 0) AS ${name}Cents`),
  ];
  const groups = sumsSchema.parse(prepared<[Values]>(
    session.db,
    `SELECT creditor_id AS creditorId, creditor_name AS name, currency, ${columns.join(', ')} FROM case_list WHERE ${filterCondition}
     GROUP BY creditor_id, creditor_name, currency ORDER BY creditor_name`,
  ).all(values));
  const counts = Object.fromEntries(worklistViews.map((entry) => [entry, 0])) as Record<WorklistViewName, number>;
  const creditors = new Map<string, QueryOutput<'list-worklist'>['creditors'][number]>();
  const totals = new Map<string, QueryOutput<'list-worklist'>['totals'][number]>();
  for (const group of groups) {
    if (group[view] > 0) {
      const { name, count } = creditors.get(group.creditorId) ?? { name: group.name, count: 0 };
      creditors.set(group.creditorId, { creditorId: group.creditorId, name, count: count + group[view] });
    }
    if (creditorId !== null && group.creditorId !== creditorId) continue;
    for (const entry of worklistViews) counts[entry] += group[entry];
    if (group[view] === 0) continue;
    const { currency } = group;
    const { openCents, claimableCents } = totals.get(currency) ?? { openCents: 0, claimableCents: 0 };
    totals.set(currency, { currency, openCents: openCents + group.openCents, claimableCents: claimableCents + group.claimableCents });
  }
  return { counts, creditors: [...creditors.values()], totals: [...totals.values()].toSorted((a, b) => b.openCents - a.openCents) };
}
