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

/** Words of a key's digest that are kept: sixteen bytes. */
const DIGEST_WORDS = 4;
/** Slots that may be taken of all, so that a search ends soon. */
const FULLEST = 0.6;

/**
 * Every invoice that a file holds, by the first sixteen bytes of its key's SHA-256, in plain arrays: half a million of them take
 * some 25 MB, and the garbage collector has nothing to follow in them.
 */
export class SeenInvoices {
  #count = 0;
  /** Place + 1 of the entry, 0 where the slot is free; open addressing. */
  #slots = new Uint32Array(4096);
  #digests = new Uint32Array(1024 * DIGEST_WORDS);
  /** Line, amount, and what else must agree, three numbers an entry. */
  #said = new Float64Array(1024 * 3);

  has(key: string): boolean {
    return this.#slots[this.#slotOf(digestOf(key))] !== 0;
  }

  /** What stood on the first row of this key; null when this is the first. */
  add(key: string, row: ImportRow | null): { line: number; amount: 'same' | 'other'; rest: 'same' | 'other' } | null {
    const digest = digestOf(key);
    const slot = this.#slotOf(digest);
    const said = [
      row?.line ?? 0, row?.amountCents ?? 0,
      row === null ? 0 : numberOf(JSON.stringify([row.currency, row.residualCents, row.settledDate, row.disputed])),
    ];
    const place = (this.#slots[slot] ?? 0) - 1;
    if (place === -1) {
      this.#append(slot, digest, said);
      return null;
    }
    const [line = 0, amount = 0, rest = 0] = this.#said.subarray(place * 3, place * 3 + 3);
    // A rejected row held the key until now: the first good one stands.
    if (line === 0) {
      this.#said.set(said, place * 3);
      return null;
    }
    return { line, amount: amount === said[1] ? 'same' : 'other', rest: rest === said[2] ? 'same' : 'other' };
  }

  #append(slot: number, digest: Uint32Array, said: readonly number[]): void {
    const place = this.#count;
    this.#count += 1;
    if (this.#count * DIGEST_WORDS > this.#digests.length) {
      this.#digests = grown(this.#digests, new Uint32Array(Math.ceil(this.#digests.length * 1.5)));
      this.#said = grown(this.#said, new Float64Array(Math.ceil(this.#digests.length / DIGEST_WORDS) * 3));
    }
    this.#digests.set(digest, place * DIGEST_WORDS);
    this.#said.set(said, place * 3);
    this.#slots[slot] = place + 1;
    if (this.#count < this.#slots.length * FULLEST) return;
    this.#slots = new Uint32Array(this.#slots.length * 2);
    for (let entry = 0; entry < this.#count; entry += 1) {
      this.#slots[this.#slotOf(this.#digests.subarray(entry * DIGEST_WORDS, (entry + 1) * DIGEST_WORDS))] = entry + 1;
    }
  }

  /** The slot of this digest: its own, or the free one where it would stand. */
  #slotOf(digest: Uint32Array): number {
    const mask = this.#slots.length - 1;
    for (let slot = (digest[0] ?? 0) & mask; ; slot = (slot + 1) & mask) {
      const taken = this.#slots[slot] ?? 0;
      if (taken === 0) return slot;
      const start = (taken - 1) * DIGEST_WORDS;
      if (digest.every((word, index) => word === this.#digests[start + index])) return slot;
    }
  }
}

function grown<Numbers extends Uint32Array | Float64Array>(from: Numbers, into: Numbers): Numbers {
  into.set(from);
  return into;
}

function digestOf(key: string): Uint32Array {
  const bytes = createHash('sha256').update(key).digest();
  return Uint32Array.from({ length: DIGEST_WORDS }, (_word, index) => bytes.readUInt32LE(index * 4));
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
