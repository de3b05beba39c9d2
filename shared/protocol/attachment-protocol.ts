/**
 * Attachments: the fact `attachment-added` says what the file is; its bytes follow by themselves.
 *
 *   POST  /v1/attachments/offsets          how far the hub is with each file (asked first, always)
 *   PATCH /v1/attachments/:factId?offset=  one chunk, with its own checksum
 *   GET   /v1/attachments/:factId          the file, for whoever holds the case, and leads
 *
 * Invariants: a file is known by the fact that carries it; only that fact's actor uploads it;
 * `stored` is said only when the whole SHA-256 matches and file and row are durable; everything
 * before that is a hint that the next question corrects, so any request may be lost or repeated.
 */
import { z } from 'zod';
import { sha256HexSchema } from '../facts/fact-header.ts';
import { factIdSchema } from '../id.ts';

export const MAX_ATTACHMENT_BYTES = 20 * 1024 * 1024;
export const ATTACHMENT_CHUNK_BYTES = 256 * 1024;
export const MAX_OFFSETS_PER_QUESTION = 500;

/** The body of a chunk is its bytes and nothing else. */
export const CHUNK_CONTENT_TYPE = 'application/offset+octet-stream';
/** SHA-256 of the chunk, hexadecimal. */
export const CHUNK_CHECKSUM_HEADER = 'x-chunk-sha256';

export const chunkQuerySchema = z.object({ offset: z.coerce.number().int().nonnegative().max(MAX_ATTACHMENT_BYTES) });
export const chunkChecksumSchema = sha256HexSchema;

export const offsetsRequestSchema = z.object({ factIds: z.array(factIdSchema).min(1).max(MAX_OFFSETS_PER_QUESTION) });

/** How the hub stands with one file. */
export const uploadStateSchema = z.object({
  factId: factIdSchema,
  /**
   * waiting: send from `receivedBytes` on. stored: whole and durable. unknown: the hub has no such fact of this
   * person (yet). erased: the person was erased; nothing may be sent any more.
   */
  status: z.enum(['waiting', 'stored', 'unknown', 'erased']),
  receivedBytes: z.int().nonnegative(),
});
export type UploadState = z.infer<typeof uploadStateSchema>;

export const offsetsReplySchema = z.object({ uploads: z.array(uploadStateSchema) });

/** Answer to a chunk. 200: taken. 409: not at this offset, or the whole did not match and starts again at 0. */
export const chunkReplySchema = uploadStateSchema;
