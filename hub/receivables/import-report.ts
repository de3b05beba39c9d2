/** What an import says when it is done; `--json` prints this, `missing` only where something is. */
import { z } from 'zod';
import { currencySchema } from '../../shared/money/currency.ts';
import { plainDateSchema } from '../../shared/time.ts';

const countSchema = z.int().nonnegative();
const amountsSchema = z.record(z.string(), z.string());

export const missingInvoiceSchema = z.object({
  customerCode: z.string(),
  invoiceNumber: z.string(),
  issueDate: plainDateSchema,
  dueDate: plainDateSchema,
  residual: z.string(),
  currency: currencySchema,
});
export type MissingInvoice = z.infer<typeof missingInvoiceSchema>;

export const importReportSchema = z.object({
  customers: z.object({ new: countSchema, updated: countSchema, unchanged: countSchema }),
  invoices: z.object({ new: countSchema, updated: countSchema, unchanged: countSchema, rejected: countSchema }),
  /** A paid list only. */
  payments: z.object({
    new: countSchema, known: countSchema, rejected: countSchema, customers: countSchema,
    /** Of the new ones, by currency; `left`: of it, what no invoice took. */
    amount: amountsSchema, left: amountsSchema,
    /** Line by line, the first thousand. */
    notes: z.array(z.object({ line: z.int().positive(), code: z.enum(['payment-left-over', 'payment-beyond-open']), value: z.string(), of: z.string() })),
  }).optional(),
  /** Every valid row of the file, by currency. */
  amount: amountsSchema,
  /** As of the day asked for. */
  open: z.object({ invoices: countSchema, customers: countSchema, amount: amountsSchema, overdue: countSchema }),
  /** The file of the rows that were not taken, or null. */
  rejects: z.string().nullable(),
  /** Open at the hub and no longer in this file: to be asked for, never assumed paid. */
  missing: z.array(missingInvoiceSchema).default([]),
});
export type ImportReport = z.infer<typeof importReportSchema>;
