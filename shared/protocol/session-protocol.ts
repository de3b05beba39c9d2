/**
 * Sign-in at the hub, tokens and the recovery key.
 *
 * Invariant: tokens are opaque and short; the desk's password and keys never travel except
 * the password at sign-in, over a connection the operator's administrator chose.
 */
import { z } from 'zod';
import { hubIdSchema, userIdSchema } from '../id.ts';
import { instantSchema } from '../time.ts';

export const PROTOCOL_VERSION = 1;

/** `inbound`: answers customers who call; has no list of its own (ADR 0026). A desk of before refuses to sign such a person in. */
export const roles = ['collector', 'lead', 'admin', 'inbound'] as const;
export const roleSchema = z.enum(roles);
export type Role = z.infer<typeof roleSchema>;

export const userSchema = z.object({ userId: userIdSchema, username: z.string(), displayName: z.string(), role: roleSchema });
export type User = z.infer<typeof userSchema>;

export const hubInfoSchema = z.object({
  hubId: hubIdSchema, name: z.string(), protocolVersion: z.int(), version: z.string(),
  /** Nobody can sign in yet: the next step is `POST /v1/setup`. Hubs before 1.0 did not say. */
  needsSetup: z.boolean().default(false),
});
export type HubInfo = z.infer<typeof hubInfoSchema>;

export const signInRequestSchema = z.object({ username: z.string().min(1).max(100), password: z.string().min(1).max(200) });

export const tokensSchema = z.object({
  accessToken: z.string(),
  accessExpiresAt: instantSchema,
  refreshToken: z.string(),
  refreshExpiresAt: instantSchema,
});
export type Tokens = z.infer<typeof tokensSchema>;

export const signInReplySchema = z.object({
  hubId: hubIdSchema,
  /** The agency's name, as operators say it on the phone. */
  agencyName: z.string(),
  user: userSchema,
  tokens: tokensSchema,
  /** 256 bits, hexadecimal, one per person: opens this person's stores after a password reset. */
  recoveryKey: z.string().regex(/^[0-9a-f]{64}$/),
});
export type SignInReply = z.infer<typeof signInReplySchema>;

export const refreshRequestSchema = z.object({ refreshToken: z.string() });
export const refreshReplySchema = z.object({ tokens: tokensSchema });

/** Every error of the hub's API. */
export const hubErrorSchema = z.object({
  error: z.object({ code: z.string(), message: z.string(), details: z.record(z.string(), z.json()).optional() }),
});
export type HubError = z.infer<typeof hubErrorSchema>;
