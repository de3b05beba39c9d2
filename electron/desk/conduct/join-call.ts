/**
 * To which contact an outcome belongs, and what the rules want to see before it is saved.
 *
 * Invariants: an outcome on the telephone belongs to the call that is open about its case and closes it; any other is a contact of its
 * own, and an outbound one takes its permit here, in the same transaction. It happened all the same (`withoutPermit`): it is saved
 * without one, under an id of its own, and the hub flags it. What was agreed with the right party on the telephone stands on a
 * confirmed identity.
 */
import type { OutcomeForm } from '../../../shared/contract/outcome-form.ts';
import { failField } from '../../../shared/case/form-context.ts';
import { outcomeRules } from '../../../shared/case/outcome-rules.ts';
import type { IdentityCheckedBody } from '../../../shared/facts/conduct-bodies.ts';
import type { OutcomeBody } from '../../../shared/facts/outcome-body.ts';
import type { CallId } from '../../../shared/id.ts';
import { newId } from '../../../shared/id.ts';
import type { Result } from '../../../shared/result.ts';
import { ok } from '../../../shared/result.ts';
import type { BasedOnInput } from '../commands/append-case-fact.ts';
import { appendCaseFact } from '../commands/append-case-fact.ts';
import type { CaseInBook } from '../projections/case-book.ts';
import type { Session } from '../session.ts';
import type { OpenCall } from '../store/open-call-store.ts';
import { readOpenCall } from '../store/open-call-store.ts';
import { takePermit, targetOf } from './take-permit.ts';

export interface JoinedContact {
  callId: CallId;
  policyVersion: string | null;
  /** The open call that this outcome closes. */
  closes: OpenCall | null;
}

/** Call inside the transaction of the outcome. */
export function joinContact(session: Session, held: CaseInBook, form: OutcomeForm, body: OutcomeBody, basedOn: BasedOnInput): Result<JoinedContact> {
  const open = readOpenCall(session.db);
  const isPhone = form.channel === 'phone-outbound' || form.channel === 'phone-inbound';
  const closes = isPhone && open?.caseId === held.entity.caseId ? open : null;
  const contact: JoinedContact = { callId: closes?.callId ?? newId<CallId>(), policyVersion: closes?.policyVersion ?? null, closes };
  const isKnown = closes?.gate.state === 'confirmed' || !isPhone || !wantsRightParty(body);
  if (!isKnown && form.identityMethod === null) return failField('identityMethod', 'identity-missing', 'error.identityMissing');

  if (closes === null && form.channel !== 'phone-inbound' && !form.withoutPermit) {
    const permit = takePermit(session, held, { callId: contact.callId, channel: form.channel, target: targetOf(held, form.channel, form.numberId), basedOn });
    if (!permit.ok) return permit;
    contact.policyVersion = permit.value.policyVersion;
  }
  if (!isKnown) {
    const identity: IdentityCheckedBody = { result: 'confirmed', method: form.identityMethod, partyId: form.partyId };
    appendCaseFact(session, held.entity, 'identity-checked', identity, basedOn, contact);
  }
  return ok(contact);
}

/** Whether the outcome means that the right party was told. */
function wantsRightParty({ code, spokeWith }: OutcomeBody): boolean {
  return ['success', 'right-party'].includes(outcomeRules[code].class) && spokeWith !== 'other';
}
