/**
 * Re-INVITEs of one session, one after the other.
 *
 * Invariant: the next one is not sent before the last one has its final answer and its description is in place (crossing ones have crashed
 * Chromium); glare (491) is tried again after the pause of RFC 3261 §14.1; a session that ended answers `gone`.
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
const GONE = [404, 408, 410, 481];

/** A queue for one session. */
export function createRenegotiator(session: Session): (isStillWanted?: () => boolean) => Promise<RenegotiationResult> {
  let last: Promise<unknown> = Promise.resolve();
  return (isStillWanted = () => true) => {
    const mine = last.then(() => (isStillWanted() ? renegotiate(session) : 'done' as const));
    last = mine.catch(() => undefined);
    return mine;
  };
}

async function renegotiate(session: Session): Promise<RenegotiationResult> {
  for (let attempt = 1; ; attempt += 1) {
    const result = await inviteAgain(session);
    if (result !== 'pending' && (typeof result === 'string' || result.refused !== GLARE)) return result;
    if (attempt === ATTEMPTS) return { refused: GLARE };
    await delay(PAUSE_MS + PAUSE_JITTER_MS * randomFraction());
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
          onReject: ({ message }) => {
            const status = message.statusCode ?? 408;
            answer(GONE.includes(status) ? 'gone' : { refused: status });
          },
        },
      })
      .catch((error: unknown) => {
        answer(error instanceof RequestPendingError ? 'pending' : { refused: 0 });
      });
  });
}
