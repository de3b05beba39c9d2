/**
 * A REFER (RFC 3515) and what becomes of it, as the far end reports it in NOTIFYs.
 */
import type { Session, URI } from 'sip.js';
import { SessionState } from 'sip.js';

export type TransferResult = { done: true } | { done: false; sipStatus: number | null };

const LONGEST_MS = 60_000;

/** Refers the far end to an address, or to the far end of another call (attended). Always resolves. */
export function transfer(session: Session, target: URI | Session): Promise<TransferResult> {
  return new Promise((resolve) => {
    const answer = (result: TransferResult): void => {
      clearTimeout(timer);
      session.stateChange.removeListener(ended);
      resolve(result);
    };
    // Whoever accepted the REFER and hangs up has gone where it was sent.
    let accepted = false;
    const ended = (state: SessionState): void => {
      if (state === SessionState.Terminated) answer(accepted ? { done: true } : { done: false, sipStatus: null });
    };
    const timer = setTimeout(() => { answer({ done: false, sipStatus: null }); }, LONGEST_MS);
    session.stateChange.addListener(ended);
    session
      .refer(target, {
        requestDelegate: {
          onAccept: () => { accepted = true; },
          onReject: ({ message }) => { answer({ done: false, sipStatus: message.statusCode ?? null }); },
        },
        onNotify: (notification) => {
          void notification.accept();
          const status = Number(/^SIP\/2\.0 (\d{3})/.exec(notification.request.body)?.[1]);
          if (status >= 200 && status < 300) answer({ done: true });
          else if (status >= 300) answer({ done: false, sipStatus: status });
        },
      })
      .catch(() => { answer({ done: false, sipStatus: null }); });
  });
}
