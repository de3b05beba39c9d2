/**
 * The field's code lists as data (domain §4). Labels live in the locales under
 * `outcome.<code>`, `cause.<code>` and so on; the code drives behaviour, the class statistics.
 */
import { z } from 'zod';

/** success counts as a right-party contact too. */
export type OutcomeClass = 'success' | 'right-party' | 'reach' | 'attempt' | 'fail' | 'stop';

export const outcomeCodes = [
  'PTP', 'PLN', 'PAID', 'DSP', 'RES', 'REF', 'RPC', 'CBK', 'TPC', 'LM', 'AM', 'HU', 'NA', 'LB', 'WN', 'DC', 'DEC',
  'INS', 'DNC', 'IDR', 'LAW', 'SET', 'PPY', 'TRN', 'CMP', 'PRV', 'LNG', 'MIN', 'DRP',
] as const;
export const outcomeCodeSchema = z.enum(outcomeCodes);
export type OutcomeCode = z.infer<typeof outcomeCodeSchema>;

export const outcomeClassOf: Record<OutcomeCode, OutcomeClass> = {
  PTP: 'success', PLN: 'success', PAID: 'success', DSP: 'success', RES: 'success', SET: 'success', PPY: 'success',
  REF: 'right-party', RPC: 'right-party', CMP: 'right-party', PRV: 'right-party', CBK: 'right-party', TRN: 'right-party',
  TPC: 'reach', LM: 'reach', LNG: 'reach', MIN: 'reach', IDR: 'reach',
  AM: 'attempt', HU: 'attempt', NA: 'attempt', LB: 'attempt', DRP: 'attempt',
  WN: 'fail', DC: 'fail',
  DEC: 'stop', INS: 'stop', DNC: 'stop', LAW: 'stop',
};

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
