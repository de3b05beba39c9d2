import type { IdentityMethod } from '../../../shared/facts/conduct-bodies.ts';
import type { CaseInBook } from '../projections/case-book.ts';

/** By what a customer may be recognised, as the creditor chose it for this kind, in order. */
export function identityMethodsOf({ entity, view }: Pick<CaseInBook, 'entity' | 'view'>): readonly IdentityMethod[] {
  return view.rules.conduct.identityMethods[entity.customer.kind];
}
