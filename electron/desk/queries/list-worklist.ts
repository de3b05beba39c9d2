import type { QueryRequest, QueryOutput } from '../../../shared/contract/contract.ts';
import type { WorklistViewName } from '../../../shared/contract/screens.ts';
import { worklistViews } from '../../../shared/contract/screens.ts';
import type { CreditorId } from '../../../shared/id.ts';
import { dateOfInstant } from '../../../shared/time.ts';
import type { CaseInBook } from '../projections/case-book.ts';
import type { Session } from '../session.ts';
import { viewContext } from '../session.ts';
import { readDraftIds } from '../store/draft-store.ts';
import { worklistRow } from './worklist-row.ts';

/** The worklist in one of its views, best first; what waits comes after what can be done now. */
export function listWorklist(session: Session, input: QueryRequest<'list-worklist'>): QueryOutput<'list-worklist'> {
  const context = viewContext(session);
  const all = session.book.list(context);
  const today = dateOfInstant(context.nowMs, context.zone);
  const isOfDay = (instantMs: number | null): boolean => instantMs !== null && dateOfInstant(instantMs, context.zone) === today;
  const belongs: Record<WorklistViewName, (held: CaseInBook) => boolean> = {
    'to-work': ({ view }) => view.openCents > 0 && (view.blocked === null || !isOfDay(view.lastOutcomeAt)),
    agenda: ({ view }) => view.callback !== null,
    promises: ({ view }) => view.promise !== null && view.openCents > 0,
    disputes: ({ view }) => view.disputedCents > 0,
    'worked-today': ({ view }) => isOfDay(view.lastOutcomeAt),
    all: () => true,
  };
  const ofCreditor = input.creditorId === null ? all : all.filter(({ entity }) => entity.creditorId === input.creditorId);
  const drafts = readDraftIds(session.db);
  const rows = ofCreditor.filter(belongs[input.view]).map((held) => worklistRow(held, drafts));
  const counts = Object.fromEntries(worklistViews.map((name) => [name, ofCreditor.filter(belongs[name]).length]));
  return { rows, counts: counts as QueryOutput<'list-worklist'>['counts'], creditors: creditorsOf(all.filter(belongs[input.view])) };
}

function creditorsOf(cases: readonly CaseInBook[]): QueryOutput<'list-worklist'>['creditors'] {
  const byId = new Map<CreditorId, { creditorId: CreditorId; name: string; count: number }>();
  for (const { entity } of cases) {
    const entry = byId.get(entity.creditorId) ?? { creditorId: entity.creditorId, name: entity.creditorName, count: 0 };
    entry.count += 1;
    byId.set(entity.creditorId, entry);
  }
  return [...byId.values()].sort((a, b) => a.name.localeCompare(b.name));
}
