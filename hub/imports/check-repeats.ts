/**
 * The same invoice twice in one file.
 *
 * Invariant: an invoice is known by customer code + number + issue date + due date; the first row of a key
 * stands, an identical one is a repeat, a contradicting one is a reject that points to the first.
 */
import { createHash } from 'node:crypto';
import type { ImportRow, ReadItem } from './import-row.ts';
import { describeReject } from './reject-reasons.ts';

export type CheckedItem = ReadItem | { type: 'repeat'; row: ImportRow; raw: string[]; hidden: boolean };

/** The key of an invoice inside one creditor's file. */
export function invoiceKeyOf(row: Pick<ImportRow, 'customerCode' | 'invoiceNumber' | 'issueDate' | 'dueDate'>): string {
  return JSON.stringify([row.customerCode, row.invoiceNumber, row.issueDate, row.dueDate]);
}

/**
 * Every invoice that a file holds, by the first sixteen bytes of its key's SHA-256: half a million of them take some 60 MB,
 * where the keys as text would take five times that.
 */
export class SeenInvoices {
  readonly #places = new Map<string, number>();
  readonly #lines: number[] = [];
  readonly #amounts: number[] = [];
  readonly #rests: number[] = [];

  has(key: string): boolean {
    return this.#places.has(digestOf(key));
  }

  /** What stood on the first row of this key; null when this is the first. */
  add(key: string, row: ImportRow | null): { line: number; amount: 'same' | 'other'; rest: 'same' | 'other' } | null {
    const digest = digestOf(key);
    const rest = row === null ? 0 : numberOf(JSON.stringify([row.currency, row.residualCents, row.settledDate, row.disputed]));
    const place = this.#places.get(digest);
    if (place === undefined || this.#lines[place] === 0) {
      this.#places.set(digest, this.#lines.length);
      this.#lines.push(row?.line ?? 0);
      this.#amounts.push(row?.amountCents ?? 0);
      this.#rests.push(rest);
      return null;
    }
    return {
      line: this.#lines[place] ?? 0,
      amount: this.#amounts[place] === row?.amountCents ? 'same' : 'other',
      rest: this.#rests[place] === rest ? 'same' : 'other',
    };
  }
}

function digestOf(key: string): string {
  return createHash('sha256').update(key).digest().toString('latin1', 0, 16);
}

function numberOf(text: string): number {
  return createHash('sha256').update(text).digest().readUIntBE(0, 6);
}

/** Marks repeats and turns contradictions into rejects, in the order of the file; `seen` knows afterwards what the file held. */
export async function* checkRepeats(items: AsyncIterable<ReadItem>, seen = new SeenInvoices()): AsyncGenerator<CheckedItem> {
  for await (const item of items) {
    if (item.type === 'reject') {
      if (item.key !== null && !seen.has(item.key)) seen.add(item.key, null);
      yield item;
      continue;
    }
    const { row, raw, hidden } = item;
    const key = invoiceKeyOf(row);
    const earlier = seen.add(key, row);
    if (earlier === null) {
      yield item;
    } else if (earlier.amount === 'same' && earlier.rest === 'same') {
      yield { type: 'repeat', row, raw, hidden };
    } else {
      const code = earlier.amount === 'same' ? 'repeated-with-other-values' : 'repeated-with-other-amount';
      const details = { otherLine: earlier.line };
      yield { type: 'reject', key, reject: { line: row.line, reasonCode: code, ...describeReject(code, details), details, raw } };
    }
  }
}
