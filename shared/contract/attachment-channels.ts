/** What is attached to a case, whole, to be saved where the operator says. */
import { z } from 'zod';
import { caseIdSchema, factIdSchema } from '../id.ts';
import type { ChannelMap } from './channel.ts';
import { channel } from './channel.ts';

export const attachmentQueries = {
  /** From this desk while its blob is held here, else from the hub. */
  'read-attachment': channel(z.object({ caseId: caseIdSchema, factId: factIdSchema }), z.object({ fileName: z.string(), bytes: z.instanceof(Uint8Array) })),
} as const satisfies ChannelMap;
