/**
 * Who is calling, as the page sees it (ADR 0026).
 *
 * Invariants: one answer is of one creditor, whoever called; where the called number is nobody's and several creditors know the caller, the
 * answer says which creditors and no name. A number proves nothing: what is told here prepares the operator, the gate stays shut.
 */
import { z } from 'zod';
import { callIdSchema, caseIdSchema, commandIdSchema, creditorIdSchema } from '../id.ts';
import { colleagueSchema, foundNameSchema, SEARCH_LEAST_LETTERS } from '../protocol/inbound-protocol.ts';
import { instantSchema } from '../time.ts';
import type { ChannelMap } from './channel.ts';
import { channel } from './channel.ts';

/** `unknown`: no number; `extension`: a colleague; `nobody`: the number is in no case; `creditors`: in cases of several, who is meant is asked first. */
export const callerKinds = ['unknown', 'extension', 'nobody', 'one', 'several', 'creditors'] as const;
/** `here`: it can be opened; `fetching`; `offline`: it is another's, and the hub is not there; `gone`: the hub does not know it any more. */
export const matchStates = ['here', 'fetching', 'offline', 'gone'] as const;

const creditorSchema = z.object({ creditorId: creditorIdSchema, creditorName: z.string() });

export const callerMatchSchema = z.object({
  caseId: caseIdSchema,
  /** Null until the hub has said it. */
  customerName: z.string().nullable(),
  customerCode: z.string().nullable(),
  state: z.enum(matchStates),
  /** Somebody else is in a call about it. */
  colleague: colleagueSchema.nullable(),
});
export type CallerMatch = z.infer<typeof callerMatchSchema>;

export const callerScreenSchema = z.object({
  callId: callIdSchema,
  kind: z.enum(callerKinds),
  /** Whose customers are answered. */
  creditor: creditorSchema.nullable(),
  /** It is the creditor's number that was called: then, and only then, it is answered in the creditor's name. A caller's number proves nothing. */
  isCalled: z.boolean(),
  creditors: z.array(creditorSchema),
  matches: z.array(callerMatchSchema),
  /** `none`: the hub has none, or nobody asked it yet; then own cases only are found. */
  directory: z.enum(['none', 'filling', 'whole']),
});
export type CallerScreen = z.infer<typeof callerScreenSchema>;

export const inboundQueries = {
  'show-caller': channel(z.object({ callId: callIdSchema, creditorId: creditorIdSchema.nullable() }), callerScreenSchema),
  /** Asks the hub; without it, own and served cases answer. */
  'search-callers': channel(
    z.object({ text: z.string().trim().min(SEARCH_LEAST_LETTERS).max(100), creditorId: creditorIdSchema.nullable(), callId: callIdSchema.nullable() }),
    z.object({ rows: z.array(foundNameSchema), more: z.boolean(), creditors: z.array(creditorSchema), isOffline: z.boolean() }),
  ),
  /** What was served lately, newest first. */
  'list-served': channel(z.object({}), z.object({ rows: z.array(foundNameSchema.extend({ servedAtMs: instantSchema })) })),
} as const satisfies ChannelMap;

export const inboundCommands = {
  /** So that it can be opened: asked of the hub where it is not here, and logged there. */
  'serve-case': channel(
    z.object({ commandId: commandIdSchema, caseId: caseIdSchema, reason: z.enum(['ring', 'search']), callId: callIdSchema.nullable() }),
    z.object({ caseId: caseIdSchema }),
  ),
} as const satisfies ChannelMap;
