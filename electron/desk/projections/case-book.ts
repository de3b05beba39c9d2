/**
 * The cases of this operator in memory: hub's entity + own facts, viewed as of now.
 *
 * Invariants: it is only ever changed after the commit that it reflects; it holds nothing
 * that the database does not, so throwing it away and loading it again gives the same
 * answers (tested); a view is remembered for a minute at most, because "now" moves.
 */
import type { CaseEntity, CaseFact } from '../../../shared/case/case-entity.ts';
import { comparePlacements } from '../../../shared/case/place-case.ts';
import type { CaseView, ViewContext } from '../../../shared/case/view-case.ts';
import { viewCase } from '../../../shared/case/view-case.ts';
import type { CaseId } from '../../../shared/id.ts';
import type { Sqlite } from '../store/database.ts';
import { readEntities, readEntity } from '../store/entity-store.ts';
import { readAllCaseFacts, readCaseFacts } from '../store/fact-store.ts';

const VIEW_LIFETIME_MS = 60_000;

interface Held {
  entity: CaseEntity;
  revision: number;
  /** Null: to be read when next looked at. */
  ownFacts: CaseFact[] | null;
  viewed: { atMs: number; view: CaseView } | null;
}

export interface CaseInBook {
  entity: CaseEntity;
  revision: number;
  view: CaseView;
}

export class CaseBook {
  readonly #held = new Map<CaseId, Held>();
  #db: Sqlite | null = null;

  /** Loads everything; used at sign-in and after a snapshot. */
  load(db: Sqlite): void {
    this.#db = db;
    this.#held.clear();
    for (const { revision, body } of readEntities(db, 'case')) {
      this.#held.set(body.caseId, { entity: body, revision, ownFacts: [], viewed: null });
    }
    for (const { caseId, fact } of readAllCaseFacts(db)) this.#held.get(caseId)?.ownFacts?.push(fact);
  }

  /** Reads one case again after a commit that touched it. */
  refresh(db: Sqlite, caseId: CaseId): void {
    const stored = readEntity(db, 'case', caseId);
    if (stored === null) this.#held.delete(caseId);
    else this.#held.set(caseId, { entity: stored.body, revision: stored.revision, ownFacts: readCaseFacts(db, caseId), viewed: null });
  }

  /**
   * This desk committed a fact of the case; what the hub sent has not changed. The facts are read
   * again when somebody looks, so that no save waits for it.
   */
  forgetFacts(caseId: CaseId): void {
    const held = this.#held.get(caseId);
    if (held === undefined) return;
    held.ownFacts = null;
    held.viewed = null;
  }

  get(caseId: CaseId, context: ViewContext): CaseInBook | null {
    const held = this.#held.get(caseId);
    return held === undefined ? null : this.#view(held, context);
  }

  /** All cases, best first. */
  list(context: ViewContext): CaseInBook[] {
    return [...this.#held.values()]
      .map((held) => this.#view(held, context))
      .sort((a, b) => comparePlacements(a.view.placement, b.view.placement, context.nowMs) || compareText(a.entity.customer.name, b.entity.customer.name) || compareText(a.entity.caseId, b.entity.caseId));
  }

  #view(held: Held, context: ViewContext): CaseInBook {
    const age = held.viewed === null ? null : context.nowMs - held.viewed.atMs;
    if (held.viewed === null || age === null || age < 0 || age > VIEW_LIFETIME_MS) {
      held.ownFacts ??= this.#readFacts(held.entity.caseId);
      held.viewed = { atMs: context.nowMs, view: viewCase(held.entity, held.ownFacts, context) };
    }
    return { entity: held.entity, revision: held.revision, view: held.viewed.view };
  }

  #readFacts(caseId: CaseId): CaseFact[] {
    if (this.#db === null) throw new Error('the book was never loaded');
    return readCaseFacts(this.#db, caseId);
  }
}

function compareText(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}
