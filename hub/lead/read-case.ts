/**
 * One case as a lead sees it.
 *
 * Invariant: who did it is hidden in every fact, and to whom a customer was given: what happened stands there with its
 * time, so no name may (domain §3.11).
 */
import type { CaseEntity, CaseFact } from '../../shared/case/case-entity.ts';
import type { CaseId } from '../../shared/id.ts';
import { hiddenUserId } from '../../shared/id.ts';
import type { CaseReply } from '../../shared/protocol/lead-protocol.ts';
import type { HubResult } from '../hub-result.ts';
import { accept, refuse } from '../hub-result.ts';
import { loadCase, loadCases } from '../receivables/load-case.ts';
import { newestRevision } from '../store/sequence-feed.ts';
import type { Tx } from '../store/tables.ts';

export async function readCase(tx: Tx, caseId: CaseId): Promise<HubResult<CaseReply>> {
  const loaded = await loadCase(tx, caseId);
  if (loaded === null) return refuse(404, 'unknown-case', 'There is no such case.');
  const assignment = await tx
    .selectFrom('assignments').select(['taken_from', 'release_at']).where('customer_id', '=', loaded.entity.customerId).executeTakeFirst();
  const ofPerson = await tx.selectFrom('cases').select('case_id').where('customer_id', '=', loaded.entity.customerId).where('case_id', '!=', caseId).orderBy('case_id').execute();
  const others = await loadCases(tx, ofPerson.map((row) => row.case_id));
  return accept({
    case: hideActors(loaded.entity),
    others: [...others.values()].map(({ entity }) => hideActors(entity)),
    revision: await newestRevision(tx),
    assignment: {
      state: assignment === undefined ? 'nobody' : assignment.taken_from === null ? 'held' : 'on-the-way',
      untilMs: assignment?.release_at ?? null,
    },
  });
}

/** The case without who did what in it. */
export function hideActors(entity: CaseEntity): CaseEntity {
  return { ...entity, facts: entity.facts.map(hideActor) };
}

function hideActor(fact: CaseFact): CaseFact {
  return { ...fact, actor: hiddenUserId, body: fact.type === 'customer-assigned' ? { ...fact.body, ownerId: hiddenUserId } : fact.body };
}
