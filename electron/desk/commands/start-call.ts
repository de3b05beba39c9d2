import type { CommandOutput, CommandRequest } from '../../../shared/contract/contract.ts';
import type { CallStartedBody } from '../../../shared/facts/conduct-bodies.ts';
import type { CallId } from '../../../shared/id.ts';
import { newId } from '../../../shared/id.ts';
import type { Result } from '../../../shared/result.ts';
import { fail, ok } from '../../../shared/result.ts';
import type { DialNumber } from '../../../shared/telephone/dial-target.ts';
import { beginWalk } from '../conduct/call-walk.ts';
import type { ContactTarget } from '../conduct/contact-request.ts';
import { describeCall } from '../conduct/describe-call.ts';
import type { TakenPermit } from '../conduct/take-permit.ts';
import { takePermit, targetOf } from '../conduct/take-permit.ts';
import type { CaseInBook } from '../projections/case-book.ts';
import type { Session } from '../session.ts';
import { viewContext } from '../session.ts';
import type { OpenCall } from '../store/open-call-store.ts';
import { insertOpenCall, readCallOfCase, readOpenCall } from '../store/open-call-store.ts';
import type { TelephoneCall } from '../store/telephone-call-store.ts';
import type { DialOrder } from '../telephone/begin-on-line.ts';
import { beginOutbound, claimInbound, findUnclaimed, readDialNumber } from '../telephone/begin-on-line.ts';
import { afterCallCommit } from './after-commit.ts';
import { appendCaseFact } from './append-case-fact.ts';
import { commitOnce } from './commit-once.ts';

type Input = CommandRequest<'start-call'>;
type Begun = { callId: CallId; startedAtMs: number; policyVersion: string | null; order: DialOrder | null };

/**
 * Begins a call: permit and start in one transaction, or the refusal. A call that the customer made needs no permit. Main is told to dial
 * after the commit, once: a command that is repeated dials nothing.
 */
export function startCall(session: Session, input: Input): Result<CommandOutput<'start-call'>> {
  let order: DialOrder | null = null;
  const done = commitOnce(session, { commandId: input.commandId, name: 'start-call' }, () => {
    const { caseId, direction, pointId, basedOn, locale } = input;
    const held = session.book.get(caseId, viewContext(session));
    if (held === null || held.taken) return fail('case-not-mine', 'error.caseNotMine');
    if (readOpenCall(session.db) !== null) return fail('call-open', 'error.callOpen');
    if (readCallOfCase(session.db, caseId) !== null) return fail('call-waits', 'error.callWaits');
    const target = targetOf(held, direction === 'outbound' ? 'phone-outbound' : 'phone-inbound', pointId);
    const begun = direction === 'outbound' ? beginOut(session, held, input, target) : beginIn(session, held, input, target);
    if (!begun.ok) return begun;
    const { callId, startedAtMs, policyVersion } = begun.value;
    order = begun.value.order;
    const { script, walk } = beginWalk(session, held, direction, target.partyId, locale);
    const call: OpenCall = {
      callId, caseId, customerId: held.entity.customerId, direction, pointId: target.pointId, partyId: target.partyId, startedAtMs,
      basedOn, policyVersion, gate: { state: 'unconfirmed', method: null, partyId: null }, walk, putAsideAtMs: null,
    };
    insertOpenCall(session.db, call, script);
    session.book.placeAgain(caseId, viewContext(session));
    return ok({ call: describeCall(session, call, held, locale) });
  });
  if (!done.ok) return done;
  if (!done.value.repeated) {
    dialNow(session, order);
    afterCallCommit(session, input.caseId);
  }
  return ok(done.value.reply);
}

function dialNow(session: Session, order: DialOrder | null): void {
  if (order !== null) session.telephone.dial(order.permit, order.creditorId);
}

function beginOut(session: Session, held: CaseInBook, { line, basedOn }: Input, target: ContactTarget): Result<Begun> {
  let number: DialNumber | null = null;
  if (line === 'softphone') {
    const read = readDialNumber(session, target);
    if (!read.ok) return read;
    number = read.value;
  }
  const callId = newId<CallId>();
  const permit = takePermit(session, held, { callId, channel: 'phone-outbound', target, basedOn });
  if (!permit.ok) return permit;
  // Where no number is known at all, somebody found one elsewhere and dials by hand; where all that are known are retired, nobody does.
  if (target.pointId === null && held.view.numbers.length > 0) return fail('number-missing', 'error.numberToCallMissing');
  const startedAtMs = started(session, held, { callId, basedOn, target, direction: 'outbound', by: toldAs(session, line), permit: permit.value });
  const order = number === null ? null : beginOutbound(session, held.entity, { callId, number, permit: permit.value, basedOn });
  return ok({ callId, startedAtMs, policyVersion: permit.value.policyVersion, order });
}

function beginIn(session: Session, held: CaseInBook, { line, callId: claimed, basedOn }: Input, target: ContactTarget): Result<Begun> {
  const direction = 'inbound' as const;
  if (line === 'by-hand') {
    const callId = newId<CallId>();
    return ok({ callId, startedAtMs: started(session, held, { callId, basedOn, target, direction, by: line, permit: null }), policyVersion: null, order: null });
  }
  const found: Result<TelephoneCall> = claimed === null ? fail('telephone-call-not-there', 'error.telephoneCallNotThere') : findUnclaimed(session, claimed);
  if (!found.ok) return found;
  claimInbound(session, held.entity, found.value, { direction, pointId: target.pointId, partyId: target.partyId, by: toldAs(session, line) }, basedOn);
  return ok({ callId: found.value.callId, startedAtMs: found.value.begunAtMs, policyVersion: null, order: null });
}

function toldAs({ telephone }: Session, line: Input['line']): CallStartedBody['by'] {
  return line === 'softphone' ? telephone.line() : line;
}

interface Starting { callId: CallId; basedOn: Input['basedOn']; target: ContactTarget; direction: Input['direction']; by: CallStartedBody['by']; permit: TakenPermit | null }

function started(session: Session, held: CaseInBook, { callId, basedOn, target, direction, by, permit }: Starting): number {
  const body: CallStartedBody = { direction, pointId: target.pointId, partyId: target.partyId, by };
  return appendCaseFact(session, held.entity, 'call-started', body, basedOn, { callId, policyVersion: permit?.policyVersion ?? null }).header.at;
}
