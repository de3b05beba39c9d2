/**
 * Waits for a wake-up or a time, whichever comes first. A wake-up while nobody waits is kept,
 * so none is lost.
 */
export class Waker {
  #pending = false;
  #release: (() => void) | null = null;

  wake(): void {
    this.#pending = true;
    this.#release?.();
  }

  /** @param accepts asked at each wake-up whether it ends this wait */
  async wait(longestMs: number, accepts: () => boolean = () => true): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const deadline = new Promise<'time'>((resolve) => {
      timer = setTimeout(() => resolve('time'), longestMs);
    });
    for (;;) {
      if (this.#pending) {
        this.#pending = false;
        if (accepts()) break;
      }
      const woken = new Promise<'woken'>((resolve) => {
        this.#release = () => resolve('woken');
      });
      if ((await Promise.race([deadline, woken])) === 'time') break;
    }
    clearTimeout(timer);
    this.#release = null;
  }
}
