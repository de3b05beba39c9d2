/**
 * Whether a creditor's conduct may be published.
 *
 * Invariant: it is never looser than the packs it stands on: each kind of customer has a pack that is meant for it, and each change
 * passes `tightenPolicy`. A refusal names the field as the form has it.
 */
import { checkAgreementTerms } from '../../shared/protocol/check-agreement-terms.ts';
import { conductKinds } from '../../shared/protocol/conduct-protocol.ts';
import type { ConductEntity } from '../../shared/protocol/conduct-protocol.ts';
import { findStandardPolicy } from '../../shared/policy/contact/standard-policies.ts';
import { tightenPolicy } from '../../shared/policy/contact/tighten-policy.ts';
import type { HubResult } from '../hub-result.ts';
import { accept, refuse } from '../hub-result.ts';

export function checkConduct(draft: Omit<ConductEntity, 'version'>): HubResult<null> {
  for (const kind of conductKinds) {
    const policyId = draft.policyOfKind[kind];
    const field = `policyOfKind.${kind}`;
    const pack = findStandardPolicy(policyId);
    if (pack === null) return refuse(400, 'policy-unknown', `There is no policy "${policyId}".`, { field, policyId });
    if (!pack.scope.debtorKinds.includes(kind)) {
      return refuse(400, 'policy-not-for-kind', `The policy "${policyId}" is not meant for this kind of customer.`, { field, policyId, kind });
    }
  }
  for (const [policyId, changes] of Object.entries(draft.stricter)) {
    const pack = findStandardPolicy(policyId);
    if (pack === null) return refuse(400, 'policy-unknown', `There is no policy "${policyId}".`, { field: `stricter.${policyId}`, policyId });
    const tightened = tightenPolicy(pack, changes);
    if (tightened.ok) continue;
    const { code, messageKey, details } = tightened.error;
    const inner = String(details['field'] ?? details['where'] ?? '');
    const field = inner === '' ? `stricter.${policyId}` : `stricter.${policyId}.${inner}`;
    return refuse(400, code, `A creditor's policy may only be stricter: see "${inner}".`, { ...details, field, policyId, messageKey });
  }
  return checkAgreements(draft.agreements);
}

/** The form has checked the same; a file or an older desk has not. */
function checkAgreements(terms: ConductEntity['agreements']): HubResult<null> {
  const [first] = checkAgreementTerms(terms);
  if (first === undefined) return accept(null);
  const { code, messageKey, details } = first;
  const field = `agreements.${first.field}`;
  return refuse(400, 'terms-refused', `What may be agreed does not hold together: see "${field}".`, { ...details, field, reason: code, messageKey });
}
