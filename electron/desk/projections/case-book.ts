/**
 * One case at a time: the hub's entity and this desk's own facts, viewed as of now.
 *
 * Invariants: nothing here is true that the database does not hold; only the parsed entity is
 * remembered, and only for the revision it was parsed from, until a snapshot replaces all.
 */
import type { CaseEntity } from '../../../shared/case/case-entity.ts';
import type { CaseView, ViewContext } from '../../../shared/case/view-case.ts';
import type { CaseId } from '../../../shared/id.ts';
import type { Sqlite } from '../store/database.ts';
import { readEntity, readGeneration, readRevision } from '../store/entity-store.ts';
import { readCaseFacts } from '../store/fact-store.ts';
import { readServed } from '../store/served-cases.ts';
import { readTakenCase } from '../store/taken-cases.ts';
import { placeInList, placePeopleAgain } from './case-list.ts';
import { viewHeldCase } from './view-held-case.ts';

/** A few windows of the list, so that asking for one again parses nothing. */
const MOST_REMEMBERED = 300;

export interface CaseInBook {
  entity: CaseEntity;
  revision: number;
  view: CaseView;
  /** It went to somebody else: nothing starts, what happened can be saved. */
  taken: boolean;
  /** It was fetched for somebody who called: in no list, rung from here only while it is on the line. */
  served: boolean;
  /** It speaks in words of a newer build, of which not all is shown. */
  newer: boolean;
}

export class CaseBook {
  readonly #db: Sqlite;
  #generation = 0;
  readonly #parsed = new Map<CaseId, Omit<CaseInBook, 'view'>>();

  constructor(db: Sqlite) {
    this.#db = db;
  }

  get(caseId: CaseId, context: ViewContext): CaseInBook | null {
    const held = this.#entity(caseId) ?? this.#served(caseId) ?? this.#taken(caseId);
    return held === null ? null : { ...held, view: viewHeldCase(this.#db, held.entity, readCaseFacts(this.#db, caseId), context) };
  }

  /** Places a case anew after a fact of this desk; `searchable` when the fact is about people. Call inside the transaction of that fact. */
  placeAgain(caseId: CaseId, context: ViewContext, searchable = false): void {
    const held = this.get(caseId, context);
    if (held === null || held.taken || held.served) return;
    placeInList(this.#db, held.entity, held.view, context, searchable);
    placePeopleAgain(this.#db, [held.entity.customerId], context, caseId);
  }

  #taken(caseId: CaseId): Omit<CaseInBook, 'view'> | null {
    const entity = readTakenCase(this.#db, caseId);
    return entity === null ? null : { entity, revision: 0, taken: true, served: false, newer: false };
  }

  #served(caseId: CaseId): Omit<CaseInBook, 'view'> | null {
    const held = readServed(this.#db, caseId);
    return held === null ? null : { entity: held.entity, revision: held.revision, taken: false, served: true, newer: held.newer };
  }

  #entity(caseId: CaseId): Omit<CaseInBook, 'view'> | null {
    const revision = readRevision(this.#db, 'case', caseId);
    if (revision === null) return null;
    const generation = readGeneration(this.#db);
    if (generation !== this.#generation) this.#parsed.clear();
    this.#generation = generation;
    const known = this.#parsed.get(caseId);
    if (known?.revision === revision) return known;
    const stored = readEntity(this.#db, 'case', caseId);
    if (stored === null) return null;
    if (this.#parsed.size >= MOST_REMEMBERED) this.#parsed.clear();
    const held = { revision, entity: stored.body, taken: false, served: false, newer: stored.newer };
    this.#parsed.set(caseId, held);
    return held;
  }
}
