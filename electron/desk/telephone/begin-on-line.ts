/**
 * A call on the softphone's line, as the desk begins it: one that goes out on its permit, or one that came in and is said to be a case's.
 *
 * Invariant: call inside the transaction of `start-call`; main hears of it after the commit.
 */
import type { BasedOnInput } from '../commands/append-case-fact.ts';
import type { CallStartedBody } from '../../../shared/facts/conduct-bodies.ts';
import type { CallId, CreditorId } from '../../../shared/id.ts';
import type { CaseEntity } from '../../../shared/case/case-entity.ts';
import type { Result } from '../../../shared/result.ts';
import { fail, ok } from '../../../shared/result.ts';
import type { DialPermit } from '../../../shared/telephone/dial-permit.ts';
import type { DialNumber } from '../../../shared/telephone/dial-target.ts';
import { readDialTarget } from '../../../shared/telephone/dial-target.ts';
import type { ContactTarget } from '../conduct/contact-request.ts';
import type { TakenPermit } from '../conduct/take-permit.ts';
import type { Session } from '../session.ts';
import type { TelephoneCall } from '../store/telephone-call-store.ts';
import { readTelephoneCall, writeTelephoneCall } from '../store/telephone-call-store.ts';
import { appendCallFacts } from './append-call-facts.ts';

export interface DialOrder { permit: DialPermit; creditorId: CreditorId }

/** Before any permit is taken: whether there is a line of one's own and a number that can be dialled. */
export function readDialNumber(session: Session, target: ContactTarget): Result<DialNumber> {
  if (session.telephone.own()?.account == null) return fail('no-telephone-account', 'error.noTelephoneAccount');
  if (target.to === null) return fail('number-missing', 'error.numberToCallMissing');
  return readDialTarget(target.to);
}

/** The row that what the softphone tells of this call goes to. */
export function beginOutbound(session: Session, entity: CaseEntity, call: { callId: CallId; number: DialNumber; permit: TakenPermit; basedOn: BasedOnInput }): DialOrder {
  const { callId, number, permit, basedOn } = call;
  writeTelephoneCall(session.db, {
    callId, caseId: entity.caseId, customerId: entity.customerId, begunAtMs: session.clock.nowMs(), endedAtMs: null, direction: 'outbound', isInternal: false,
    permitFactId: permit.factId, policyVersion: permit.policyVersion, basedOn, caller: null, lastNumber: 0, rangAtMs: null, answeredAtMs: null, isSoundLost: false,
    state: null, transferTo: null, end: null, waiting: [], isTold: true,
  });
  return { permit: { callId, number, expiresAtMs: permit.validUntilMs }, creditorId: entity.creditorId };
}

/** A call that came in, with what it did until now; nobody may have claimed it before. */
export function findUnclaimed(session: Session, callId: CallId): Result<TelephoneCall> {
  const call = readTelephoneCall(session.db, callId);
  const isFree = call !== null && call.direction === 'inbound' && call.caseId === null && !call.isTold && !call.isInternal;
  return isFree ? ok(call) : fail('telephone-call-not-there', 'error.telephoneCallNotThere');
}

/** Start and moves as facts of the case, at the moments at which they were. */
export function claimInbound(session: Session, entity: CaseEntity, call: TelephoneCall, body: CallStartedBody, basedOn: BasedOnInput): void {
  const claimed = { ...call, caseId: entity.caseId, customerId: entity.customerId, basedOn };
  appendCallFacts(session, claimed, [{ type: 'call-started', at: call.begunAtMs, body }, ...call.waiting]);
  writeTelephoneCall(session.db, { ...claimed, waiting: [], isTold: true });
}
