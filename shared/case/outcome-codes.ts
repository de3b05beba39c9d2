/**
 * The field's code lists as data (domain §4). Labels live in the locales under
 * `outcome.<code>`, `cause.<code>` and so on; the code drives behaviour, the class statistics.
 */
import { z } from 'zod';

/** success counts as a right-party contact too; each code's class stands in `outcome-rules.ts`. */
export type OutcomeClass = 'success' | 'right-party' | 'reach' | 'attempt' | 'fail' | 'stop';

export const outcomeCodes = [
  'PTP', 'PLN', 'PAID', 'DSP', 'RES', 'REF', 'RPC', 'CBK', 'TPC', 'LM', 'AM', 'HU', 'NA', 'LB', 'WN', 'DC', 'DEC',
  'INS', 'DNC', 'IDR', 'LAW', 'SET', 'PPY', 'TRN', 'CMP', 'PRV', 'LNG', 'MIN', 'DRP',
] as const;
export const outcomeCodeSchema = z.enum(outcomeCodes);
export type OutcomeCode = z.infer<typeof outcomeCodeSchema>;

/** Causes of non-payment (domain §4); GEAP's group beside each. */
export const causeCodes = [
  'invoice-not-received', 'billing-error', 'not-conforming', 'administrative', 'temporary-liquidity',
  'permanent-difficulty', 'opportunistic', 'forgot', 'already-paid', 'dispute-pending', 'other',
] as const;
export const causeCodeSchema = z.enum(causeCodes);
export type CauseCode = z.infer<typeof causeCodeSchema>;

/** Dispute reasons; the X12 element 426 code of each stands in `disputeReasonX12`. */
export const disputeReasons = [
  'price', 'damaged', 'quality', 'quantity', 'wrong-product', 'payment-terms', 'duplicate-invoice', 'discount',
  'not-accepted', 'service-not-rendered', 'late', 'documents-missing', 'not-received',
] as const;
export const disputeReasonSchema = z.enum(disputeReasons);
export type DisputeReason = z.infer<typeof disputeReasonSchema>;

export const disputeReasonX12: Record<DisputeReason, string> = {
  price: '01', damaged: '04', quality: '05', quantity: '06', 'wrong-product': '07', 'payment-terms': '09',
  'duplicate-invoice': '19', discount: '24', 'not-accepted': '25', 'service-not-rendered': '38', late: '41',
  'documents-missing': '44', 'not-received': '59',
};

export const paymentMethods = ['bank-transfer', 'direct-debit', 'card', 'postal-slip', 'cash', 'other'] as const;
export const paymentMethodSchema = z.enum(paymentMethods);
export type PaymentMethod = z.infer<typeof paymentMethodSchema>;

/** What became of the proof that somebody paid. */
export const proofStates = ['requested', 'received', 'none'] as const;
export const proofStateSchema = z.enum(proofStates);

/** How an invoice goes out again. */
export const resendChannels = ['email', 'pec', 'post', 'message'] as const;
export const resendChannelSchema = z.enum(resendChannels);

/** Who answers a complaint or a privacy request. */
export const taskOwners = ['lead', 'back-office', 'creditor'] as const;
export const taskOwnerSchema = z.enum(taskOwners);

/** Rights of the data subject (GDPR arts. 15–21). */
export const privacyRequestKinds = ['access', 'rectification', 'erasure', 'restriction', 'portability', 'objection'] as const;
export const privacyRequestKindSchema = z.enum(privacyRequestKinds);

/** What is not to be called any more. */
export const refusedContactScopes = ['number', 'person'] as const;
export const refusedContactScopeSchema = z.enum(refusedContactScopes);

export const contactChannels = ['phone-outbound', 'phone-inbound', 'email', 'letter', 'message', 'email-inbound', 'letter-inbound'] as const;
export const contactChannelSchema = z.enum(contactChannels);
export type ContactChannel = (typeof contactChannels)[number];

/** They came to us: no permit is asked for, and why they came is. */
export function isInboundChannel(channel: ContactChannel): boolean {
  switch (channel) {
    case 'phone-inbound': case 'email-inbound': case 'letter-inbound': return true;
    case 'phone-outbound': case 'email': case 'letter': case 'message': return false;
  }
}

/** Why somebody got in touch; several in one call. */
export const contactReasons = [
  'paid', 'bank-details', 'balance', 'not-received', 'wrong-amount', 'service', 'cannot-pay', 'returns-call', 'contact-data', 'complaint', 'privacy', 'other',
] as const;
export const contactReasonSchema = z.enum(contactReasons);
export type ContactReason = (typeof contactReasons)[number];
