import type { CommandOutput, CommandRequest } from '../../../shared/contract/contract.ts';
import type { CallId } from '../../../shared/id.ts';
import { newId } from '../../../shared/id.ts';
import type { Result } from '../../../shared/result.ts';
import { fail, ok } from '../../../shared/result.ts';
import type { DialPermit } from '../../../shared/telephone/dial-permit.ts';
import { PERMIT_LASTS_MS } from '../../../shared/telephone/dial-permit.ts';
import { isExtension, readDialTarget } from '../../../shared/telephone/dial-target.ts';
import type { Session } from '../session.ts';
import type { TelephoneCall } from '../store/telephone-call-store.ts';
import { readTelephoneCall, writeTelephoneCall } from '../store/telephone-call-store.ts';
import { commitOnce } from './commit-once.ts';

/** Gives a call that stands, or rings, to a colleague. Customers are rung from their case only: another number is refused. */
export function transferCall(session: Session, input: CommandRequest<'transfer-call'>): Result<CommandOutput<'transfer-call'>> {
  let permit: DialPermit | null = null;
  const done = commitOnce(session, { commandId: input.commandId, name: 'transfer-call' }, () => {
    const call = readTelephoneCall(session.db, input.callId);
    if (call === null || call.endedAtMs !== null || !fits(call, input.how)) return fail('telephone-call-not-so', 'error.telephoneCallNotSo');
    const number = readDialTarget(input.to);
    if (!number.ok) return number;
    if (!isExtension(number.value)) return fail('telephone-not-an-extension', 'error.telephoneNotAnExtension', { field: 'to' });
    permit = { callId: newId<CallId>(), number: number.value, expiresAtMs: session.clock.nowMs() + PERMIT_LASTS_MS };
    writeTelephoneCall(session.db, { ...call, transferTo: number.value });
    return ok({});
  });
  if (!done.ok) return done;
  if (!done.value.repeated) transferNow(session, input, permit);
  return ok({});
}

/** One that rings here is sent on, one that was answered is given away. */
function fits({ direction, answeredAtMs }: TelephoneCall, how: CommandRequest<'transfer-call'>['how']): boolean {
  return how === 'redirect' ? direction === 'inbound' && answeredAtMs === null : answeredAtMs !== null;
}

function transferNow(session: Session, { callId, how }: CommandRequest<'transfer-call'>, permit: DialPermit | null): void {
  if (permit !== null) session.telephone.transfer(callId, how, permit);
}
