/**
 * A case (customer × creditor) as the hub sends it: the aggregate's current state.
 *
 * Invariant: what operators did is carried as the *set of facts* of the case, and everything
 * shown is folded from that set (`fold-case.ts`) on hub and desk by the same code; so a desk
 * may add its unsent facts to the set and get the state the hub will have.
 */
import { z } from 'zod';
import {
  callIdSchema, caseIdSchema, creditorIdSchema, customerIdSchema, factIdSchema, invoiceIdSchema, numberIdSchema, partyIdSchema, paymentIdSchema, userIdSchema,
} from '../id.ts';
import { jsonObjectSchema } from '../json-object.ts';
import { instantSchema, plainDateSchema } from '../time.ts';
import { basedOnSchema } from '../facts/fact-header.ts';
import { paymentRecordedBodySchema } from '../facts/agreement-bodies.ts';
import { currencySchema } from '../money/currency.ts';
import { contactPointSchema, contactSourceSchema, numberKinds, partySchema } from './party.ts';

export const debtorKinds = ['person', 'sole-trader', 'company', 'public-body', 'condominium'] as const;
export const debtorKindSchema = z.enum(debtorKinds);
export type DebtorKind = z.infer<typeof debtorKindSchema>;

export const tones = ['courtesy', 'reminder', 'recovery'] as const;
export const toneSchema = z.enum(tones);
export type Tone = z.infer<typeof toneSchema>;

export const phoneNumberSchema = z.object({
  numberId: numberIdSchema,
  /** As the file had it. */
  raw: z.string(),
  e164: z.string().nullable(),
  country: z.string().nullable(),
  kind: z.enum(numberKinds),
  usable: z.boolean(),
  /** Null = the holder. */
  partyId: partyIdSchema.nullable().default(null),
  source: contactSourceSchema.default('file'),
  workplace: z.boolean().default(false),
});
export type PhoneNumber = z.infer<typeof phoneNumberSchema>;

export const invoiceSchema = z.object({
  invoiceId: invoiceIdSchema,
  number: z.string(),
  issueDate: plainDateSchema,
  dueDate: plainDateSchema,
  /** Negative for a credit note or a payment on account. */
  amountCents: z.int(),
  /** What is still open. */
  residualCents: z.int(),
  currency: currencySchema,
  documentType: z.string().nullable(),
  settledOn: plainDateSchema.nullable(),
  /** The creditor's file says it is disputed. */
  disputedInFile: z.boolean(),
  /** Day of the first file of the creditor that held it no longer, while open; nothing is assumed paid. Null: the last file has it. */
  missingSince: plainDateSchema.nullable().default(null),
});
export type Invoice = z.infer<typeof invoiceSchema>;

/** A fact as a case carries it: without its place in the chain. */
export const caseFactSchema = z.object({
  id: factIdSchema,
  type: z.string(),
  version: z.int().positive(),
  callId: callIdSchema.nullable(),
  at: instantSchema,
  zone: z.string(),
  actor: userIdSchema,
  basedOn: basedOnSchema,
  body: jsonObjectSchema,
});
export type CaseFact = z.infer<typeof caseFactSchema>;

/** A line of a paid list, allocated when it was read. */
export const listedPaymentSchema = paymentRecordedBodySchema.and(z.object({ paymentId: paymentIdSchema, at: instantSchema }));
export type ListedPayment = z.infer<typeof listedPaymentSchema>;

/** How a mail that was asked for stands at the hub; a fact without one has not arrived there. */
export const caseMailSchema = z.object({
  causeFactId: factIdSchema,
  /** `sent`: a mail server took it; whether somebody read it nobody knows. */
  state: z.enum(['queued', 'sent', 'failed']),
  /** Of `mailFailureCodes`: why not, or why not yet. */
  code: z.string().max(40).nullable(),
  at: instantSchema,
});
export type CaseMail = z.infer<typeof caseMailSchema>;

export const caseEntitySchema = z.object({
  caseId: caseIdSchema,
  customerId: customerIdSchema,
  creditorId: creditorIdSchema,
  creditorName: z.string(),
  customer: z.object({
    code: z.string(),
    name: z.string(),
    kind: debtorKindSchema,
    language: z.string().nullable(),
    taxCode: z.string().nullable(),
    email: z.string().nullable(),
    address: z.string().nullable(),
    salesAgent: z.string().nullable(),
    /** The last six signs of the customer's IBAN, to be found by; the rest is kept nowhere. */
    ibanTail: z.string().max(6).nullable().default(null),
  }),
  /** Everyone with a role besides the holder, as files said it; operators add by facts. */
  parties: z.array(partySchema).default([]),
  numbers: z.array(phoneNumberSchema),
  /** Further addresses (e-mail, PEC, post), as files said it. */
  addresses: z.array(contactPointSchema).default([]),
  invoices: z.array(invoiceSchema),
  /** When the creditor approved the passage to recovery; null = never harder than a reminder. */
  recoveryApprovedOn: plainDateSchema.nullable(),
  /** What paid lists said came in; what a person entered is among the facts. */
  payments: z.array(listedPaymentSchema).default([]),
  mails: z.array(caseMailSchema).default([]),
  facts: z.array(caseFactSchema),
});
export type CaseEntity = z.infer<typeof caseEntitySchema>;
