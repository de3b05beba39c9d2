import type { CaseEntity } from '../../shared/case/case-entity.ts';
import type { PeopleView } from '../../shared/case/view-people.ts';
import { reachOfNumber, reachOfTaxCode } from '../../shared/directory/reach.ts';

/** By what whoever belongs to the case is found when calling: every number that is not retired, every tax code. In one order, each once. */
export function reachOfCase({ customer }: Pick<CaseEntity, 'customer'>, { numbers, parties }: Pick<PeopleView, 'numbers' | 'parties'>): string[] {
  const codes = [customer.taxCode, ...parties.map(({ taxCode }) => taxCode)].flatMap((code) => (code === null ? [] : reachOfTaxCode(code) ?? []));
  const calls = numbers.flatMap(({ e164, retired }) => (e164 === null || retired !== null ? [] : reachOfNumber(e164)));
  return [...new Set([...calls, ...codes])].sort();
}
