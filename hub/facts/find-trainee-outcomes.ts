/** Outcomes of people who are still learning in the tone of the case: a second person looks at each that can be audited. */
import type { CaseEntity } from '../../shared/case/case-entity.ts';
import { outcomeRules } from '../../shared/case/outcome-rules.ts';
import type { FactId } from '../../shared/id.ts';
import { loadHeldCertificates } from '../conduct/certificates.ts';
import type { Tx } from '../store/tables.ts';
import { foldOnce } from './fold-once.ts';
import { toneAt, zoneOf } from './find-conduct-flags.ts';

/** @param touched cases with the outcomes whose lines are written */
export async function findTraineeOutcomes(tx: Tx, touched: readonly { entity: CaseEntity; factIds: ReadonlySet<FactId> }[]): Promise<Set<FactId>> {
  const asked = touched.flatMap(({ entity, factIds }) => (factIds.size === 0 ? [] : foldOnce(entity).outcomes
    .filter(({ factId, code }) => factIds.has(factId) && outcomeRules[code].auditable).map((outcome) => ({ entity, outcome }))));
  if (asked.length === 0) return new Set();
  const heldAt = await loadHeldCertificates(tx, [...new Set(asked.map(({ outcome }) => outcome.actor))].sort());
  const isLearning = ({ entity, outcome }: (typeof asked)[number]): boolean => {
    const held = (tone: Parameters<typeof heldAt>[1]): boolean => heldAt(outcome.actor, tone, outcome.at, zoneOf(outcome)) === 'trainee';
    // Few learn anything: only for those is the tone of the moment worked out.
    return (held('courtesy') || held('reminder') || held('recovery')) && held(toneAt(entity, outcome));
  };
  return new Set(asked.filter(isLearning).map(({ outcome }) => outcome.factId));
}
