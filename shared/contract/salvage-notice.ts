/** What the operator is told of a damaged store: what is on its way all the same, what is gone, what may be. */
import { z } from 'zod';
import { instantSchema } from '../time.ts';

/** Of what no list can be made when it is gone: drafts, calls that came in and are nobody's yet, the operator's settings. */
export const tablesPerhapsLost = ['drafts', 'telephone_calls', 'settings'] as const;

export const lostKinds = ['outcome', 'correction', 'note', 'attachment', 'call', 'call-script', 'unknown'] as const;

/** What became of a store that was damaged: shown until the operator has seen it. */
export const salvageNoticeSchema = z.object({
  at: instantSchema,
  /** Unsent facts that were read whole and are on their way. */
  salvaged: z.int().nonnegative(),
  /** `call`: of which nobody knows here whether its outcome was told; `call-script`: the call stands, its place in the script does not. */
  lost: z.array(z.object({ kind: z.enum(lostKinds), at: instantSchema.nullable(), customerName: z.string().nullable() })),
  /** A part of these could not be read; what stood in it nobody knows. */
  perhapsLost: z.array(z.enum(tablesPerhapsLost)).default([]),
});
export type SalvageNotice = z.infer<typeof salvageNoticeSchema>;
