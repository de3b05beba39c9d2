/**
 * One row per case for lists and search, and by what its people are reached (ADR 0026), written in the transaction that publishes the case.
 *
 * Invariant: the row says instants and days, never "now" and never who: whoever reads compares with the moment, so that
 * midnight changes no row but those that `recheck_on` names (an invoice whose suspension ends).
 */
import type { Insertable } from 'kysely';
import type { CaseEntity } from '../../shared/case/case-entity.ts';
import { outcomeRules } from '../../shared/case/outcome-rules.ts';
import type { CaseView } from '../../shared/case/view-case.ts';
import { viewCase } from '../../shared/case/view-case.ts';
import { agreedUntil } from '../../shared/case/place-case.ts';
import { hiddenUserId } from '../../shared/id.ts';
import type { PlainDate } from '../../shared/time.ts';
import { dateOfInstant } from '../../shared/time.ts';
import { reachOfCase } from '../directory/reach-of-case.ts';
import { writeReaches } from '../directory/write-reaches.ts';
import { foldOnce } from '../facts/fold-once.ts';
import type { LoadedCase } from '../receivables/load-case.ts';
import { SITE_ZONE } from '../site-zone.ts';
import type { InsertKind } from '../store/insert-rows.ts';
import { insertRows, replacing } from '../store/insert-rows.ts';
import type { CaseOverviewTable, Tx } from '../store/tables.ts';
import { foldSearchText } from './fold-search-text.ts';

/** Rows in one statement; far below what either database takes as parameters. */
const CHUNK = 200;
const columns = [
  'case_id', 'creditor_id', 'search_text', 'currency', 'open_cents', 'is_open', 'recovery', 'overdue_from', 'available_from', 'worked_at', 'talked_at',
  'promise_cents', 'agreed_until', 'callback_at', 'disputed', 'stopped_until', 'waiting', 'recheck_on',
] as const satisfies (keyof CaseOverviewTable)[];
/** `handed_callback_at` is another's word and stays as it is. */
const putOverviews: InsertKind<'case_overview'> = { table: 'case_overview', columns, suffix: replacing<'case_overview'>(['case_id'], columns) };
const FOR_GOOD = '9999-12-31' as PlainDate;

/** The caller holds the locks of the cases. */
export async function writeOverviews(tx: Tx, nowMs: number, cases: readonly LoadedCase[]): Promise<void> {
  for (let start = 0; start < cases.length; start += CHUNK) {
    const viewed = cases.slice(start, start + CHUNK).map(({ entity }) => ({ entity, view: viewOf(entity, nowMs) }));
    await insertRows(tx, putOverviews, viewed.map(({ entity, view }) => overviewOf(entity, view, nowMs)));
    await writeReaches(tx, viewed.map(({ entity, view }) => ({ caseId: entity.caseId, creditorId: entity.creditorId, reaches: reachOfCase(entity, view) })));
  }
}

function viewOf(entity: CaseEntity, nowMs: number): CaseView {
  return viewCase(entity, [], { nowMs, zone: SITE_ZONE, userId: hiddenUserId, folded: foldOnce(entity) });
}

function overviewOf(entity: CaseEntity, view: CaseView, nowMs: number): Insertable<CaseOverviewTable> {
  const { folded, placement } = view;
  const talk = folded.outcomes.findLast((outcome) => ['success', 'right-party'].includes(outcomeRules[outcome.code].class));
  const today = dateOfInstant(nowMs, SITE_ZONE);
  return {
    case_id: entity.caseId, creditor_id: entity.creditorId, search_text: searchTextOf(entity, view), currency: view.currency,
    open_cents: view.openCents, is_open: view.openCents > 0 ? 1 : 0,
    recovery: entity.recoveryApprovedOn !== null && folded.disputes.length === 0 ? 1 : 0,
    overdue_from: overdueFrom(view), available_from: placement.availableFrom,
    worked_at: view.lastOutcomeAt, talked_at: talk?.at ?? null,
    promise_cents: view.promise?.amountCents ?? null, agreed_until: agreedUntil(folded),
    callback_at: view.callback?.at ?? null, disputed: view.disputedCents > 0 ? 1 : 0,
    stopped_until: stoppedUntil(view), waiting: folded.stops.length > 0 ? 1 : 0,
    recheck_on: earliest(folded.suspensions.flatMap(({ invoiceId, until }) => (invoiceId !== null && until !== null && until >= today ? [until] : []))),
  };
}

/** The due date after which something is owed, credits taken off: when the tone leaves courtesy (`view-case.ts`). */
function overdueFrom({ invoices }: CaseView): PlainDate | null {
  let cents = invoices.reduce((sum, invoice) => sum + Math.min(0, invoice.claimableCents), 0);
  for (const invoice of invoices) {
    if (invoice.claimableCents <= 0) continue;
    cents += invoice.claimableCents;
    if (cents > 0) return invoice.dueDate;
  }
  return null;
}

/** The last day on which the whole case is out of all contact. */
function stoppedUntil({ folded }: CaseView): PlainDate | null {
  const ends = folded.suspensions.flatMap(({ invoiceId, kind, until }) =>
    invoiceId !== null ? [] : [kind === 'excluded' ? FOR_GOOD : (until ?? FOR_GOOD)]);
  return ends.reduce<PlainDate | null>((last, end) => (last === null || end > last ? end : last), null);
}

function earliest(dates: readonly PlainDate[]): PlainDate | null {
  return dates.reduce<PlainDate | null>((first, date) => (first === null || date < first ? date : first), null);
}

/** One thing a line, so that a word never runs over two of them. */
function searchTextOf(entity: CaseEntity, view: CaseView): string {
  const digits = view.numbers.map(({ e164, raw }) => (e164 ?? raw).replace(/\D/g, ''));
  const said = [
    entity.customer.name, entity.customer.code, entity.customer.taxCode ?? '', entity.customer.ibanTail ?? '', ...view.parties.map(({ name }) => name),
    ...entity.invoices.map(({ number }) => number), ...digits,
  ];
  return foldSearchText([...new Set(said)].filter((text) => text !== '').join('\n'));
}
