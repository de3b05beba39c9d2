/**
 * Rate tables as an administrator publishes them: they stand in the place of those that the product brings along.
 *
 * Invariants: one number higher each time, what was published before stays; a table is published whole and without holes, and goes to every desk, which
 * computes with the newest it has. A table that a build does not know is nothing to it. A period that was entered by mistake is taken off by a version
 * without it, which says which period, why and when; a figure that was agreed with it stands in its fact.
 */
import { z } from 'zod';
import { rateRowSchema } from '../interest/rate-table.ts';
import { instantSchema, plainDateSchema } from '../time.ts';

/** As the files of `assets/rates/` are called. */
export const rateTableIds = ['it-legal', 'it-late-payment'] as const;
export const rateTableIdSchema = z.enum(rateTableIds);
export type RateTableId = z.infer<typeof rateTableIdSchema>;

export const rateWithdrawalSchema = z.object({ from: plainDateSchema, reason: z.string().trim().min(3).max(300) });

export const ratesEntitySchema = z.object({
  tableId: rateTableIdSchema, version: z.int().positive(), publishedAt: instantSchema, rows: z.array(rateRowSchema).min(1).max(2_000),
  /** The period that this version takes off, and why. */
  withdrawn: z.object({ row: rateRowSchema, reason: z.string() }).optional(),
});
export type RatesEntity = z.infer<typeof ratesEntitySchema>;

export const ratesDraftSchema = ratesEntitySchema.pick({ rows: true });
/** What was published last of each table; of those that nobody published, the product's own hold. */
export const ratesListSchema = z.object({ tables: z.array(ratesEntitySchema) });
