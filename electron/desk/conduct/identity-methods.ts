import { readTaxCode } from '../../../shared/case/read-tax-code.ts';
import type { IdentityMethod } from '../../../shared/facts/conduct-bodies.ts';
import type { CaseInBook } from '../projections/case-book.ts';

/**
 * By what a customer may be recognised, as the creditor chose it for this kind, in order. What nobody can compare, because it is on no
 * record of the holder or of a party, is not asked for; where that leaves nothing, the creditor's choice stands: no other way is added to it.
 */
export function identityMethodsOf({ entity, view }: Pick<CaseInBook, 'entity' | 'view'>): readonly IdentityMethod[] {
  const { customer } = entity;
  const taxCodes = [customer, ...view.parties].flatMap(({ taxCode }) => (taxCode === null ? [] : [readTaxCode(taxCode)]));
  const isOnRecord = (method: IdentityMethod): boolean => {
    switch (method) {
      case 'birth-date':
        return taxCodes.some((read) => read.ok && read.value.kind === 'person');
      case 'tax-code':
        return taxCodes.length > 0;
      case 'address':
        return customer.address !== null;
      case 'customer-code': case 'role': case 'called-back': case 'known-voice':
        return true;
    }
  };
  const chosen = view.rules.conduct.identityMethods[customer.kind];
  const comparable = chosen.filter(isOnRecord);
  return comparable.length > 0 ? comparable : chosen;
}
