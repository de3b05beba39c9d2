import { z } from 'zod';
import type { QueryRequest, QueryOutput } from '../../../shared/contract/contract.ts';
import type { WorklistViewName } from '../../../shared/contract/screens.ts';
import { worklistViews } from '../../../shared/contract/screens.ts';
import type { CaseId } from '../../../shared/id.ts';
import { creditorIdSchema } from '../../../shared/id.ts';
import { dateOfInstant, instantOf } from '../../../shared/time.ts';
import { releaseWaiting } from '../projections/case-list.ts';
import type { Session } from '../session.ts';
import { viewContext } from '../session.ts';
import { readDraftIds } from '../store/draft-store.ts';
import { prepared } from '../store/statements.ts';
import { findLease } from './find-lease.ts';
import { worklistRow } from './worklist-row.ts';

/** Which rows a view shows; a case worked today leaves the list until something about it is due. */
const conditions: Record<WorklistViewName, string> = {
  'to-work': 'open_cents > 0 AND (ready = 1 OR last_outcome_at IS NULL OR last_outcome_at < @startOfDayMs)',
  agenda: 'callback_at IS NOT NULL',
  promises: 'promise_due_on IS NOT NULL AND open_cents > 0',
  disputes: 'disputed_cents > 0',
  'worked-today': 'last_outcome_at >= @startOfDayMs',
  all: 'TRUE',
};
const ofCreditor = '(@creditorId IS NULL OR creditor_id = @creditorId)';
/** What may be worked now in its order, then what waits, soonest first. */
const bestFirst = 'ready DESC, CASE ready WHEN 1 THEN order_class END, CASE ready WHEN 1 THEN sort_key ELSE ifnull(available_from, 9e15) END, customer_name, case_id';

/**
 * The worklist in one of its views, best first; `counts` say how long each view is. Without a live lease nothing can be
 * started, and only what was worked today is shown, to be corrected.
 */
export function listWorklist(session: Session, input: QueryRequest<'list-worklist'>): QueryOutput<'list-worklist'> {
  const { db } = session;
  const context = viewContext(session);
  releaseWaiting(db, context.nowMs);
  const values = {
    creditorId: input.creditorId, limit: input.limit,
    startOfDayMs: instantOf(dateOfInstant(context.nowMs, context.zone), '00:00', context.zone),
  };
  const lease = findLease(session);
  const ids = lease.state !== 'live' && input.view !== 'worked-today' ? [] : prepared<[typeof values], { case_id: CaseId }>(
    db, `SELECT case_id FROM case_list WHERE ${ofCreditor} AND ${conditions[input.view]} ORDER BY ${bestFirst} LIMIT @limit`,
  ).all(values);
  const drafts = readDraftIds(db);
  const rows = ids.flatMap(({ case_id }) => {
    const held = session.book.get(case_id, context);
    return held === null ? [] : [worklistRow(held, drafts)];
  });
  return { rows, lease, counts: readCounts(session, values), creditors: readCreditors(session, input.view, values) };
}

const countsSchema = z.record(z.enum(worklistViews), z.int());

function readCounts(session: Session, values: object): QueryOutput<'list-worklist'>['counts'] {
  const columns = worklistViews.map((view) => `count(*) FILTER (WHERE ${conditions[view]}) AS "${view}"`);
  return countsSchema.parse(prepared<[object]>(session.db, `SELECT ${columns.join(', ')} FROM case_list WHERE ${ofCreditor}`).get(values));
}

const creditorsSchema = z.array(z.object({ creditorId: creditorIdSchema, name: z.string(), count: z.int() }));

function readCreditors(session: Session, view: WorklistViewName, values: object): QueryOutput<'list-worklist'>['creditors'] {
  return creditorsSchema.parse(prepared<[object]>(
    session.db,
    `SELECT creditor_id AS creditorId, creditor_name AS name, count(*) AS count FROM case_list WHERE ${conditions[view]}
     GROUP BY creditor_id, creditor_name ORDER BY creditor_name`,
  ).all(values));
}
