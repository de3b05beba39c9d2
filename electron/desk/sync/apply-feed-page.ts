/**
 * Applies one page of the feed.
 *
 * Invariants: page, cursor and lease commit together; a snapshot replaces everything held, what it does
 * not bring goes with its last page; a removed
 * case disappears from the lists but its draft, unsent facts and history on this disk stay, and what
 * happened in a call that was going on can be saved (`taken-cases.ts`); an
 * erased person goes whole, in the same transaction, and what was freed is scrubbed after it. What is
 * stored of an entity is what came, fields of newer versions too; a known kind that this build cannot read
 * takes the whole page back.
 */
import type { z } from 'zod';
import type { CaseEntity } from '../../../shared/case/case-entity.ts';
import { caseEntitySchema } from '../../../shared/case/case-entity.ts';
import type { ViewContext } from '../../../shared/case/view-case.ts';
import { viewCase } from '../../../shared/case/view-case.ts';
import type { CaseId } from '../../../shared/id.ts';
import { caseIdSchema } from '../../../shared/id.ts';
import type { FeedLine } from '../../../shared/protocol/feed-protocol.ts';
import { entityKindSchema, entitySchemas, erasureEntitySchema } from '../../../shared/protocol/feed-protocol.ts';
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
      const erasure = readEntity('erasure', erasureEntitySchema, change.body);
      if (!erasePerson(db, erasure)) continue;
      changes.kinds.add('case').add('incoming').add('flag');
      changes.caseIds.push(...erasure.caseIds);
    }
    if (page.mode === 'snapshot') markAllStale(db);
    const replaces = holdsStale(db);
    if (replaces || page.mode === 'snapshot') startGeneration(db);
    for (const change of page.changes) {
      if (replaces) unmarkStale(db, change.kind, change.id);
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
      if (change.kind === 'case') listCase(db, readEntity('case', caseEntitySchema, change.body), context);
      else checkKnown(change.kind, change.body);
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

function readEntity<Body>(kind: string, schema: z.ZodType<Body>, body: unknown): Body {
  const parsed = schema.safeParse(body);
  if (!parsed.success) throw new UnreadableEntity(kind);
  return parsed.data;
}

/** Screens read these later and trust them; kinds of newer versions are kept as they came. */
function checkKnown(kind: string, body: unknown): void {
  const known = entityKindSchema.safeParse(kind);
  if (known.success) readEntity<unknown>(known.data, entitySchemas[known.data], body);
}

function listCase(db: Sqlite, entity: CaseEntity, context: ViewContext): void {
  placeInList(db, entity, viewCase(entity, readCaseFacts(db, entity.caseId), context), context, true);
}
