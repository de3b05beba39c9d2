/**
 * The header of a fact: everything that is hashed into the chain and never erased.
 *
 * Invariant: headers hold no personal data (ids, times, hashes only), so that the salt and
 * body of a person's facts can be deleted while the chain still verifies (design §4).
 * Fields that a newer version adds are kept and hashed as they came: parse loosely, store raw.
 */
import { z } from 'zod';
import { callIdSchema, caseIdSchema, customerIdSchema, deviceIdSchema, factIdSchema, userIdSchema } from '../id.ts';
import { jsonObjectSchema } from '../json-object.ts';
import { instantSchema } from '../time.ts';

export const sha256HexSchema = z.string().regex(/^[0-9a-f]{64}$/);

/** What the operator saw when the fact happened. */
export const basedOnSchema = z.looseObject({
  caseRevision: z.int().nonnegative().nullable(),
  scriptVersion: z.string().nullable(),
  policyVersion: z.string().nullable(),
});

export const factHeaderSchema = z.looseObject({
  deviceId: deviceIdSchema,
  /** 1, 2, 3 … without gaps per device. */
  seq: z.int().positive(),
  id: factIdSchema,
  type: z.string().min(1).max(80),
  version: z.int().positive(),
  caseId: caseIdSchema.optional(),
  customerId: customerIdSchema.optional(),
  callId: callIdSchema.optional(),
  /** UTC milliseconds by the desk's clock. */
  at: instantSchema,
  /** IANA zone of the desk. */
  zone: z.string(),
  actor: userIdSchema,
  basedOn: basedOnSchema,
  /** Where the fact stood before the device forked; only on re-chained facts. */
  origin: z.looseObject({ deviceId: deviceIdSchema, seq: z.int().positive() }).optional(),
  bodyHash: sha256HexSchema,
  prev: sha256HexSchema,
  hash: sha256HexSchema,
});
export type FactHeader = z.infer<typeof factHeaderSchema>;

/** A whole fact, as it travels and as it is stored. */
export const factSchema = z.object({
  header: factHeaderSchema,
  /** 32 random bytes, hexadecimal. */
  salt: z.string().regex(/^[0-9a-f]{64}$/),
  body: jsonObjectSchema,
});
export type Fact = z.infer<typeof factSchema>;

/** What is left of a fact once its person was erased: the link, without salt and body. */
export const erasedFactSchema = z.object({ header: factHeaderSchema, salt: z.null(), body: z.null() });
export type ErasedFact = z.infer<typeof erasedFactSchema>;

/** A link of a chain, with its content or erased; never with a half of it. */
export const chainedFactSchema = z.union([factSchema, erasedFactSchema]);
export type ChainedFact = z.infer<typeof chainedFactSchema>;

/** `prev` of the first fact of a device. */
export const GENESIS_HASH = '0'.repeat(64);
