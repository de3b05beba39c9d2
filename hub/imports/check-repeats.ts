/**
 * The same invoice twice in one file.
 *
 * Invariant: an invoice is known by customer code + number + issue date + due date; the first row of a key
 * stands, an identical one is a repeat, a contradicting one is a reject that points to the first.
 */
import type { ImportRow, ReadItem } from './import-row.ts';
import { describeReject } from './reject-reasons.ts';

export type CheckedItem = ReadItem | { type: 'repeat'; row: ImportRow; raw: string[] };

/** The key of an invoice inside one creditor's file. */
export function invoiceKeyOf(row: Pick<ImportRow, 'customerCode' | 'invoiceNumber' | 'issueDate' | 'dueDate'>): string {
  return JSON.stringify([row.customerCode, row.invoiceNumber, row.issueDate, row.dueDate]);
}

/** Marks repeats and turns contradictions into rejects, in the order of the file. */
export async function* checkRepeats(items: AsyncIterable<ReadItem>): AsyncGenerator<CheckedItem> {
  const first = new Map<string, { line: number; amountCents: number; rest: string }>();
  for await (const item of items) {
    if (item.type === 'reject') {
      yield item;
      continue;
    }
    const { row, raw } = item;
    const key = invoiceKeyOf(row);
    const rest = JSON.stringify([row.currency, row.residualCents, row.settledDate, row.disputed]);
    const earlier = first.get(key);
    if (earlier === undefined) {
      first.set(key, { line: row.line, amountCents: row.amountCents, rest });
      yield item;
    } else if (earlier.amountCents === row.amountCents && earlier.rest === rest) {
      yield { type: 'repeat', row, raw };
    } else {
      const code = earlier.amountCents === row.amountCents ? 'repeated-with-other-values' : 'repeated-with-other-amount';
      yield { type: 'reject', reject: { line: row.line, reasonCode: code, ...describeReject(code, { otherLine: earlier.line }), raw } };
    }
  }
}
