/**
 * What becomes of an agreement after the call in which it was made.
 *
 *   plan proposed ──plan-accepted──▶ accepted ─┬─ agreement-cancelled · plan-broken
 *   promise ───────────────────────────────────┘
 *   dispute ──dispute-moved*──▶ dispute-closed (upheld | partly-upheld | rejected)
 *   settlement asked for ──settlement-decided──▶ approved | refused
 *   payment-recorded: money that came in, by a lead's word; what a paid list says is the case's own (`case-entity.ts`) ──payment-reversed──▶ never came
 *
 * Invariants: each names the fact that it is about, which stays; that a plan is broken, a dispute is closed, less than the debt is taken, or money came
 * in is a decision (`decision-rules.ts`); nothing is broken by a calendar.
 */
import { z } from 'zod';
import { paymentMethodSchema, proofStateSchema, taskOwnerSchema } from '../case/outcome-codes.ts';
import { factIdSchema, invoiceIdSchema, paymentIdSchema } from '../id.ts';
import { currencySchema } from '../money/currency.ts';
import { debtParts } from '../payments/allocate-payment.ts';
import { plainDateSchema } from '../time.ts';

const reasonSchema = z.string().trim().min(3).max(500);
const noteSchema = z.string().trim().max(500).nullable();
const centsSchema = z.int().positive();

/** The customer said yes, after it was read back. */
export const planAcceptedBodySchema = z.object({ targetFactId: factIdSchema, readBack: z.literal(true) });
export type PlanAcceptedBody = z.infer<typeof planAcceptedBodySchema>;

/** `cancelled`: taken back by agreement. Of a promise or a plan. */
export const agreementCancelledBodySchema = z.object({ targetFactId: factIdSchema, reason: reasonSchema });
export type AgreementCancelledBody = z.infer<typeof agreementCancelledBodySchema>;

/** The whole is due at once (decadenza dal beneficio del termine, art. 1186 c.c.): a person confirms it. */
export const planBrokenBodySchema = z.object({ targetFactId: factIdSchema, reason: reasonSchema });
export type PlanBrokenBody = z.infer<typeof planBrokenBodySchema>;

/** How far the answer to a dispute is. */
export const disputeMovedBodySchema = z.object({
  targetFactId: factIdSchema, proof: z.enum([...proofStateSchema.options, 'insufficient']), owner: taskOwnerSchema.nullable(), dueOn: plainDateSchema.nullable(), note: noteSchema,
});
export type DisputeMovedBody = z.infer<typeof disputeMovedBodySchema>;

/** The creditor's answer. `upheldCents`: what is not owed; `statedCents`: what was open by the creditor's file then (`outstanding-invoices.ts`). */
export const disputeClosedBodySchema = z
  .object({
    targetFactId: factIdSchema, result: z.enum(['upheld', 'partly-upheld', 'rejected']), upheldCents: centsSchema.nullable(), statedCents: centsSchema.nullable(),
    note: noteSchema,
  })
  .refine((body) => (body.result === 'rejected') === (body.upheldCents === null), { message: 'an amount goes with upheld', path: ['upheldCents'] })
  .refine((body) => (body.upheldCents === null) === (body.statedCents === null), { message: 'stated with what is upheld', path: ['statedCents'] });
export type DisputeClosedBody = z.infer<typeof disputeClosedBodySchema>;

/** Less than the debt, taken or not; before it nothing binds. */
export const settlementDecidedBodySchema = z
  .object({
    targetFactId: factIdSchema, verdict: z.enum(['approved', 'refused']), amountCents: centsSchema.nullable(), currency: currencySchema.nullable(),
    payBy: plainDateSchema.nullable(), reason: noteSchema,
  })
  .refine((body) => body.verdict === 'refused' || (body.amountCents !== null && body.currency !== null && body.payBy !== null), { message: 'say how much and by when', path: ['amountCents'] })
  .refine((body) => body.verdict === 'approved' || (body.reason ?? '').length >= 3, { message: 'say why', path: ['reason'] });
export type SettlementDecidedBody = z.infer<typeof settlementDecidedBodySchema>;

/** Money that came in, and what it went to. */
export const paymentRecordedBodySchema = z
  .object({
    amountCents: centsSchema, currency: currencySchema, paidOn: plainDateSchema, method: paymentMethodSchema.nullable(),
    /** What the bank or the list says: reference, line, statement. */
    evidence: z.string().trim().min(1).max(300),
    allocations: z.array(z.object({
      invoiceId: invoiceIdSchema, part: z.enum(debtParts), amountCents: centsSchema,
      /** What was open by the creditor's file then (`outstanding-invoices.ts`). */
      statedCents: z.int().min(0),
    })).max(1_000),
  })
  .refine((body) => body.allocations.reduce((sum, { amountCents }) => sum + amountCents, 0) <= body.amountCents, { message: 'more is given than came in', path: ['allocations'] });
export type PaymentRecordedBody = z.infer<typeof paymentRecordedBodySchema>;

/** A payment that was entered wrongly, or came back (an unpaid direct debit): a fact's, or one of a paid list. */
export const paymentReversedBodySchema = z.object({ paymentId: paymentIdSchema, reason: reasonSchema });
export type PaymentReversedBody = z.infer<typeof paymentReversedBodySchema>;
