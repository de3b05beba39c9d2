/**
 * The bodies of the facts, by type and version.
 *
 * Invariant: a published version never changes. A new need is a new version with an upcast
 * from the old one; a type this build does not know is kept raw and replayed after an upgrade.
 */
import { z } from 'zod';
import { causeCodeSchema, disputeReasonSchema, outcomeCodeSchema, paymentMethodSchema } from '../case/outcome-codes.ts';
import { attachmentIdSchema, factIdSchema, invoiceIdSchema, numberIdSchema } from '../id.ts';
import { instantSchema, plainDateSchema, zoneSchema } from '../time.ts';

export const currencySchema = z.string().regex(/^[A-Z]{3}$/);
const noteSchema = z.string().max(4000);

export const promiseDetailSchema = z.object({
  amountCents: z.int().positive(),
  currency: currencySchema,
  dueOn: plainDateSchema,
  method: paymentMethodSchema,
  invoiceIds: z.array(invoiceIdSchema),
});

export const disputeDetailSchema = z.object({
  reason: disputeReasonSchema,
  invoiceId: invoiceIdSchema,
  /** The disputed part; null when the whole invoice is disputed. */
  amountCents: z.int().positive().nullable(),
  currency: currencySchema,
});

export const callbackDetailSchema = z.object({
  at: instantSchema,
  zone: zoneSchema,
  audience: z.enum(['only-me', 'anyone']),
});

export const outcomeBodySchema = z
  .object({
    code: outcomeCodeSchema,
    channel: z.enum(['phone-outbound', 'phone-inbound']),
    numberId: numberIdSchema.nullable(),
    cause: causeCodeSchema.nullable(),
    note: noteSchema.nullable(),
    promise: promiseDetailSchema.nullable(),
    dispute: disputeDetailSchema.nullable(),
    callback: callbackDetailSchema.nullable(),
  })
  .superRefine((body, context) => {
    const needs = { promise: body.code === 'PTP', dispute: body.code === 'DSP', callback: body.code === 'CBK' };
    for (const part of ['promise', 'dispute', 'callback'] as const) {
      if (needs[part] !== (body[part] !== null)) {
        context.addIssue({ code: 'custom', path: [part], message: `${part} does not fit ${body.code}` });
      }
    }
  });
export type OutcomeBody = z.infer<typeof outcomeBodySchema>;

/** Replaces (or, with `replacement` null, annuls) an earlier outcome; the target is always the first fact. */
export const correctionBodySchema = z.object({
  targetFactId: factIdSchema,
  replacement: outcomeBodySchema.nullable(),
  reason: z.string().min(3).max(500),
});
export type CorrectionBody = z.infer<typeof correctionBodySchema>;

export const noteBodySchema = z.object({ text: noteSchema.min(1) });
export type NoteBody = z.infer<typeof noteBodySchema>;

/** 20 MiB: under data, like the rest of a published version. */
const MAX_ATTACHED_BYTES = 20 * 1024 * 1024;

/** What was attached; the bytes travel apart (`attachment-protocol.ts`) and are known by this fact. */
export const attachmentBodySchema = z.object({
  /** Names the sealed blob on the desk that made it. */
  attachmentId: attachmentIdSchema,
  fileName: z.string().min(1).max(200),
  mediaType: z.string().regex(/^[\w.+-]+\/[\w.+-]+$/).max(100),
  sizeBytes: z.int().positive().max(MAX_ATTACHED_BYTES),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  note: noteSchema.nullable(),
});
export type AttachmentBody = z.infer<typeof attachmentBodySchema>;

/** A fact's body as this build understands it; `unknown` is kept, shown as such and has no effect. */
export type KnownBody =
  | { type: 'outcome-recorded'; body: OutcomeBody }
  | { type: 'outcome-corrected'; body: CorrectionBody }
  | { type: 'note-added'; body: NoteBody }
  | { type: 'attachment-added'; body: AttachmentBody }
  | { type: 'unknown' };

/** Newest version of each type that this build writes. */
export const factVersions = { 'outcome-recorded': 1, 'outcome-corrected': 1, 'note-added': 1, 'attachment-added': 1 } as const;
export type FactType = keyof typeof factVersions;

/** Reads a body of any version: upcasts old ones, answers `unknown` for what is newer or malformed. */
export function readBody(type: string, version: number, body: unknown): KnownBody {
  switch (`${type}@${String(version)}`) {
    case 'outcome-recorded@1':
      return readAs(outcomeBodySchema, body, (parsed) => ({ type: 'outcome-recorded', body: parsed }));
    case 'outcome-corrected@1':
      return readAs(correctionBodySchema, body, (parsed) => ({ type: 'outcome-corrected', body: parsed }));
    case 'note-added@1':
      return readAs(noteBodySchema, body, (parsed) => ({ type: 'note-added', body: parsed }));
    case 'attachment-added@1':
      return readAs(attachmentBodySchema, body, (parsed) => ({ type: 'attachment-added', body: parsed }));
    default:
      return { type: 'unknown' };
  }
}

function readAs<T>(schema: z.ZodType<T>, body: unknown, wrap: (parsed: T) => KnownBody): KnownBody {
  const parsed = schema.safeParse(body);
  return parsed.success ? wrap(parsed.data) : { type: 'unknown' };
}
