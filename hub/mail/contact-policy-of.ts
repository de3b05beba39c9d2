/** The contact policy in force for a case's customer. */
import type { CaseEntity } from '../../shared/case/case-entity.ts';
import { policyOf } from '../../shared/case/contact-rules.ts';
import type { ContactPolicy } from '../../shared/policy/contact/policy-pack.ts';
import { standardConduct } from '../../shared/protocol/conduct-protocol.ts';
import { findConduct } from '../conduct/publish-conduct.ts';
import type { Tx } from '../store/tables.ts';

export async function contactPolicyOf(tx: Tx, { creditorId, customer }: Pick<CaseEntity, 'creditorId' | 'customer'>): Promise<ContactPolicy> {
  return policyOf(await findConduct(tx, creditorId) ?? standardConduct(creditorId), customer.kind);
}
