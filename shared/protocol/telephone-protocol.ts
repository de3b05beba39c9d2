/**
 * The agency's telephone as the hub keeps it: one exchange, an account per operator, a caller number per creditor.
 *
 *   GET  /v1/telephone                       → overview (administrators); nobody's password
 *   PUT  /v1/telephone/exchange              exchange | null → overview
 *   PUT  /v1/telephone/accounts/:userId      account draft; `password` null keeps the one there is → overview
 *   DELETE /v1/telephone/accounts/:userId    → overview
 *   PUT  /v1/telephone/caller-ids/:creditorId  {number | null} → overview
 *   GET  /v1/telephone/own                   → what the caller's own softphone needs, and nobody else's
 *
 * Invariant: a password goes in by `PUT` and comes out by `own`, to its owner; it stands in no other answer, no feed and no log.
 */
import { z } from 'zod';
import { creditorIdSchema, userIdSchema } from '../id.ts';
import { telephoneAccountSchema } from '../telephone/account.ts';

/** What is dialled for a feature of the exchange about an extension: digits and stars, and once `{extension}`. */
export const featureCodeSchema = z.string().regex(/^[0-9*]{1,12}\{extension\}[0-9*]{0,4}$/).refine((code) => code.includes('*'), { message: 'a number without a star could be a customer\'s' });
/** Null: this exchange offers none. */
export const featureCodesSchema = z.object({ listen: featureCodeSchema.nullable(), whisper: featureCodeSchema.nullable(), barge: featureCodeSchema.nullable() });
export type FeatureCodes = z.infer<typeof featureCodesSchema>;

/** Plain `ws://` is for an exchange on the same machine. */
export const telephoneExchangeSchema = telephoneAccountSchema
  .pick({ server: true, domain: true, privateAuthority: true, tones: true, ringForMs: true })
  .extend({ features: featureCodesSchema.optional() })
  .refine(({ server }) => server.startsWith('wss:') || ['localhost', '127.0.0.1', '[::1]'].includes(hostOf(server)), { message: 'not encrypted', path: ['server'] });
export type TelephoneExchange = z.infer<typeof telephoneExchangeSchema>;

function hostOf(server: string): string {
  return /^wss?:\/\/(\[[^\]]*\]|[^/:?#]*)/.exec(server)?.[1] ?? '';
}

export const telephoneAccountDraftSchema = telephoneAccountSchema
  .pick({ user: true, authenticationUser: true })
  .extend({ password: telephoneAccountSchema.shape.password.nullable() });
export type TelephoneAccountDraft = z.infer<typeof telephoneAccountDraftSchema>;

/** A number that customers see, in E.164. */
export const callerNumberSchema = z.string().regex(/^\+[1-9][0-9]{5,14}$/);
export const callerIdDraftSchema = z.object({ number: callerNumberSchema.nullable() });

export const telephoneOverviewSchema = z.object({
  exchange: telephoneExchangeSchema.nullable(),
  people: z.array(z.object({
    userId: userIdSchema, username: z.string(), displayName: z.string(),
    account: telephoneAccountSchema.pick({ user: true, authenticationUser: true }).nullable(),
  })),
  callerIds: z.array(z.object({ creditorId: creditorIdSchema, creditorName: z.string(), number: callerNumberSchema.nullable() })),
});
export type TelephoneOverview = z.infer<typeof telephoneOverviewSchema>;

/** Why somebody has no account: told on the line's place in the app bar. */
export const noAccountReasons = ['no-exchange', 'no-account', 'account-unreadable'] as const;

export const ownTelephoneSchema = z.object({
  account: telephoneAccountSchema.nullable(),
  /** Null with an account. */
  reason: z.enum(noAccountReasons).nullable(),
  callerIds: z.array(z.object({ creditorId: creditorIdSchema, number: callerNumberSchema })),
});
export type OwnTelephone = z.infer<typeof ownTelephoneSchema>;
