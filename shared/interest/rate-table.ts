/**
 * A dated table of yearly rates: data with a source per row, never code.
 *
 * Invariants: rows follow each other day by day, without a hole and without an overlap; a day that no row covers has no rate, and nothing is
 * ever guessed for it.
 */
import { z } from 'zod';
import type { AppError, Result } from '../result.ts';
import { fail, ok } from '../result.ts';
import { addDays, plainDateSchema } from '../time.ts';
import type { PlainDate } from '../time.ts';

/** Both days included. */
export const rateRowSchema = z.object({
  from: plainDateSchema,
  to: plainDateSchema,
  /** A year's rate in hundredths of a percent: 8.75 % = 875. */
  basisPoints: z.int().min(0).max(10_000),
  /** `unverified`: taken from a second hand; whoever edits the table says so again. */
  status: z.enum(['read', 'unverified']),
  source: z.string().trim().min(3).max(300),
});
export type RateRow = z.infer<typeof rateRowSchema>;

export const rateTableSchema = z.object({
  id: z.string().regex(/^[a-z][a-z0-9-]{1,40}$/),
  title: z.object({ it: z.string().min(1), en: z.string().min(1) }),
  datedOn: plainDateSchema,
  rows: z.array(rateRowSchema).min(1).max(2_000),
});
export type RateTable = z.infer<typeof rateTableSchema>;

/** Reads a table, as from a file; an error names the first row that does not fit (`row`, counted from 1). */
export function readRateTable(raw: unknown): Result<RateTable> {
  const parsed = rateTableSchema.safeParse(raw);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    const [part, index] = issue?.path ?? [];
    return refuse(part === 'rows' && typeof index === 'number' ? index : 0, 'error.rates.unreadable', issue?.path.join('.') ?? '');
  }
  const checked = checkRateRows(parsed.data.rows);
  return checked.ok ? ok(parsed.data) : checked;
}

/** Rows as they follow each other; an error names the first that does not fit. */
export function checkRateRows(rows: readonly RateRow[]): Result<null> {
  for (const [index, row] of rows.entries()) {
    if (row.to < row.from) return refuse(index, 'error.rates.turned', 'to');
    const before = rows[index - 1];
    if (before === undefined) continue;
    const expected = addDays(before.to, 1);
    if (row.from > expected) return refuse(index, 'error.rates.hole', 'from', expected);
    if (row.from < expected) return refuse(index, 'error.rates.overlap', 'from', expected);
  }
  return ok(null);
}

function refuse(index: number, messageKey: string, field: string, expected: PlainDate | null = null): { ok: false; error: AppError } {
  return fail('rate-table-invalid', messageKey, { row: index + 1, field, expected });
}
