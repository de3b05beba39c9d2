import type { QueryRequest, QueryOutput } from '../../../shared/contract/contract.ts';
import type { WorklistViewName } from '../../../shared/contract/screens.ts';
import { worklistViews } from '../../../shared/contract/screens.ts';
import type { CaseId } from '../../../shared/id.ts';
import { isOpenNow } from '../projections/case-list.ts';
import type { ClosedHours } from '../projections/hours-keys.ts';
import { readClosedHours } from '../projections/hours-keys.ts';
import { keepListCurrent } from '../projections/keep-list-current.ts';
import type { Counts } from '../projections/list-counts.ts';
import { countsSchema, readCounts } from '../projections/list-counts.ts';
import type { ReadingSession } from '../session.ts';
import { viewContext } from '../session.ts';
import { readDraftIds } from '../store/draft-store.ts';
import type { Sqlite } from '../store/database.ts';
import { prepared } from '../store/statements.ts';
import { findLease } from './find-lease.ts';
import { conditionValues, filterCondition, ofCreditor, readyOrder, viewConditions, viewOrders, waitingOrder } from './worklist-conditions.ts';
import { worklistRow } from './worklist-row.ts';

type Values = ReturnType<typeof conditionValues>;
type Asked = QueryRequest<'list-worklist'>;
type Window = Pick<Asked, 'view' | 'offset' | 'limit'>;

/**
 * A window of the worklist in one of its views, narrowed by a filter, best first; `counts` say how long each view is under the same
 * filter. Without a live lease nothing can be started, and only what was worked today is shown, to be corrected.
 */
export function listWorklist(session: ReadingSession, input: QueryRequest<'list-worklist'>): QueryOutput<'list-worklist'> {
  keepListCurrent(session);
  const context = viewContext(session);
  const values = conditionValues(input, context);
  const lease = findLease(session);
  const hours = readClosedHours(session.db, context.nowMs);
  const ids = lease.state !== 'live' && input.view !== 'worked-today' ? [] : readWindow(session.db, input, values, hours);
  const drafts = readDraftIds(session.db);
  const rows = ids.flatMap((caseId) => {
    const held = session.book.get(caseId, context);
    return held === null ? [] : [worklistRow(held, drafts, context.nowMs)];
  });
  return { rows, offset: input.offset, lease, callableFrom: hours.callableFrom, ...readSums(session.db, input, values) };
}

/**
 * What may be worked now stands before what the hours of its customer keep closed, and that before what waits: each part is read by its
 * own index, as far as the window reaches.
 */
function readWindow(db: Sqlite, { view, offset, limit }: Window, values: Values, { closed }: ClosedHours): CaseId[] {
  const condition = `${ofCreditor} AND ${viewConditions[view]} AND ${filterCondition}`;
  const bound = { ...values, closed };
  const read = (where: string, order: string, skip: number, most: number): CaseId[] => prepared<[typeof bound & { skip: number; most: number }], { case_id: CaseId }>(
    db, `SELECT case_id FROM case_list WHERE ${where} ORDER BY ${order} LIMIT @most OFFSET @skip`,
  ).all({ ...bound, skip, most }).map((row) => row.case_id);
  const order = viewOrders[view];
  if (order !== 'best-first') return read(condition, order, offset, limit);
  const parts = [
    { where: closed === '[]' ? `ready = 1 AND ${condition}` : `ready = 1 AND ${isOpenNow} AND ${condition}`, order: readyOrder },
    ...(closed === '[]' ? [] : [{ where: `ready = 1 AND NOT ${isOpenNow} AND ${condition}`, order: readyOrder }]),
    { where: `ready = 0 AND ${condition}`, order: waitingOrder },
  ];
  const found: CaseId[] = [];
  let skip = offset;
  for (const [index, part] of parts.entries()) {
    const rows = read(part.where, part.order, skip, limit - found.length);
    found.push(...rows);
    if (found.length === limit || index === parts.length - 1) break;
    if (rows.length > 0) skip = 0;
    else if (skip > 0) {
      skip -= prepared<[typeof bound], { count: number }>(
        db, `SELECT count(*) AS count FROM case_list WHERE ${part.where}`,
      ).get(bound)?.count ?? 0;
    }
  }
  return found;
}

/** Counts and totals: kept ones without a filter, else from one look at all rows. */
function readSums(db: Sqlite, { view, creditorId, filter }: Asked, values: Values): Pick<QueryOutput<'list-worklist'>, 'counts' | 'creditors' | 'totals'> {
  const isFiltered = Object.entries({ ...filter, text: null }).some(([, value]) => value !== null) || values.match !== null;
  const groups = isFiltered ? countMatching(db, view, values) : readCounts(db, view, values);
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

function countMatching(db: Sqlite, view: WorklistViewName, values: Values): Counts {
  const columns = [
    ...worklistViews.map((entry) => `count(*) FILTER (WHERE ${viewConditions[entry]}) AS "${entry}"`),
    ...['open', 'claimable'].map((name) => `ifnull(sum(${name}_cents) FILTER (WHERE ${viewConditions[view]}), 0) AS ${name}Cents`),
  ];
  return countsSchema.parse(prepared<[Values]>(
    db,
    `SELECT creditor_id AS creditorId, creditor_name AS name, currency, ${columns.join(', ')} FROM case_list WHERE ${filterCondition}
     GROUP BY creditor_id, creditor_name, currency ORDER BY creditor_name`,
  ).all(values));
}
