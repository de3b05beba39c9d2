/**
 * Applies one page of the feed.
 *
 * Invariants: page, cursor and lease commit together; a snapshot replaces everything held, what it does
 * not bring goes with its last page; a removed
 * case disappears from the lists but its draft, unsent facts and history on this disk stay, and what
 * happened in a call that was going on can be saved (`taken-cases.ts`); an
 * erased person goes whole, in the same transaction, and what was freed is scrubbed after it. What is
 * stored of an entity is what came, fields and words of newer versions too (`read-newer.ts`); a known kind of a
 * shape that this build cannot read takes the whole page back.
 */
import type { CaseEntity } from '../../../shared/case/case-entity.ts';
import type { ViewContext } from '../../../shared/case/view-case.ts';
import type { CaseId } from '../../../shared/id.ts';
import { caseIdSchema } from '../../../shared/id.ts';
import type { EntityKind } from '../../../shared/protocol/feed-protocol.ts';
import { entityKindSchema } from '../../../shared/protocol/feed-protocol.ts';
import { beginDirectoryAnew } from '../directory/directory-store.ts';
import { placeEachAgain, placeHeld, placePeopleAgain } from '../projections/case-list.ts';
import { joinRarely } from '../projections/case-search.ts';
import { withHoursRemembered } from '../projections/hours-keys.ts';
import { forgetCounts } from '../projections/list-counts.ts';
import { listedOf } from '../projections/view-held-case.ts';
import type { Sqlite } from '../store/database.ts';
import { erasePerson, holdsErased, isErased } from '../store/erase-person.ts';
import { removeEntity, startGeneration, storeEntity } from '../store/entity-store.ts';
import { forgetHouse } from '../store/house-rules.ts';
import { leaseOf, writeLease } from '../store/lease-watch.ts';
import { writeMeta } from '../store/meta.ts';
import { scrubWhereDue } from '../store/scrub-store.ts';
import { holdsNewer, markNewer, unmarkNewer } from '../store/newer-entities.ts';
import type { BodyOf } from '../store/read-newer.ts';
import { readNewer } from '../store/read-newer.ts';
import { forgetOldMessages } from '../store/read-messages.ts';
import { dropServed, forgetServed } from '../store/served-cases.ts';
import { holdsStale, markAllStale, removeStale, unmarkStale } from '../store/stale-entities.ts';
import { prepared } from '../store/statements.ts';
import { forgetTakenCases, giveCaseBack, holdsTaken, takeCase } from '../store/taken-cases.ts';
import type { FeedChange, FeedPage } from './feed-page.ts';
import { readFeedBody } from './feed-page.ts';

/** Beyond so many changes the list is counted anew instead of along. */
const MOST_COUNTED_ALONG = 50;

/** What a page touched, for those who hold something in memory. */
export interface FeedChanges {
  snapshot: boolean;
  caseIds: CaseId[];
  kinds: Set<string>;
}

/** The hub speaks of something known in a form that this build does not know: a newer one is needed. */
export class UnreadableEntity extends Error {
  readonly kind: string;
  constructor(kind: string) {
    super(`an entity of kind ${kind} that this build cannot read`);
    this.kind = kind;
  }
}

