/**
 * Where to pay what is owed, as it is printed and mailed.
 *
 * Invariants: whole cents; the invoices add up to the total, and the code asks for that total. What breaks this is no document. The letter speaks in the
 * case's tone, which never hardens by a letter.
 */
import { z } from 'zod';
import { toneSchema } from '../case/case-entity.ts';
import { currencySchema } from '../money/currency.ts';
import type { Result } from '../result.ts';
import { fail, ok } from '../result.ts';
import { plainDateSchema } from '../time.ts';
import type { PaymentMethod } from './agreement-document.ts';
import { MOST_INVOICES, paymentMethodSchema, sum } from './agreement-document.ts';
import type { AgreedPaymentMethod } from './build-agreement.ts';
import { readMethod } from './build-agreement.ts';
import { addresseeSchema, documentLanguages, letterheadSchema } from './letterhead.ts';

const cents = z.int().min(1).max(99_999_999_999);

export const coordinatesDocumentSchema = z.object({
  kind: z.literal('coordinates'),
  language: z.enum(documentLanguages),
  currency: currencySchema,
  creditor: letterheadSchema,
  agencyName: z.string().trim().min(1).max(100).nullable(),
  customer: addresseeSchema,
  tone: toneSchema,
  on: plainDateSchema,
  invoices: z.array(z.object({ number: z.string().trim().min(1).max(80), issuedOn: plainDateSchema, dueOn: plainDateSchema, openCents: cents })).min(1).max(MOST_INVOICES),
  totalCents: cents,
  paymentMethods: z.array(paymentMethodSchema).min(1).max(6),
}).refine(({ invoices, totalCents }) => sum(invoices, 'openCents') === totalCents, { message: 'the invoices are not the total', path: ['totalCents'] });
export type CoordinatesDocument = z.infer<typeof coordinatesDocumentSchema>;

export interface CoordinatesInput extends Omit<CoordinatesDocument, 'kind' | 'totalCents' | 'paymentMethods'> { paymentMethods: readonly AgreedPaymentMethod[] }

/** The document, checked. Errors: `coordinates-invalid` with the `field`; those of an account or a reference that does not hold. */
export function buildCoordinates(input: CoordinatesInput): Result<CoordinatesDocument> {
  const totalCents = sum(input.invoices, 'openCents');
  const paymentMethods: PaymentMethod[] = [];
  for (const method of input.paymentMethods) {
    const read = readMethod(method, input.currency, totalCents);
    if (!read.ok) return read;
    paymentMethods.push(read.value);
  }
  const parsed = coordinatesDocumentSchema.safeParse({ ...input, kind: 'coordinates', totalCents, paymentMethods });
  if (parsed.success) return ok(parsed.data);
  const issue = parsed.error.issues[0];
  return fail('coordinates-invalid', 'error.coordinatesInvalid', { field: issue?.path.join('.') ?? '', reason: issue?.message ?? '' });
}
