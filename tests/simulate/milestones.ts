/**
 * Counts acknowledgements, and lets others wait for a count.
 *
 * Invariant: whoever waits is released, by the count or by the end of the shift.
 */
export class Milestones {
  #count = 0;
  #finished = false;
  readonly #waiting = new Set<{ count: number; release: () => void }>();

  advance(): void {
    this.#count += 1;
    this.#releaseReached();
  }

  finish(): void {
    this.#finished = true;
    this.#releaseReached();
  }

  /** @returns false when the shift ended before */
  async reach(count: number): Promise<boolean> {
    if (this.#count < count && !this.#finished) {
      await new Promise<void>((release) => this.#waiting.add({ count, release }));
    }
    return this.#count >= count;
  }

  #releaseReached(): void {
    for (const waiter of [...this.#waiting]) {
      if (waiter.count > this.#count && !this.#finished) continue;
      this.#waiting.delete(waiter);
      waiter.release();
    }
  }
}
