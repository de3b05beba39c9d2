/** The fold of a loaded case, which a push looks at in turn for trainees, for the leads' list and for the overview: made once, for what was loaded is never changed. */
import type { CaseEntity } from '../../shared/case/case-entity.ts';
import type { FoldedCase } from '../../shared/case/fold-case.ts';
import { foldCase } from '../../shared/case/fold-case.ts';

const folds = new WeakMap<CaseEntity, FoldedCase>();

export function foldOnce(entity: CaseEntity): FoldedCase {
  const known = folds.get(entity);
  if (known !== undefined) return known;
  const folded = foldCase(entity.facts, entity.payments);
  folds.set(entity, folded);
  return folded;
}
