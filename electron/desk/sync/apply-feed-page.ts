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
import { viewCase } from '../../../shared/case/view-case.ts';
import type { CaseId } from '../../../shared/id.ts';
import { caseIdSchema } from '../../../shared/id.ts';
import type { EntityKind, FeedLine } from '../../../shared/protocol/feed-protocol.ts';
import { entityKindSchema } from '../../../shared/protocol/feed-protocol.ts';
import { placeInList } from '../projections/case-list.ts';
import { forgetCounts } from '../projections/list-counts.ts';
import type { Sqlite } from '../store/database.ts';
import { erasePerson, isErased } from '../store/erase-person.ts';
import { readCaseFacts } from '../store/fact-store.ts';
import { removeEntity, startGeneration, upsertEntity } from '../store/entity-store.ts';
import type { GrantedLease } from '../store/lease-watch.ts';
import { leaseOf, writeLease } from '../store/lease-watch.ts';
import { writeMeta } from '../store/meta.ts';
import { scrubWhereDue } from '../store/scrub-store.ts';
import { holdsNewer, markNewer, unmarkNewer } from '../store/newer-entities.ts';
import type { BodyOf } from '../store/read-newer.ts';
import { readNewer } from '../store/read-newer.ts';
import { holdsStale, markAllStale, removeStale, unmarkStale } from '../store/stale-entities.ts';
import { forgetTakenCases, giveCaseBack, takeCase } from '../store/taken-cases.ts';

/** Beyond so many changes the list is counted anew instead of along. */
const MOST_COUNTED_ALONG = 50;

export interface FeedPage {
  mode: 'delta' | 'snapshot';
  changes: Extract<FeedLine, { line: 'upsert' | 'remove' }>[];
  cursor: string;
  more: boolean;
  /** Until when this desk may give cases to start, by its own clock; null where the page brings no lease. */
  lease: GrantedLease | null;
}

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

/** @throws UnreadableEntity, and then nothing of the page is applied */
export function applyFeedPage(db: Sqlite, page: FeedPage, context: ViewContext): FeedChanges {
  const changes: FeedChanges = { snapshot: page.mode === 'snapshot', caseIds: [], kinds: new Set() };
  db.transaction(() => {
    if (page.changes.length > MOST_COUNTED_ALONG) forgetCounts(db);
    // First, while what is held still says whose it is.
    for (const change of page.changes) {
      if (change.line !== 'upsert' || change.kind !== 'erasure') continue;
      const erasure = readWhole('erasure', change.body);
      if (!erasePerson(db, erasure)) continue;
      changes.kinds.add('case').add('incoming').add('flag');
      changes.caseIds.push(...erasure.caseIds);
    }
    if (page.mode === 'snapshot') markAllStale(db);
    const replaces = holdsStale(db);
    const marked = holdsNewer(db);
    if (replaces || page.mode === 'snapshot') startGeneration(db);
    for (const change of page.changes) {
      if (replaces) unmarkStale(db, change.kind, change.id);
      if (marked) unmarkNewer(db, change.kind, change.id);
      changes.kinds.add(change.kind);
      if (change.kind === 'case') changes.caseIds.push(caseIdSchema.parse(change.id));
      if (change.line === 'remove') {
        if (change.kind === 'case') takeCase(db, caseIdSchema.parse(change.id), context.nowMs);
        else removeEntity(db, change.kind, change.id);
        continue;
      }
      if (change.kind === 'case' && isErased(db, change.id)) continue;
      upsertEntity(db, change);
      if (change.kind === 'case') giveCaseBack(db, caseIdSchema.parse(change.id));
      const known = entityKindSchema.safeParse(change.kind);
      // Screens read these later and trust them; kinds of newer versions are kept as they came.
      if (known.success) readChange(db, known.data, change, context);
    }
    if (replaces && !page.more) removeStale(db, context.nowMs);
    forgetTakenCases(db, context.nowMs);
    writeMeta(db, 'feedCursor', page.cursor);
    writeMeta(db, 'lastSyncAt', String(context.nowMs));
    if (page.lease !== null || !page.more) writeLease(db, page.lease, context.nowMs);
  }).immediate();
  leaseOf(db).reload();
  scrubWhereDue(db);
  return changes;
}

function readChange(db: Sqlite, kind: EntityKind, change: { id: string; body: unknown }, context: ViewContext): void {
  const reading = readNewer(kind, change.body);
  if (reading.state !== 'known') {
    // A case is never left out: somebody works it.
    if (reading.state === 'unreadable' || (reading.state === 'left-out' && kind === 'case')) throw new UnreadableEntity(kind);
    markNewer(db, kind, change.id);
  }
  if (kind === 'case' && 'body' in reading) listCase(db, reading.body as CaseEntity, context);
}

/** What has to be understood to the last word. */
function readWhole<Kind extends EntityKind>(kind: Kind, body: unknown): BodyOf<Kind> {
  const reading = readNewer(kind, body);
  if (reading.state !== 'known') throw new UnreadableEntity(kind);
  return reading.body;
}

function listCase(db: Sqlite, entity: CaseEntity, context: ViewContext): void {
  placeInList(db, entity, viewCase(entity, readCaseFacts(db, entity.caseId), context), context, true);
}
