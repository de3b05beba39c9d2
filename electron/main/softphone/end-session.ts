/**
 * Says to the far end that a call is over, in the way that fits how far it came.
 *
 * Invariant: it never throws and never waits; said to a session that is over already, it says nothing.
 */
import type { Session } from 'sip.js';
import { Invitation, Inviter, SessionState } from 'sip.js';

/** CANCEL, BYE, or the refusal of an invitation. */
export function endSession(session: Session, log: (line: string) => void, refusalStatus = 480): void {
  const failed = (error: unknown): void => { log(`telephone: the end of a call was not said: ${String(error)}`); };
  const isBeginning = session.state === SessionState.Initial || session.state === SessionState.Establishing;
  if (session instanceof Inviter && isBeginning) session.cancel().catch(failed);
  else if (session instanceof Invitation && isBeginning) session.reject({ statusCode: refusalStatus }).catch(failed);
  else if (session.state === SessionState.Established) session.bye().catch(failed);
}
