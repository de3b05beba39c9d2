import { z } from 'zod';
import type { QueryRequest, QueryOutput } from '../../../shared/contract/contract.ts';
import type { WorklistViewName } from '../../../shared/contract/screens.ts';
import { worklistScreenSchema, worklistViews } from '../../../shared/contract/screens.ts';
import type { CaseId } from '../../../shared/id.ts';
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
  return { rows, lease, counts: readCounts(session, values), creditors: readCreditors(session, input.view, values), totals: readTotals(session, input.view, values) };
}

const countsSchema = z.record(z.enum(worklistViews), z.int());

function readCounts(session: ReadingSession, values: Values): QueryOutput<'list-worklist'>['counts'] {
  const columns = worklistViews.map((view) => `count(*) FILTER (WHERE ${viewConditions[view]}) AS "${view}"`);
  return countsSchema.parse(prepared<[Values]>(session.db, `SELECT ${columns.join(', ')} FROM case_list WHERE ${ofCreditor} AND ${filterCondition}`).get(values));
}

function readCreditors(session: ReadingSession, view: WorklistViewName, values: Values): QueryOutput<'list-worklist'>['creditors'] {
  return worklistScreenSchema.shape.creditors.parse(prepared<[Values]>(
    session.db,
    `SELECT creditor_id AS creditorId, creditor_name AS name, count(*) AS count FROM case_list WHERE ${viewConditions[view]} AND ${filterCondition}
     GROUP BY creditor_id, creditor_name ORDER BY creditor_name`,
  ).all(values));
}

function readTotals(session: ReadingSession, view: WorklistViewName, values: Values): QueryOutput<'list-worklist'>['totals'] {
  return worklistScreenSchema.shape.totals.parse(prepared<[Values]>(
    session.db,
    `SELECT currency, sum(open_cents) AS openCents, sum(claimable_cents) AS claimableCents FROM case_list
     WHERE ${ofCreditor} AND ${viewConditions[view]} AND ${filterCondition} GROUP BY currency ORDER BY sum(open_cents) DESC`,
  ).all(values));
}
