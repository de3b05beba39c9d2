/**
 * A case of this store viewed by the rules of the house and with what is known of the person from other cases.
 *
 * Invariant: contacts are counted per person, whoever the creditor, and nothing else of another creditor's case comes into the view.
 */
import type { CaseEntity, CaseFact } from '../../../shared/case/case-entity.ts';
import { foldCase } from '../../../shared/case/fold-case.ts';
import type { FoldedCase } from '../../../shared/case/fold-case.ts';
import { contactsOfCase } from '../../../shared/case/list-contacts.ts';
import type { CaseView, ViewContext } from '../../../shared/case/view-case.ts';
import { viewCase } from '../../../shared/case/view-case.ts';
import type { CaseId } from '../../../shared/id.ts';
import type { Sqlite } from '../store/database.ts';
import { readEntity } from '../store/entity-store.ts';
import { readCaseFacts } from '../store/fact-store.ts';
import { houseOf } from '../store/house-rules.ts';
import { prepared } from '../store/statements.ts';

/** Another case of the same person, folded. */
export interface OtherCase { entity: CaseEntity; folded: FoldedCase }

/** @param others of the person; those of this store, where they were not fetched */
export function viewHeldCase(
  db: Sqlite, entity: CaseEntity, facts: readonly CaseFact[], context: ViewContext, others: readonly OtherCase[] = readOtherCases(db, entity),
): CaseView {
  return viewCase(entity, facts, { ...context, house: houseOf(db), otherContacts: others.flatMap((other) => contactsOfCase(other.entity, other.folded)) });
}

/** The entity with this desk's own facts. */
export function withOwnFacts(db: Sqlite, entity: CaseEntity): CaseEntity {
  return { ...entity, facts: [...entity.facts, ...readCaseFacts(db, entity.caseId)] };
}

/** The other cases of the same person in this store, each folded with this desk's own facts. */
export function readOtherCases(db: Sqlite, { caseId, customerId }: Pick<CaseEntity, 'caseId' | 'customerId'>): OtherCase[] {
  return listedOf(db, customerId).filter((other) => other !== caseId).flatMap((other) => {
    const held = readEntity(db, 'case', other);
    return held === null ? [] : [foldOther(db, held.body)];
  });
}

/** With this desk's own facts. */
export function foldOther(db: Sqlite, other: CaseEntity): OtherCase {
  const entity = withOwnFacts(db, other);
  return { entity, folded: foldCase(entity.facts, entity.payments) };
}

/** The listed cases of a person. */
export function listedOf(db: Sqlite, customerId: string): CaseId[] {
  return prepared<[string], { case_id: CaseId }>(db, 'SELECT case_id FROM case_list WHERE customer_id = ?').all(customerId).map((row) => row.case_id);
}
