import type { CommandOutput, CommandRequest } from '../../../shared/contract/contract.ts';
import type { CallId } from '../../../shared/id.ts';
import { newId } from '../../../shared/id.ts';
import type { Result } from '../../../shared/result.ts';
import { fail, ok } from '../../../shared/result.ts';
import type { DialPermit } from '../../../shared/telephone/dial-permit.ts';
import { PERMIT_LASTS_MS } from '../../../shared/telephone/dial-permit.ts';
import type { DialNumber } from '../../../shared/telephone/dial-target.ts';
import { isExtension, readDialTarget } from '../../../shared/telephone/dial-target.ts';
import type { Session } from '../session.ts';
import { readOpenCall } from '../store/open-call-store.ts';
import { readTelephoneCall, writeTelephoneCall } from '../store/telephone-call-store.ts';
import { commitOnce } from './commit-once.ts';

/**
 * Calls a colleague: a permit for an extension, without case, policy or fact. While a customer's call stands a colleague is reached by
 * transfer; one that has ended and waits for its outcome is in nobody's way.
 */
export function dialExtension(session: Session, input: CommandRequest<'dial-extension'>): Result<CommandOutput<'dial-extension'>> {
  let permit: DialPermit | null = null;
  const done = commitOnce(session, { commandId: input.commandId, name: 'dial-extension' }, () => {
    const number = readDialTarget(input.to);
    if (!number.ok) return number;
    if (!isExtension(number.value)) return fail('telephone-not-an-extension', 'error.telephoneNotAnExtension', { field: 'to' });
    const free = mayDialColleague(session);
    if (!free.ok) return free;
    permit = writeColleagueCall(session, number.value);
    return ok({ callId: permit.callId });
  });
  if (!done.ok) return done;
  if (!done.value.repeated) dialNow(session, permit);
  return ok(done.value.reply);
}

/** There is an account, and no customer on the line. */
export function mayDialColleague(session: Session): Result<null> {
  if (session.telephone.own()?.account == null) return fail('no-telephone-account', 'error.noTelephoneAccount');
  const open = readOpenCall(session.db);
  return open !== null && readTelephoneCall(session.db, open.callId)?.endedAtMs == null ? fail('call-open', 'error.callOpen') : ok(null);
}

/** The row of a call inside the house, and its permit; in the transaction of whoever asks. */
export function writeColleagueCall({ db, clock }: Session, number: DialNumber): DialPermit {
  const nowMs = clock.nowMs();
  const callId = newId<CallId>();
  writeTelephoneCall(db, {
    callId, caseId: null, customerId: null, begunAtMs: nowMs, endedAtMs: null, direction: 'outbound', isInternal: true, permitFactId: null, policyVersion: null,
    basedOn: { caseRevision: 0, scriptVersion: null }, caller: null, lastNumber: 0, rangAtMs: null, answeredAtMs: null, isSoundLost: false, state: null,
    transferTo: null, end: null, waiting: [], isTold: false,
  });
  return { callId, number, expiresAtMs: nowMs + PERMIT_LASTS_MS };
}

function dialNow(session: Session, permit: DialPermit | null): void {
  if (permit !== null) session.telephone.dial(permit, null);
}
