/**
 * An operator's account at the exchange, as the hub provides it at sign-in.
 *
 * Invariant: it never reaches a page; the password stands in no log, no event, no error.
 */
import { z } from 'zod';

const word = z.string().regex(/^[A-Za-z0-9._+-]{1,64}$/);

export const telephoneAccountSchema = z.object({
  /** `wss://…`; plain `ws://` is for an exchange on the same machine. */
  server: z.url({ protocol: /^wss?$/ }),
  domain: z.string().regex(/^[A-Za-z0-9.-]{1,253}$/),
  user: word,
  /** What the digest is made with, where it is not the user. */
  authenticationUser: word.nullable(),
  password: z.string().min(1).max(200),
  /** PEM of a private authority that signed the exchange's certificate. */
  privateAuthority: z.string().nullable(),
  /** How digits are sent: in the sound (RFC 4733) or as INFO, for exchanges that know only that. */
  tones: z.enum(['sound', 'info']),
  /** How long it rings at the other end before we give up. */
  ringForMs: z.int().min(5_000).max(180_000),
});
export type TelephoneAccount = z.infer<typeof telephoneAccountSchema>;
