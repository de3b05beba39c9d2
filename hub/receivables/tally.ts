/** Invoices and their cents by currency. */
export class Tally {
  #invoices = 0;
  readonly #cents = new Map<string, number>();

  add(currency: string, cents: number): void {
    this.#invoices += 1;
    this.#cents.set(currency, (this.#cents.get(currency) ?? 0) + cents);
  }

  result(): { invoices: number; cents: Record<string, number> } {
    return { invoices: this.#invoices, cents: Object.fromEntries(this.#cents) };
  }
}
