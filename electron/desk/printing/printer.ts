/**
 * The browser engine of main, which makes PDFs for the desk.
 *
 * Invariant: each request waits for its own reply, and not for ever: where nobody answers, that is an answer too.
 */
import type { DeskToMain } from '../../../shared/contract/host-protocol.ts';
import type { PrintReply } from '../../../shared/contract/print-host-protocol.ts';
import type { PrintPage } from '../../../shared/documents/print-page.ts';
import { newRandomHex } from '../../../shared/id.ts';
import type { Result } from '../../../shared/result.ts';
import { fail, ok } from '../../../shared/result.ts';

/** Main gives up by itself after half of that, for each document; others may wait before this one. */
const GIVE_UP_AFTER_MS = 60_000;

export interface Printer {
  /** The PDF of a page. Error: `print-failed`, worth trying again. */
  print(page: PrintPage): Promise<Result<Uint8Array>>;
}

/** Where no main is: tests, benches. */
export const noPrinter: Printer = { print: () => Promise.resolve(printFailed()) };

export class MainPrinter implements Printer {
  readonly #tellMain: (message: DeskToMain) => void;
  readonly #waiting = new Map<string, (pdf: Uint8Array | null) => void>();

  constructor(tellMain: (message: DeskToMain) => void) {
    this.#tellMain = tellMain;
  }

  receive({ requestId, pdf }: Pick<PrintReply, 'requestId' | 'pdf'>): void {
    this.#waiting.get(requestId)?.(pdf);
  }

  async print(page: PrintPage): Promise<Result<Uint8Array>> {
    const requestId = newRandomHex(8);
    const timer = setTimeout(() => { this.receive({ requestId, pdf: null }); }, GIVE_UP_AFTER_MS);
    const pdf = await new Promise<Uint8Array | null>((resolve) => {
      this.#waiting.set(requestId, resolve);
      this.#tellMain({ type: 'print-request', requestId, page });
    });
    clearTimeout(timer);
    this.#waiting.delete(requestId);
    return pdf === null ? printFailed() : ok(pdf);
  }
}

function printFailed(): Result<Uint8Array> {
  return fail('print-failed', 'error.printFailed', {}, true);
}
