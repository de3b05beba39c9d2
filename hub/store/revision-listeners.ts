/**
 * Tells whoever listens that the newest revision grew.
 *
 * Invariant: a listener is called once per growth, never with a smaller number, and one that throws is a bug that
 * surfaces instead of silencing the others.
 */
export class RevisionListeners {
  readonly #listeners = new Set<(revision: number) => void>();
  #newest = 0;

  add(listener: (revision: number) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  announce(revision: number): void {
    if (revision <= this.#newest) return;
    this.#newest = revision;
    for (const listener of this.#listeners) listener(revision);
  }
}
