/**
 * The list of cases as rows: where each stands and from when (`shared/case/place-case.ts`).
 *
 * Invariants: written in the same transaction as what changed the case; it holds nothing that
 * entities and facts do not, so dropped and rebuilt it is the same (tested). A row comes free by
 * `releaseWaiting`, never by being written again; on the day it turns it is placed anew (`keep-list-current.ts`).
 */
import type { CaseEntity } from '../../../shared/case/case-entity.ts';
import { listAppointments } from '../../../shared/case/list-appointments.ts';
import { listFacets } from '../../../shared/case/list-facets.ts';
import { agreedUntil, orderOfPlacement } from '../../../shared/case/place-case.ts';
import type { CaseView, ViewContext } from '../../../shared/case/view-case.ts';
import type { CaseId } from '../../../shared/id.ts';
import type { Sqlite } from '../store/database.ts';
import { iterateEntities, readEntity } from '../store/entity-store.ts';
import { readCaseFacts } from '../store/fact-store.ts';
import { readMeta, writeMeta } from '../store/meta.ts';
import { clearNewer, markNewer, markNewerBesidesCases } from '../store/newer-entities.ts';
import { knownWords } from '../store/read-newer.ts';
import { storeFailure } from '../store/store-failure.ts';
import { prepared } from '../store/statements.ts';
import { addAppointments, addTurn, clearAppointments, removeAppointments } from './appointments.ts';
import { clearSearch, indexCase, unindexCase } from './case-search.ts';
import { hoursIdOf } from './hours-keys.ts';
import { forgetCounts } from './list-counts.ts';
import { listedOf, readOtherCases, viewHeldCase } from './view-held-case.ts';

/** Raised when rows or search texts change their meaning; the next sign-in then rebuilds. */
const PROJECTION_VERSION = 8;

const columns = [
  'creditor_id', 'creditor_name', 'customer_name', 'order_class', 'sort_key', 'available_from', 'ready', 'open_cents', 'disputed_cents',
  'callback_at', 'agreed_until', 'last_outcome_at', 'claimable_cents', 'currency', 'kind', 'oldest_due_on', 'courtesy_until', 'recovery_approved', 'stopped',
  'customer_id', 'hours_id',
] as const;
/** By hours and holidays; `@closed` of `readClosedHours`. */
export const isOpenNow = "(@closed = '[]' OR hours_id NOT IN (SELECT value FROM json_each(@closed)))";
const insertRow = `INSERT INTO case_list (${columns.join(', ')}, case_id) VALUES (${columns.map(() => '?').join(', ')}, ?)`;
const updateRow = `UPDATE case_list SET ${columns.map((column) => `${column} = ?`).join(', ')} WHERE case_id = ?`;

/**
 * Writes a case's row and its appointments; `searchable` when what is searched may have changed too (not by an outcome). No RETURNING here: it opens
 * a savepoint, at which the search index writes what it gathers, case by case (three times the cost of a first sync).
 */
export function placeInList(db: Sqlite, entity: CaseEntity, view: CaseView, context: Pick<ViewContext, 'nowMs' | 'zone'>, searchable: boolean): void {
  const { placement } = view;
  const { nowMs, zone } = context;
  const facets = listFacets(entity, view);
  const ready = placement.availableFrom !== null && placement.availableFrom <= nowMs ? 1 : 0;
  const values = [
    entity.creditorId, entity.creditorName, entity.customer.name, orderOfPlacement(placement), placement.sortKey,
    placement.availableFrom, ready, view.openCents, view.disputedCents, view.callback?.at ?? null, agreedUntil(view.folded),
    view.lastOutcomeAt, view.claimableCents, view.currency, entity.customer.kind, facets.oldestDueOn, facets.courtesyUntil, Number(facets.recoveryApproved),
    Number(facets.stopped), entity.customerId, hoursIdOf(db, entity, view.rules), entity.caseId,
  ];
  const held = listIdOf(db, entity.caseId);
  const { lastInsertRowid } = prepared(db, held === null ? insertRow : updateRow).run(...values);
  const listId = held ?? Number(lastInsertRowid);
  if (held !== null) removeAppointments(db, held);
  addAppointments(db, listId, listAppointments(view, zone));
  if (facets.turnsOn !== null) addTurn(db, listId, facets.turnsOn);
  if (!searchable) return;
  if (held !== null) unindexCase(db, held);
  indexCase(db, listId, entity, view);
}

export function removeFromList(db: Sqlite, caseId: CaseId): void {
  const listId = listIdOf(db, caseId);
  if (listId === null) return;
  prepared(db, 'DELETE FROM case_list WHERE list_id = ?').run(listId);
  removeAppointments(db, listId);
  unindexCase(db, listId);
}

