/** The contact policies that the product brings along; each is parsed here, once. A creditor chooses one, and may make it stricter. */
import ieCca46 from '../../../assets/policies/ie-cca46.json' with { type: 'json' };
import itBusiness from '../../../assets/policies/it-business.json' with { type: 'json' };
import itUnirec from '../../../assets/policies/it-unirec.json' with { type: 'json' };
import itUnirecStrict from '../../../assets/policies/it-unirec-strict.json' with { type: 'json' };
import ukConc7 from '../../../assets/policies/uk-conc7.json' with { type: 'json' };
import usRegF from '../../../assets/policies/us-reg-f.json' with { type: 'json' };
import type { DebtorKind } from '../../case/case-entity.ts';
import type { PolicyPack } from './policy-pack.ts';
import { policyPackSchema } from './policy-pack.ts';

/** In the order in which they are offered. */
export const standardPolicies: readonly PolicyPack[] = [itUnirec, itBusiness, itUnirecStrict, usRegF, ieCca46, ukConc7].map((content) => policyPackSchema.parse(content));

/** A pack by its id, or null when there is none of that name. */
export function findStandardPolicy(id: string): PolicyPack | null {
  return standardPolicies.find((pack) => pack.id === id) ?? null;
}

/** The packs that are meant for a kind of customer, in the order in which they are offered. */
export function policiesFor(kind: DebtorKind): PolicyPack[] {
  return standardPolicies.filter((pack) => pack.scope.debtorKinds.includes(kind));
}
