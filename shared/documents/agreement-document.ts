/**
 * A repayment agreement as it is printed: everything that stands on the paper, and nothing that does not.
 *
 * Invariants: whole cents; capital, interest and costs of the invoices, less what is waived, are the debt; the capital of the instalments adds
 * up to the debt and their amounts to the total; instalments are in the order of their days. What breaks one of these is no document.
 */
import { z } from 'zod';
import { currencySchema } from '../money/currency.ts';
import { planLimitsSchema } from '../plans/plan-limits.ts';
import { plainDateSchema } from '../time.ts';
import { addresseeSchema, documentLanguages, letterheadSchema } from './letterhead.ts';

export const MOST_INSTALMENTS = 130;
export const MOST_INVOICES = 400;

const cents = z.int().min(0).max(99_999_999_999);
const text = (most: number): z.ZodString => z.string().trim().min(1).max(most);

export const agreementInvoiceSchema = z.object({
  number: text(80),
  issuedOn: plainDateSchema.nullable(),
  dueOn: plainDateSchema,
  /** What of it is in the agreement, each part by itself. */
  capitalCents: cents,
  interestCents: cents,
  costsCents: cents,
});
export type AgreementInvoice = z.infer<typeof agreementInvoiceSchema>;

export const agreementInstalmentSchema = z.object({
  dueOn: plainDateSchema,
  capitalCents: cents,
  /** For the deferral. */
  interestCents: cents,
  amountCents: cents.min(1),
});
export type AgreementInstalment = z.infer<typeof agreementInstalmentSchema>;

/** How a customer may pay; the transfer carries what the EPC code says. */
export const paymentMethodSchema = z.discriminatedUnion('method', [
  z.object({
    method: z.literal('transfer'), beneficiary: text(70), iban: text(34), bic: text(11).nullable(),
    reference: z.discriminatedUnion('kind', [z.object({ kind: z.literal('rf'), reference: text(25) }), z.object({ kind: z.literal('text'), text: text(140) })]),
    /** Of the first instalment; null where the currency has none. */
    epcText: z.string().nullable(),
  }),
  z.object({ method: z.literal('card-link'), url: z.url({ protocol: /^https$/ }).max(300) }),
  z.object({ method: z.literal('bollettino'), account: z.string().regex(/^\d{1,12}$/), holder: text(120), reason: text(140) }),
  z.object({ method: z.literal('direct-debit'), mandateReference: text(35) }),
  z.object({ method: z.literal('desk'), where: text(200) }),
]);
export type PaymentMethod = z.infer<typeof paymentMethodSchema>;

/** Whether the customer's signature acknowledges the debt is the creditor's choice, and so are its words. */
export const acknowledgementSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('acknowledges') }),
  z.object({ kind: z.literal('without') }),
  z.object({ kind: z.literal('own'), text: text(2_000) }),
]);
export type Acknowledgement = z.infer<typeof acknowledgementSchema>;

export const agreementDocumentSchema = z.object({
  kind: z.literal('agreement'),
  language: z.enum(documentLanguages),
  currency: currencySchema,
  creditor: letterheadSchema,
  /** Who collects in the creditor's name. */
  agencyName: text(100).nullable(),
  customer: addresseeSchema,
  /** By which the agreement is known, as on the transfer. */
  reference: text(80),
  agreedOn: plainDateSchema,
  place: text(100),
  invoices: z.array(agreementInvoiceSchema).min(1).max(MOST_INVOICES),
  totals: z.object({ capitalCents: cents, interestCents: cents, costsCents: cents, waivedCents: cents, debtCents: cents.min(1), deferralInterestCents: cents, totalCents: cents.min(1) }),
  instalments: z.array(agreementInstalmentSchema).min(1).max(MOST_INSTALMENTS),
  paymentMethods: z.array(paymentMethodSchema).min(1).max(6),
  terms: planLimitsSchema.pick({ graceDays: true, consecutiveMissed: true, totalMissed: true }),
  acknowledgement: acknowledgementSchema,
  signatories: z.object({ creditor: text(120), customer: text(200) }),
}).superRefine((document, context) => {
  for (const [field, message] of findDisagreements(document)) context.addIssue({ code: 'custom', path: [field], message });
});
export type AgreementDocument = z.infer<typeof agreementDocumentSchema>;

interface Figures {
  invoices: readonly AgreementInvoice[];
  instalments: readonly AgreementInstalment[];
  totals: { capitalCents: number; interestCents: number; costsCents: number; waivedCents: number; debtCents: number; deferralInterestCents: number; totalCents: number };
}

function findDisagreements({ invoices, instalments, totals }: Figures): [string, string][] {
  const checks: [string, boolean, string][] = [
    ['totals', sum(invoices, 'capitalCents') === totals.capitalCents, 'the capital is not that of the invoices'],
    ['totals', sum(invoices, 'interestCents') === totals.interestCents, 'the interest is not that of the invoices'],
    ['totals', sum(invoices, 'costsCents') === totals.costsCents, 'the costs are not those of the invoices'],
    ['totals', totals.capitalCents + totals.interestCents + totals.costsCents - totals.waivedCents === totals.debtCents, 'the parts are not the debt'],
    ['totals', totals.debtCents + totals.deferralInterestCents === totals.totalCents, 'debt and interest are not the total'],
    ['instalments', sum(instalments, 'capitalCents') === totals.debtCents, 'the instalments do not add up to the debt'],
    ['instalments', sum(instalments, 'interestCents') === totals.deferralInterestCents, 'the interest of the instalments is not the interest'],
    ['instalments', instalments.every((one) => one.capitalCents + one.interestCents === one.amountCents), 'an instalment is not its parts'],
    ['instalments', instalments.every(({ dueOn }, index) => dueOn >= (instalments[index - 1]?.dueOn ?? dueOn)), 'the instalments are not in order'],
  ];
  return checks.flatMap(([field, holds, message]) => (holds ? [] : [[field, message] as [string, string]]));
}

/** The sum of one field. */
export function sum<Field extends string>(rows: readonly Record<Field, number>[], field: Field): number {
  return rows.reduce((total, row) => total + row[field], 0);
}
