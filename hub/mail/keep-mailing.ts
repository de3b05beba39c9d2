/** The timer of the outbox. */
import type { MailHub } from './send-due-mail.ts';
import { sendDueMail } from './send-due-mail.ts';

const LOOK_EVERY_MS = 10_000;
/** A server that does not answer holds up no shutdown: its mail is sent again when the claim is over. */
const END_WITHIN_MS = 5_000;

/** Looks at once and then every few seconds, one look at a time; answers how to stop, after the mail that is on its way, if that is soon. */
export function keepMailing(hub: MailHub, onError: (error: unknown) => void): () => Promise<void> {
  let running: Promise<unknown> | null = null;
  let isEnding = false;
  const look = (): void => {
    running ??= sendDueMail(hub, () => isEnding).catch(onError).finally(() => {
      running = null;
    });
  };
  look();
  const timer = setInterval(look, LOOK_EVERY_MS);
  timer.unref();
  return async () => {
    clearInterval(timer);
    isEnding = true;
    if (running === null) return;
    let patience: NodeJS.Timeout | undefined;
    await Promise.race([running, new Promise((resolve) => { patience = setTimeout(resolve, END_WITHIN_MS); })]);
    clearTimeout(patience);
  };
}