/** @throws UnreadableEntity or GarbledBody, and then nothing of the page is applied */
export function applyFeedPage(db: Sqlite, page: FeedPage, context: ViewContext): FeedChanges {
  const changes: FeedChanges = { snapshot: page.mode === 'snapshot', caseIds: [], kinds: new Set() };
  const apply = db.transaction(() => {
    if (page.changes.length > MOST_COUNTED_ALONG) forgetCounts(db);
    // First, while what is held still says whose it is.
    for (const change of page.changes) {
      if (change.line !== 'upsert' || change.kind !== 'erasure') continue;
      const erasure = readWhole('erasure', readFeedBody(change).body);
      if (!erasePerson(db, erasure)) continue;
      changes.kinds.add('case').add('incoming').add('flag');
      changes.caseIds.push(...erasure.caseIds);
    }
    joinRarely(db, page.more);
    if (page.mode === 'snapshot') {
      markAllStale(db);
      beginDirectoryAnew(db);
    }
    const replaces = holdsStale(db);
    const marked = holdsNewer(db);
    const erased = holdsErased(db);
    let taken = holdsTaken(db);
    if (replaces || page.mode === 'snapshot') startGeneration(db);
    const newRules = new Set<string>();
    const leftPeople: string[] = [];
    const people = new Set<string>();
    // Rules before the cases that are placed by them.
    const ordered = page.changes.some(isRule) ? [...page.changes.filter(isRule), ...page.changes.filter((change) => !isRule(change))] : page.changes;
    for (const change of ordered) {
      if (change.kind === 'script' || change.kind === 'rates') forgetHouse(db);
      const said = change.line === 'upsert' ? readFeedBody(change) : null;
      if (isRule(change) && changesRules(db, change, said?.text ?? null)) newRules.add(whoseRule(db, change, said?.text ?? null));
      if (replaces) unmarkStale(db, change.kind, change.id);
      if (marked) unmarkNewer(db, change.kind, change.id);
      changes.kinds.add(change.kind);
      if (change.kind === 'case') changes.caseIds.push(caseIdSchema.parse(change.id));
      if (said === null) {
        if (change.kind === 'case') {
          const caseId = caseIdSchema.parse(change.id);
          leftPeople.push(...customerOf(db, caseId));
          takeCase(db, caseId, context.nowMs);
          taken = true;
        } else removeEntity(db, change.kind, change.id);
        continue;
      }
      if (change.kind === 'case' && erased && isErased(db, change.id)) continue;
      storeEntity(db, change, said.text);
      if (change.kind === 'case' && taken) giveCaseBack(db, caseIdSchema.parse(change.id));
      if (change.kind === 'case') dropServed(db, caseIdSchema.parse(change.id));
      const known = entityKindSchema.safeParse(change.kind);
      // Screens read these later and trust them; kinds of newer versions are kept as they came.
      if (known.success) readChange(db, known.data, { id: change.id, body: said.body }, people, context);
    }
    if (replaces && !page.more) removeStale(db, context.nowMs);
    placeByRules(db, newRules, changes.caseIds, context);
    placeEachAgain(db, leftPeople.flatMap((customerId) => listedOf(db, customerId)), context);
    placePeopleAgain(db, people, context);
    forgetTakenCases(db, context.nowMs);
    forgetServed(db, context.nowMs);
    forgetOldMessages(db, context.nowMs);
    writeMeta(db, 'feedCursor', page.cursor);
    writeMeta(db, 'lastSyncAt', String(context.nowMs));
    if (page.lease !== null || !page.more) writeLease(db, page.lease, context.nowMs);
  });
  try {
    withHoursRemembered(db, () => apply.immediate());
  } catch (error) {
    // What was read of a page that is taken back.
    forgetHouse(db);
    throw error;
  }
  leaseOf(db).reload();
  scrubWhereDue(db);
  return changes;
}

/** @param people whose cases came, where they have more than this one */
function readChange(db: Sqlite, kind: EntityKind, change: { id: string; body: unknown }, people: Set<string>, context: ViewContext): void {
  const reading = readNewer(kind, change.body);
  if (reading.state !== 'known') {
    // A case is never left out: somebody works it.
    if (reading.state === 'unreadable' || (reading.state === 'left-out' && kind === 'case')) throw new UnreadableEntity(kind);
    markNewer(db, kind, change.id);
  }
  if (kind !== 'case' || !('body' in reading)) return;
  const entity = reading.body as CaseEntity;
  if (placeHeld(db, entity, context, true).hasOthers) people.add(entity.customerId);
}

/** What has to be understood to the last word. */
function readWhole<Kind extends EntityKind>(kind: Kind, body: unknown): BodyOf<Kind> {
  const reading = readNewer(kind, body);
  if (reading.state !== 'known') throw new UnreadableEntity(kind);
  return reading.body;
}

/** In the place of a creditor: rules that are about all. */
const EVERYBODY = '*';

function isRule({ kind }: FeedChange): boolean {
  return kind === 'conduct' || kind === 'calendar' || kind === 'priority';
}

/** The creditor whose cases it moves. What is gone, the store still names. */
function whoseRule(db: Sqlite, change: FeedChange, text: string | null): string {
  if (change.kind === 'calendar') return EVERYBODY;
  if (change.kind === 'conduct') return change.id;
  const known = text ?? prepared<[string, string], { body: string }>(db, 'SELECT body FROM entities WHERE kind = ? AND id = ?').get(change.kind, change.id)?.body ?? null;
  return known === null ? EVERYBODY : (JSON.parse(known) as { creditorId?: string }).creditorId ?? EVERYBODY;
}

/** Whether it says otherwise than what is held; then what was read of the rules is forgotten. @param text of what it says, null where it is gone */
function changesRules(db: Sqlite, change: FeedChange, text: string | null): boolean {
  const held = prepared<[string, string], { body: string }>(db, 'SELECT body FROM entities WHERE kind = ? AND id = ?').get(change.kind, change.id)?.body ?? null;
  if (held === text) return false;
  forgetHouse(db);
  return true;
}

/** New hours move what waits: the rows of those creditors are placed anew, but for those that came with the page. */
function placeByRules(db: Sqlite, creditors: ReadonlySet<string>, placed: readonly CaseId[], context: ViewContext): void {
  if (creditors.size === 0) return;
  const done = new Set(placed);
  const rows = prepared<[], { case_id: CaseId; creditor_id: string }>(db, 'SELECT case_id, creditor_id FROM case_list').all();
  const moved = rows.filter((row) => !done.has(row.case_id) && (creditors.has(EVERYBODY) || creditors.has(row.creditor_id)));
  placeEachAgain(db, moved.map((row) => row.case_id), context);
}

/** The person of a listed case who has more than one. */
function customerOf(db: Sqlite, caseId: CaseId): string[] {
  return prepared<[string], { customer_id: string }>(db, 'SELECT customer_id FROM case_list WHERE case_id = ?').all(caseId).map((row) => row.customer_id);
}
