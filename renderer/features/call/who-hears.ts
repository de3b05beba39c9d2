/**
 * Who on the line hears what is said of the case in front.
 *
 * Invariant: from the moment a call is taken, what only the right party may hear is off the screen until it is this case's call and its gate
 * is confirmed: also for who called and is nobody's yet, and for a second caller while the case's own call waits. A colleague may
 * know, and one who only rings hears nothing. Pure. Of another case's call that was dialled by hand nobody knows when it ended, so that
 * one hides nothing here.
 */
import type { CallScreen } from '../../../shared/contract/conduct-channels.ts';
import type { LineCall } from '../../../shared/contract/line-channels.ts';
import type { CaseId } from '../../../shared/id.ts';
import { frontCall, isColleague } from '../telephone/line-view.ts';
import { isHidden } from './running-call.ts';

export interface Hearing {
  /** What only the right party may hear is not on the screen. */
  hidden: boolean;
  /** The one on the line belongs to no case, or to another one. */
  isStranger: boolean;
  /** Who hears, and what is known of them: what was peeked into stays open for as long as this stays the same. */
  ear: string;
}

/** @param open the open call, of whichever case */
export function whoHears(caseId: CaseId, open: Pick<CallScreen, 'callId' | 'caseId' | 'gate'> | null, calls: readonly LineCall[]): Hearing {
  const own = open?.caseId === caseId ? open : null;
  const front = frontCall(calls);
  const isStranger = front !== null && front.callId !== own?.callId && isElses(front, open);
  return { hidden: isStranger || isHidden(own), isStranger, ear: `${isStranger ? front.callId : ''} ${own?.callId ?? ''} ${own?.gate.state ?? ''}` };
}

/** Somebody who called and belongs to no case yet hears: whom to find is searched for, what they owe is not for the screen. */
export function isCallerUnknown(open: Pick<CallScreen, 'callId'> | null, calls: readonly LineCall[]): boolean {
  const front = frontCall(calls);
  return front?.state.direction === 'inbound' && front.callId !== open?.callId;
}

/** A call of ours that the desk is just about to tell of is this case's: it is not taken for somebody else's meanwhile. */
function isElses(call: LineCall, open: Pick<CallScreen, 'callId'> | null): boolean {
  return !isColleague(call) && (call.state.direction === 'inbound' || call.callId === open?.callId);
}
