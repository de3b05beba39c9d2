/**
 * What new facts change at the hub: the cases they are about, the lead's list and the flags.
 *
 * Invariants: the caller has locked the cases, in one order, so two pushes about one case never overwrite each other;
 * the effect is recomputed from the whole set of facts, so it does not depend on the order of arrival, and once per
 * case and push; nothing that a lead sees names who did it. A decision by somebody who may not take it is flagged and
 * counts for nothing (`check-decisions.ts`), an end of a contact likewise (`check-ends.ts`). How people were contacted is judged over the whole person (`judge-conduct.ts`).
 */
import { readBody } from '../../shared/facts/fact-bodies.ts';
import type { Fact } from '../../shared/facts/fact-header.ts';
import type { CaseId, FactId, UserId } from '../../shared/id.ts';
import type { CaseEntity, CaseFact } from '../../shared/case/case-entity.ts';
import type { Entity } from '../feed/upsert-entity.ts';
import { upsertEntities } from '../feed/upsert-entity.ts';
import { groupBy } from '../group-by.ts';
import { queueRequestedMail } from '../mail/queue-requested-mail.ts';
import { buildContactTasks } from '../contacts/build-contact-tasks.ts';
import { markForbiddenEnds } from '../contacts/check-ends.ts';
import { findLookedUp } from '../look-ups/log-look-up.ts';
import { writeOverviews } from '../lead/write-overview.ts';
import type { LoadedCase } from '../receivables/load-case.ts';
import { loadCases } from '../receivables/load-case.ts';
import { caseToEntity } from '../receivables/publish-case.ts';
import type { Tx } from '../store/tables.ts';
import { buildFlags } from './build-flags.ts';
import type { FoundFlag } from './find-flags.ts';
import { findFlags } from './find-flags.ts';
import { buildMessages } from './build-messages.ts';
import { buildPriorities } from './build-priorities.ts';
import { buildIncoming } from './build-incoming.ts';
import { assignAsDecided, isLead, markForbiddenDecisions } from './check-decisions.ts';
import { findTraineeOutcomes } from './find-trainee-outcomes.ts';
import { judgeConduct } from './judge-conduct.ts';
import { settleFlags } from './settle-flags.ts';

export async function applyEffects(tx: Tx, context: { actor: UserId; nowMs: number }, facts: readonly Fact[]): Promise<void> {
  const { actor, nowMs } = context;
  const undecidable = await markForbiddenDecisions(tx, actor, facts);
  const unassignable = await assignAsDecided(tx, nowMs, facts.filter(({ header }) => !undecidable.has(header.id)));
  const forbidden = new Set([...undecidable, ...await markForbiddenEnds(tx, actor, facts)]);
  const allowed = facts.filter(({ header }) => !forbidden.has(header.id));
  const byCase = groupBy(facts, (fact) => fact.header.caseId);
  const caseIds = [...byCase.keys()].filter((caseId) => caseId !== undefined).sort();
  const cases = await loadCases(tx, caseIds);
  const unmailable = await queueRequestedMail(tx, nowMs, allowed, cases);
  const isStranger = [...cases.values()].some(({ ownerId }) => ownerId !== actor);
  const leads = isStranger && await isLead(tx, actor);
  const answered = isStranger && !leads ? await findLookedUp(tx, actor, caseIds, nowMs) : new Set<CaseId>();

  const flags: FoundFlag[] = [];
  const entities: Entity[] = await settleFlags(tx, allowed);
  const touched: { entity: CaseEntity; factIds: Set<FactId> }[] = [];
  const flagsOf = (fact: Fact, loaded: LoadedCase | null): FoundFlag[] => findFlags(fact, loaded, {
    actor, leads, answered: loaded !== null && answered.has(loaded.entity.caseId), forbidden: forbidden.has(fact.header.id), unassignable: unassignable.has(fact.header.id),
    unmailable: unmailable.get(fact.header.id) ?? null,
  });
  for (const fact of byCase.get(undefined) ?? []) flags.push(...flagsOf(fact, null));
  for (const caseId of caseIds) {
    const ofCase = byCase.get(caseId) ?? [];
    const loaded = cases.get(caseId) ?? null;
    for (const fact of ofCase) flags.push(...flagsOf(fact, loaded));
    if (loaded === null) continue;
    entities.push(caseToEntity(loaded));
    touched.push({ entity: loaded.entity, factIds: touchedOutcomes(ofCase, loaded.entity) });
  }
  const trainees = await findTraineeOutcomes(tx, touched);
  for (const { entity, factIds } of touched) entities.push(...buildIncoming(entity, factIds, trainees));
  entities.push(...await buildMessages(tx, actor, allowed), ...await buildContactTasks(tx, actor, allowed), ...await buildPriorities(tx, allowed));
  entities.push(...await judgeConduct(tx, nowMs, facts, cases));
  await upsertEntities(tx, nowMs, [...entities, ...buildFlags(flags, context)]);
  await writeOverviews(tx, nowMs, [...cases.values()]);
}

/** The outcomes whose line in the lead's list changes: new ones, and those that were corrected, audited or answered. */
function touchedOutcomes(facts: readonly Fact[], entity: CaseEntity): Set<FactId> {
  const touched = new Set<FactId>();
  let outcomes: Set<FactId> | null = null;
  for (const { header, body } of facts) {
    const known = readBody(header.type, header.version, body);
    if (known.type === 'outcome-recorded') touched.add(header.id);
    if (known.type !== 'outcome-corrected' && known.type !== 'outcome-audited' && known.type !== 'settlement-decided') continue;
    outcomes ??= new Set(entity.facts.filter(isOutcome).map((fact) => fact.id));
    if (outcomes.has(known.body.targetFactId)) touched.add(known.body.targetFactId);
  }
  return touched;
}

function isOutcome(fact: CaseFact): boolean {
  return readBody(fact.type, fact.version, fact.body).type === 'outcome-recorded';
}
