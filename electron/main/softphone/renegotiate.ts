/**
 * Re-INVITEs of one session, one after the other.
 *
 * Invariant: the next one is not sent before the last one has its final answer and its description is in place (crossing ones have crashed
 * Chromium); glare (491) is tried again after the pause of RFC 3261 §14.1; one that went down with the line (a timeout, with the line lost
 * meanwhile) says nothing about the session and is sent anew; a session that ended answers `gone`.
 */
import type { Session } from 'sip.js';
import { RequestPendingError, SessionState } from 'sip.js';
import { setTimeout as delay } from 'node:timers/promises';
import { randomFraction } from '../../../shared/id.ts';

export type RenegotiationResult = 'done' | 'gone' | { refused: number };

const ATTEMPTS = 12;
const PAUSE_MS = 500;
const PAUSE_JITTER_MS = 2_000;
const GLARE = 491;
const TIMED_OUT = 408;
const GONE = [404, TIMED_OUT, 410, 481];

/** A queue for one session. @param lineLosses how often the line was lost so far */
export function createRenegotiator(session: Session, lineLosses: () => number): (isStillWanted?: () => boolean) => Promise<RenegotiationResult> {
  let last: Promise<unknown> = Promise.resolve();
  return (isStillWanted = () => true) => {
    const mine = last.then(() => (isStillWanted() ? renegotiate(session, lineLosses) : 'done' as const));
    last = mine.catch(() => undefined);
    return mine;
  };
}

async function renegotiate(session: Session, lineLosses: () => number): Promise<RenegotiationResult> {
  for (let attempt = 1; ; attempt += 1) {
    const lossesBefore = lineLosses();
    const result = await inviteAgain(session);
    if (result === 'done' || result === 'gone') return result;
    const status = result === 'pending' ? GLARE : result.refused;
    const isDownWithLine = status === TIMED_OUT && lineLosses() > lossesBefore;
    if (status !== GLARE && !isDownWithLine) return GONE.includes(status) ? 'gone' : { refused: status };
    if (attempt === ATTEMPTS) return { refused: status };
    if (!isDownWithLine) await delay(PAUSE_MS + PAUSE_JITTER_MS * randomFraction());
  }
}

function inviteAgain(session: Session): Promise<RenegotiationResult | 'pending'> {
  if (session.state !== SessionState.Established) return Promise.resolve('gone');
  return new Promise((resolve) => {
    const ended = (state: SessionState): void => {
      if (state === SessionState.Terminated) answer('gone');
    };
    const answer = (result: RenegotiationResult | 'pending'): void => {
      session.stateChange.removeListener(ended);
      resolve(result);
    };
    session.stateChange.addListener(ended);
    session
      .invite({
        requestDelegate: {
          onAccept: () => { answer('done'); },
          onReject: ({ message }) => { answer({ refused: message.statusCode ?? TIMED_OUT }); },
        },
      })
      .catch((error: unknown) => {
        answer(error instanceof RequestPendingError ? 'pending' : { refused: 0 });
      });
  });
}