function listIdOf(db: Sqlite, caseId: CaseId): number | null {
  return prepared<[string], { list_id: number }>(db, 'SELECT list_id FROM case_list WHERE case_id = ?').get(caseId)?.list_id ?? null;
}

/** Sets free what has waited long enough; cheap when nothing has. A disk that takes no writing lets it wait: the list shows all the same. */
export function releaseWaiting(db: Sqlite, nowMs: number): void {
  const due = prepared<[number], { found: number }>(db, 'SELECT 1 AS found FROM case_list WHERE ready = 0 AND available_from <= ? LIMIT 1').get(nowMs);
  if (due === undefined) return;
  try {
    prepared(db, 'UPDATE case_list SET ready = 1 WHERE ready = 0 AND available_from <= ?').run(nowMs);
  } catch (error) {
    if (storeFailure(error).error.code === 'store-damaged') throw error;
  }
}

/** The cases that may be worked, best first; those whose customers may not be called now stand behind. @param closed of `readClosedHours` */
export function readReadyCases(db: Sqlite, limit: number, closed = '[]'): CaseId[] {
  const read = (condition: string, most: number): CaseId[] => prepared<[{ closed: string; most: number }], { case_id: CaseId }>(
    db, `SELECT case_id FROM case_list WHERE ready = 1 AND ${condition} ORDER BY order_class, sort_key, customer_name, case_id LIMIT @most`,
  ).all({ closed, most }).map((row) => row.case_id);
  const open = read(isOpenNow, limit);
  return open.length === limit || closed === '[]' ? open : [...open, ...read(`NOT ${isOpenNow}`, limit - open.length)];
}

/** Rebuilds at sign-in where another build (also one that knew fewer words), another zone or a clock that went back wrote the rows. */
export function rebuildListWhereOld(db: Sqlite, context: ViewContext): void {
  const version = `${String(PROJECTION_VERSION)}.${String(knownWords)}:${context.zone}`;
  const ahead = prepared<[number], { found: number }>(db, 'SELECT 1 AS found FROM case_list WHERE ready = 1 AND available_from > ? LIMIT 1').get(context.nowMs);
  if (readMeta(db, 'projectionVersion') === version && ahead === undefined) return;
  db.transaction(() => {
    rebuildList(db, context);
    writeMeta(db, 'projectionVersion', version);
  }).immediate();
}

/** Drops the rows and makes them again, few in memory at a time. Call inside a transaction. */
export function rebuildList(db: Sqlite, context: ViewContext): void {
  clearList(db);
  clearNewer(db);
  markNewerBesidesCases(db);
  for (const { id, body, newer } of iterateEntities(db, 'case')) {
    if (newer) markNewer(db, 'case', id);
    placeHeld(db, body, context, true);
  }
  // Whose cases came one after the other: the first of them did not know of the contacts of the next.
  const people = prepared<[], { customer_id: string }>(db, 'SELECT customer_id FROM case_list GROUP BY customer_id HAVING count(*) > 1').all();
  placePeopleAgain(db, people.map((row) => row.customer_id), context);
}

/**
 * Places one held case, by the rules of the house and with what is known of the person. Call inside a transaction.
 * @returns whether other cases of the person are listed
 */
export function placeHeld(db: Sqlite, entity: CaseEntity, context: ViewContext, searchable: boolean): { hasOthers: boolean } {
  const others = readOtherCases(db, entity);
  placeInList(db, entity, viewHeldCase(db, entity, readCaseFacts(db, entity.caseId), context, others), context, searchable);
  return { hasOthers: others.length > 0 };
}

/** Places anew the cases of people who have several: a contact about one counts for all. Call inside the transaction of what changed. */
export function placePeopleAgain(db: Sqlite, customerIds: Iterable<string>, context: ViewContext, except: CaseId | null = null): void {
  for (const customerId of new Set(customerIds)) {
    const caseIds = listedOf(db, customerId);
    if (caseIds.length > 1) placeEachAgain(db, caseIds.filter((caseId) => caseId !== except), context);
  }
}

/** Places cases anew, as they are held. Call inside a transaction. */
export function placeEachAgain(db: Sqlite, caseIds: readonly CaseId[], context: ViewContext): void {
  for (const caseId of caseIds) {
    const held = readEntity(db, 'case', caseId);
    if (held !== null) placeHeld(db, held.body, context, false);
  }
}

/** Empties list, agenda and search. Call inside a transaction. */
function clearList(db: Sqlite): void {
  forgetCounts(db);
  prepared(db, 'DELETE FROM case_list').run();
  prepared(db, 'DELETE FROM hours_keys').run();
  clearAppointments(db);
  clearSearch(db);
}
