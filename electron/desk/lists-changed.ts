/**
 * Something came in somewhere: what a lead asked the hub may read otherwise now.
 *
 * Invariant: said at most so often, however much comes in, since each time lists are counted anew; the last change is always said.
 */
import type { Session } from './session.ts';

const EVERY_MS = 2_000;

export class ListsChanged {
  #timer: NodeJS.Timeout | null = null;
  #session: Session | null = null;

  say(session: Session): void {
    this.#session = session;
    this.#timer ??= setTimeout(() => {
      this.#timer = null;
      if (this.#session?.sync.isOver() === false) this.#session.notify({ what: ['lists'], caseIds: [] });
    }, EVERY_MS);
    this.#timer.unref();
  }
}
