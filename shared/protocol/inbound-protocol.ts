/**
 * Who is calling, between hub and desk (ADR 0026).
 *
 *   GET  /v1/directory?cursor=…     → one page: for each case its creditor and the keyed hashes by which it is reached
 *   POST /v1/look-ups               {caseId, reason, callId} → the case as the feed gives it; logged
 *   POST /v1/look-ups/names         {caseIds, callId} → names to choose among, of one creditor; each logged
 *   POST /v1/look-ups/search        {text, creditorId, callId} → at most 20 cases of one creditor, or which creditors have some; logged
 *   POST /v1/look-ups/again         {caseId, etag} → the case if it changed since; only after a look-up of one's own, not logged again
 *
 * Invariants: the directory holds no name, no amount and no number; no answer ever holds two creditors' customers; what was searched for is
 * kept nowhere.
 */
import { z } from 'zod';
import { callIdSchema, caseIdSchema, creditorIdSchema } from '../id.ts';
import { jsonObjectSchema } from '../json-object.ts';
import { instantSchema } from '../time.ts';

const hashSchema = z.string().regex(/^[0-9a-f]{16}$/);

export const directoryPageSchema = z.object({
  /** 256 bits, hexadecimal: what the hashes of this page are keyed with. */
  key: z.string().regex(/^[0-9a-f]{64}$/),
  /** True: this page begins anew, and what an earlier run brought goes when the run has ended. */
  fromStart: z.boolean(),
  /** Each replaces all that was held of its case; without hashes the case is reached by nothing. */
  /** All that the agency serves, by name. */
  creditors: z.array(z.object({ creditorId: creditorIdSchema, creditorName: z.string() })),
  entries: z.array(z.tuple([caseIdSchema, creditorIdSchema, z.array(hashSchema)])),
  cursor: z.string().max(60),
  more: z.boolean(),
});
export type DirectoryPage = z.infer<typeof directoryPageSchema>;

export const lookUpReasons = ['ring', 'choice', 'search', 'search-words'] as const;
export type LookUpReason = (typeof lookUpReasons)[number];

/** For how long a look-up stands for what is done about the case after it. */
export const LOOK_UP_COUNTS_MS = 7 * 86_400_000;
export const SEARCH_LEAST_LETTERS = 3;
export const SEARCH_MOST_FOUND = 20;

export const lookUpRequestSchema = z.object({ caseId: caseIdSchema, reason: z.enum(['ring', 'search']), callId: callIdSchema.nullable() });

/** Somebody else is in a call about the case now; never who. */
export const colleagueSchema = z.object({ sinceMs: instantSchema, extension: z.string().max(10).nullable() });
export type Colleague = z.infer<typeof colleagueSchema>;

const feedCaseSchema = z.object({ caseId: caseIdSchema, revision: z.int().positive(), body: jsonObjectSchema, etag: z.string().max(64) });
export const lookUpReplySchema = feedCaseSchema.extend({ colleague: colleagueSchema.nullable() });
export type LookUpReply = z.infer<typeof lookUpReplySchema>;

export const lookAgainRequestSchema = z.object({ caseId: caseIdSchema, etag: z.string().max(64) });
/** `gone`: erased, or never looked up by who asks. */
export const lookAgainReplySchema = z.discriminatedUnion('state', [
  z.object({ state: z.literal('same'), colleague: colleagueSchema.nullable() }),
  z.object({ state: z.literal('changed'), ...lookUpReplySchema.shape }),
  z.object({ state: z.literal('gone') }),
]);

export const foundNameSchema = z.object({
  caseId: caseIdSchema, creditorId: creditorIdSchema, creditorName: z.string(), customerName: z.string(), customerCode: z.string(),
});
export type FoundName = z.infer<typeof foundNameSchema>;

export const lookUpNamesRequestSchema = z.object({ caseIds: z.array(caseIdSchema).min(1).max(SEARCH_MOST_FOUND), callId: callIdSchema.nullable() });
export const lookUpNamesReplySchema = z.object({ rows: z.array(foundNameSchema) });

export const lookUpSearchRequestSchema = z.object({
  text: z.string().trim().min(SEARCH_LEAST_LETTERS).max(100), creditorId: creditorIdSchema.nullable(), callId: callIdSchema.nullable(),
});
/** Of more than one creditor: which, and no row; ask again for one of them. */
export const lookUpSearchReplySchema = z.object({
  rows: z.array(foundNameSchema),
  more: z.boolean(),
  creditors: z.array(z.object({ creditorId: creditorIdSchema, creditorName: z.string() })),
});
export type LookUpSearchReply = z.infer<typeof lookUpSearchReplySchema>;
