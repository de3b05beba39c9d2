/**
 * What new facts change at the hub: the cases they are about, the lead's list and the flags.
 *
 * Invariants: the caller has locked the cases, in one order, so two pushes about one case never overwrite each other;
 * the effect is recomputed from the whole set of facts, so it does not depend on the order of arrival, and once per
 * case and push; nothing that a lead sees names who did it.
 */
import { readBody } from '../../shared/facts/fact-bodies.ts';
import type { Fact } from '../../shared/facts/fact-header.ts';
import type { FactId, UserId } from '../../shared/id.ts';
import type { CaseEntity, CaseFact } from '../../shared/case/case-entity.ts';
import type { Entity } from '../feed/upsert-entity.ts';
import { upsertEntities } from '../feed/upsert-entity.ts';
import { groupBy } from '../group-by.ts';
import { loadCases } from '../receivables/load-case.ts';
import { caseToEntity } from '../receivables/publish-case.ts';
import type { Tx } from '../store/tables.ts';
import { buildFlags } from './build-flags.ts';
import type { FoundFlag } from './find-flags.ts';
import { findFlags } from './find-flags.ts';
import { buildIncoming } from './build-incoming.ts';

export async function applyEffects(tx: Tx, context: { actor: UserId; nowMs: number }, facts: readonly Fact[]): Promise<void> {
  const flags: FoundFlag[] = [];
  const entities: Entity[] = [];
  const byCase = groupBy(facts, (fact) => fact.header.caseId);
  const caseIds = [...byCase.keys()].filter((caseId) => caseId !== undefined).sort();
  const cases = await loadCases(tx, caseIds);
  for (const fact of byCase.get(undefined) ?? []) flags.push(...findFlags(fact, null, context.actor));
  for (const caseId of caseIds) {
    const ofCase = byCase.get(caseId) ?? [];
    const loaded = cases.get(caseId) ?? null;
    for (const fact of ofCase) flags.push(...findFlags(fact, loaded, context.actor));
    if (loaded === null) continue;
    entities.push(caseToEntity(loaded), ...buildIncoming(loaded.entity, touchedOutcomes(ofCase, loaded.entity)));
  }
  await upsertEntities(tx, context.nowMs, [...entities, ...buildFlags(flags, context)]);
}

/** The outcomes whose line in the lead's list changes: new ones, and the targets of new corrections. */
function touchedOutcomes(facts: readonly Fact[], entity: CaseEntity): Set<FactId> {
  const touched = new Set<FactId>();
  const outcomes = new Set(entity.facts.filter(isOutcome).map((fact) => fact.id));
  for (const { header, body } of facts) {
    const known = readBody(header.type, header.version, body);
    if (known.type === 'outcome-recorded') touched.add(header.id);
    if (known.type === 'outcome-corrected' && outcomes.has(known.body.targetFactId)) touched.add(known.body.targetFactId);
  }
  return touched;
}

function isOutcome(fact: CaseFact): boolean {
  return readBody(fact.type, fact.version, fact.body).type === 'outcome-recorded';
}
