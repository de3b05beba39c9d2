/**
 * Push: `POST /v1/devices/:deviceId/facts` (design §4).
 *
 * Invariants: a batch is contiguous; the hub stores facts, effects and the device's last
 * link in one transaction and answers that link; repeats are harmless; nothing is refused
 * for a business reason. A fact whose person was erased travels as its link alone, salt and
 * body null: the chain goes on, and `bodyHash` still says what the body was.
 */
import { z } from 'zod';
import { chainedFactSchema, sha256HexSchema } from '../facts/fact-header.ts';

export const MAX_FACTS_PER_PUSH = 200;

/** A fact that moves a customer changes a whole case at the hub: so many go at once, that nobody waits for one transaction. */
export const MAX_MOVES_PER_PUSH = 25;

export const pushRequestSchema = z.object({ facts: z.array(chainedFactSchema).min(1).max(MAX_FACTS_PER_PUSH) });
export type PushRequest = z.infer<typeof pushRequestSchema>;

/** The last link the hub has of a device; seq 0 and hash null when it has none. */
export const deviceLinkSchema = z.object({ lastSeq: z.int().nonnegative(), lastHash: sha256HexSchema.nullable() });
export type DeviceLink = z.infer<typeof deviceLinkSchema>;

export const pushReplySchema = z.discriminatedUnion('status', [
  /** Everything up to `lastSeq` is durable at the hub. HTTP 200. */
  deviceLinkSchema.extend({ status: z.literal('stored') }),
  /** The batch starts after what the hub has: push again from `lastSeq + 1`. HTTP 409. */
  deviceLinkSchema.extend({ status: z.literal('gap') }),
  /** The hub knows another history of this device: take a new device id and re-chain. HTTP 409. */
  deviceLinkSchema.extend({ status: z.literal('fork') }),
]);
export type PushReply = z.infer<typeof pushReplySchema>;
