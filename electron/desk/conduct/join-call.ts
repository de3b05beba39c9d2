/**
 * To which contact an outcome belongs, and what the rules want to see before it is saved.
 *
 * Invariants: an outcome on the telephone belongs to the call about its case that is open, in front or waiting, and closes it; any other is a contact of its
 * own, and an outbound one takes its permit here, in the same transaction. It happened all the same (`withoutPermit`): it is saved
 * without one, under an id of its own, and the hub flags it. What was saved and undone a moment ago is told again of the same contact,
 * on the permit that it had: nobody was rung twice. What was agreed with the right party on the telephone stands on a
 * confirmed identity.
 */
import type { OutcomeForm } from '../../../shared/contract/outcome-form.ts';
import type { FoldedCall } from '../../../shared/case/fold-calls.ts';
import { isToldInCall } from '../../../shared/case/told-in-call.ts';
import { failField } from '../../../shared/case/form-context.ts';
import { isInboundChannel } from '../../../shared/case/outcome-codes.ts';
import { asksReasons } from '../../../shared/case/read-outcome-form.ts';
import { outcomeRules } from '../../../shared/case/outcome-rules.ts';
import type { IdentityCheckedBody } from '../../../shared/facts/conduct-bodies.ts';
import { readBody } from '../../../shared/facts/fact-bodies.ts';
import type { OutcomeBody } from '../../../shared/facts/outcome-body.ts';
import type { CallId } from '../../../shared/id.ts';
import { newId } from '../../../shared/id.ts';
import type { Result } from '../../../shared/result.ts';
import { ok } from '../../../shared/result.ts';
import type { BasedOnInput } from '../commands/append-case-fact.ts';
import { appendCaseFact } from '../commands/append-case-fact.ts';
import type { CaseInBook } from '../projections/case-book.ts';
import { withOwnFacts } from '../projections/view-held-case.ts';
import type { Session } from '../session.ts';
import { viewContext } from '../session.ts';
import type { OpenCall } from '../store/open-call-store.ts';
import { readCallOfCase } from '../store/open-call-store.ts';
import { identityMethodsOf } from './identity-methods.ts';
import { takePermit, targetOf } from './take-permit.ts';

export interface JoinedContact {
  callId: CallId;
  policyVersion: string | null;
  /** The open call that this outcome closes. */
  closes: OpenCall | null;
}

/** Call inside the transaction of the outcome. */
export function joinContact(session: Session, held: CaseInBook, form: OutcomeForm, body: OutcomeBody, basedOn: BasedOnInput): Result<JoinedContact> {
  const isPhone = form.channel === 'phone-outbound' || form.channel === 'phone-inbound';
  const closes = isPhone ? readCallOfCase(session.db, held.entity.caseId) : null;
  const undone = closes === null && !form.withoutPermit ? findUndone(session, held, form.channel) : null;
  const contact: JoinedContact = { callId: closes?.callId ?? undone?.callId ?? newId<CallId>(), policyVersion: closes?.policyVersion ?? null, closes };
  if (form.reasons.length === 0 && asksReasons(form)) return failField('reasons', 'reasons-missing', 'error.reasonsMissing');
  const isKnown = closes?.gate.state === 'confirmed' || undone?.identity?.result === 'confirmed' || !isPhone || !wantsRightParty(body);
  if (!isKnown) {
    const asked = identityMethodsOf(held);
    if (form.identityMethod === null) return failField('identityMethod', 'identity-missing', 'error.identityMissing');
    if (!asked.includes(form.identityMethod)) return failField('identityMethod', 'identity-method-unknown', 'error.identityMethodUnknown');
  }

  if (closes === null && undone === null && !isInboundChannel(form.channel) && !form.withoutPermit) {
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

/** As long as a dropped line may be taken up again (rules §1a). */
const TAKEN_UP_WITHIN_MS = 15 * 60_000;

/** The newest permitted contact of this case that this operator told and annulled since; null = none to take up. */
function findUndone(session: Session, held: CaseInBook, channel: OutcomeForm['channel']): FoldedCall | null {
  const { nowMs } = viewContext(session);
  const { calls, outcomes } = held.view.folded;
  const newest = calls.reduce<FoldedCall | null>((best, call) => (best === null || call.at > best.at ? call : best), null);
  if (newest?.isPermitted !== true || newest.outcomeFactId === null || nowMs - newest.at > TAKEN_UP_WITHIN_MS) return null;
  const { facts } = withOwnFacts(session.db, held.entity);
  const told = facts.filter((fact) => fact.callId === newest.callId && fact.type === 'outcome-recorded');
  const stands = isToldInCall(facts, { outcomes }, newest.callId);
  const isMine = told.every((fact) => fact.actor === session.user.userId);
  const isSameChannel = facts.some((fact) => {
    if (fact.callId !== newest.callId) return false;
    const read = readBody(fact.type, fact.version, fact.body);
    return read.type === 'contact-permitted' && read.body.channel === channel;
  });
  return !stands && isMine && isSameChannel ? newest : null;
}

/** Whether the outcome means that the right party was told. */
function wantsRightParty({ code, spokeWith }: OutcomeBody): boolean {
  return ['success', 'right-party'].includes(outcomeRules[code].class) && spokeWith !== 'other';
}
