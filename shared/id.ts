/**
 * The only place that makes ids and random bytes.
 *
 * Invariant: ids are opaque, time-ordered (UUIDv7, RFC 9562 §5.7) and branded, so that a
 * case id can never be handed to a function that wants a fact id.
 */
import { bytesToHex } from '@noble/hashes/utils.js';
import { v7 as uuidv7 } from 'uuid';
import { z } from 'zod';

const uuidSchema = z.uuid();

export const factIdSchema = uuidSchema.brand<'FactId'>();
export const deviceIdSchema = uuidSchema.brand<'DeviceId'>();
export const caseIdSchema = uuidSchema.brand<'CaseId'>();
export const customerIdSchema = uuidSchema.brand<'CustomerId'>();
export const creditorIdSchema = uuidSchema.brand<'CreditorId'>();
export const invoiceIdSchema = uuidSchema.brand<'InvoiceId'>();
export const numberIdSchema = uuidSchema.brand<'NumberId'>();
export const userIdSchema = uuidSchema.brand<'UserId'>();
export const callIdSchema = uuidSchema.brand<'CallId'>();
export const commandIdSchema = uuidSchema.brand<'CommandId'>();
export const hubIdSchema = uuidSchema.brand<'HubId'>();
export const flagIdSchema = uuidSchema.brand<'FlagId'>();
/** Names a plan of sharing that a desk holds; nothing of it is kept. */
export const sharePlanIdSchema = uuidSchema.brand<'SharePlanId'>();
export const attachmentIdSchema = uuidSchema.brand<'AttachmentId'>();
export const partyIdSchema = uuidSchema.brand<'PartyId'>();
export const importFileIdSchema = uuidSchema.brand<'ImportFileId'>();
export const importJobIdSchema = uuidSchema.brand<'ImportJobId'>();
/** Of a payment: the id of the fact that records it, or one of a paid list. */
export const paymentIdSchema = uuidSchema.brand<'PaymentId'>();

export type FactId = z.infer<typeof factIdSchema>;
export type DeviceId = z.infer<typeof deviceIdSchema>;
export type CaseId = z.infer<typeof caseIdSchema>;
export type CustomerId = z.infer<typeof customerIdSchema>;
export type CreditorId = z.infer<typeof creditorIdSchema>;
export type InvoiceId = z.infer<typeof invoiceIdSchema>;
export type NumberId = z.infer<typeof numberIdSchema>;
export type UserId = z.infer<typeof userIdSchema>;
export type CallId = z.infer<typeof callIdSchema>;
export type CommandId = z.infer<typeof commandIdSchema>;
export type HubId = z.infer<typeof hubIdSchema>;
export type FlagId = z.infer<typeof flagIdSchema>;
export type SharePlanId = z.infer<typeof sharePlanIdSchema>;
export type AttachmentId = z.infer<typeof attachmentIdSchema>;
export type PartyId = z.infer<typeof partyIdSchema>;
export type ImportFileId = z.infer<typeof importFileIdSchema>;
export type ImportJobId = z.infer<typeof importJobIdSchema>;
export type PaymentId = z.infer<typeof paymentIdSchema>;

/** A fresh id of any brand: `newId<FactId>()`. */
export function newId<Id extends string>(): Id {
  return uuidv7() as unknown as Id;
}

/** `byteCount` random bytes as lower-case hexadecimal: salts, tokens, feed tags. */
export function newRandomHex(byteCount: number): string {
  const bytes = new Uint8Array(byteCount);
  globalThis.crypto.getRandomValues(bytes);
  return bytesToHex(bytes);
}

/** A random number in [0, 1), for jitter only. */
export function randomFraction(): number {
  const word = new Uint32Array(1);
  globalThis.crypto.getRandomValues(word);
  return (word[0] ?? 0) / 2 ** 32;
}

/** Stands for whoever did something where a reader may not know who (domain §3.11). */
export const hiddenUserId = '00000000-0000-0000-0000-000000000000' as UserId;
