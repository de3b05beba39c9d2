/**
 * The interest on each invoice as it is printed and read aloud: every part with its days, its rate and its amount.
 *
 * Invariants: whole cents; the parts of an invoice add up to its interest, and the invoices to the totals. What breaks this is no document.
 */
import { z } from 'zod';
import type { InterestLine } from '../interest/compute-interest.ts';
import { currencySchema } from '../money/currency.ts';
import type { Result } from '../result.ts';
import { fail, ok } from '../result.ts';
import { plainDateSchema } from '../time.ts';
import { MOST_INVOICES, sum } from './agreement-document.ts';
import { addresseeSchema, documentLanguages, letterheadSchema } from './letterhead.ts';

const cents = z.int().min(0).max(99_999_999_999);

export const interestPartSchema = z.object({
  from: plainDateSchema,
  to: plainDateSchema,
  days: z.int().min(1),
  basisPoints: z.int().min(0).max(10_000),
  daysOfYear: z.union([z.literal(365), z.literal(366)]),
  capitalCents: cents,
  interestCents: cents,
});

export const interestInvoiceSchema = z.object({
  number: z.string().trim().min(1).max(80),
  dueOn: plainDateSchema,
  capitalCents: cents,
  parts: z.array(interestPartSchema).max(400),
  interestCents: cents,
  /** Art. 6 D.Lgs. 231/2002. */
  lumpSumCents: cents,
  totalCents: cents,
});
export type InterestInvoice = z.infer<typeof interestInvoiceSchema>;

export const interestDocumentSchema = z.object({
  kind: z.literal('interest'),
  language: z.enum(documentLanguages),
  currency: currencySchema,
  creditor: letterheadSchema,
  customer: addresseeSchema,
  /** Of which rates: the table's title, in the document's language. */
  rateTitle: z.string().min(1).max(200),
  /** The last day that counts. */
  until: plainDateSchema,
  invoices: z.array(interestInvoiceSchema).min(1).max(MOST_INVOICES),
  totals: z.object({ interestCents: cents, lumpSumCents: cents, totalCents: cents }),
}).superRefine(({ invoices, totals }, context) => {
  const refuse = (message: string): void => { context.addIssue({ code: 'custom', path: ['invoices'], message }); };
  if (invoices.some(({ parts, interestCents }) => sum(parts, 'interestCents') !== interestCents)) refuse('the parts of an invoice are not its interest');
  if (invoices.some((one) => one.interestCents + one.lumpSumCents !== one.totalCents)) refuse('interest and lump sum of an invoice are not its total');
  if (sum(invoices, 'interestCents') !== totals.interestCents || sum(invoices, 'lumpSumCents') !== totals.lumpSumCents) refuse('the invoices are not the totals');
  if (totals.interestCents + totals.lumpSumCents !== totals.totalCents) refuse('interest and lump sums are not the total');
});
export type InterestDocument = z.infer<typeof interestDocumentSchema>;

export interface InterestInput extends Omit<InterestDocument, 'kind' | 'invoices' | 'totals'> {
  /** `lines` as `computeInterest` answers them. */
  invoices: readonly (Omit<InterestInvoice, 'parts' | 'interestCents' | 'totalCents'> & { lines: readonly InterestLine[] })[];
}

/** The document, checked. Error: `interest-document-invalid` with the `field` that does not fit. */
export function buildInterestDocument(input: InterestInput): Result<InterestDocument> {
  const invoices = input.invoices.map(({ number, dueOn, capitalCents, lumpSumCents, lines }) => {
    const ofLines = sum(lines, 'interestCents');
    return { number, dueOn, capitalCents, lumpSumCents, parts: lines.map((line) => ({ ...line })), interestCents: ofLines, totalCents: ofLines + lumpSumCents };
  });
  const [interestCents, lumpSumCents] = [sum(invoices, 'interestCents'), sum(invoices, 'lumpSumCents')];
  const parsed = interestDocumentSchema.safeParse({ ...input, kind: 'interest', invoices, totals: { interestCents, lumpSumCents, totalCents: interestCents + lumpSumCents } });
  if (parsed.success) return ok(parsed.data);
  const issue = parsed.error.issues[0];
  return fail('interest-document-invalid', 'error.interestDocumentInvalid', { field: issue?.path.join('.') ?? '', reason: issue?.message ?? '' });
}
