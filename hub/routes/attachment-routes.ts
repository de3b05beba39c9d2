/** Attachments: how far each is, one chunk, and the whole. */
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { factIdSchema } from '../../shared/id.ts';
import {
  ATTACHMENT_CHUNK_BYTES, CHUNK_CHECKSUM_HEADER, CHUNK_CONTENT_TYPE, chunkChecksumSchema, chunkQuerySchema, chunkReplySchema, offsetsReplySchema,
  offsetsRequestSchema,
} from '../../shared/protocol/attachment-protocol.ts';
import { readAttachment } from '../attachments/read-attachment.ts';
import { readUploads, receiveChunk } from '../attachments/receive-attachment.ts';
import { accept, refuse } from '../hub-result.ts';
import type { RouteContext } from './route-context.ts';
import { parseInput, sendRefusal, sendResult } from './route-context.ts';

const paramsSchema = z.object({ factId: factIdSchema });

export function registerAttachmentRoutes(app: FastifyInstance, context: RouteContext): void {
  const { store, clock, blobs } = context;
  const hub = { store, clock, blobs };

  app.addContentTypeParser(CHUNK_CONTENT_TYPE, { parseAs: 'buffer' }, (_request, body, done) => {
    done(null, body);
  });

  app.post('/v1/attachments/offsets', async (request, reply) => {
    const input = parseInput(offsetsRequestSchema, request.body);
    if (!input.ok) return sendRefusal(reply, input);
    const uploads = await readUploads(hub, context.sessionOf(request).userId, input.value.factIds);
    return sendResult(reply, offsetsReplySchema, accept({ uploads }));
  });

  app.patch('/v1/attachments/:factId', { bodyLimit: ATTACHMENT_CHUNK_BYTES }, async (request, reply) => {
    const params = parseInput(paramsSchema, request.params);
    if (!params.ok) return sendRefusal(reply, params);
    const query = parseInput(chunkQuerySchema, request.query);
    if (!query.ok) return sendRefusal(reply, query);
    const sha256 = parseInput(chunkChecksumSchema, request.headers[CHUNK_CHECKSUM_HEADER]);
    if (!sha256.ok) return sendRefusal(reply, sha256);
    if (!(request.body instanceof Uint8Array)) return sendRefusal(reply, refuse(400, 'chunk-missing', `Send the bytes as ${CHUNK_CONTENT_TYPE}.`));
    const { userId } = context.sessionOf(request);
    const received = await receiveChunk(hub, {
      factId: params.value.factId, actor: userId, offset: query.value.offset, bytes: request.body, sha256: sha256.value,
    });
    if (!received.ok) return sendRefusal(reply, received);
    const { taken, upload } = received.value;
    request.log.info({ byteCount: request.body.length, status: upload.status }, 'chunk');
    return sendResult(reply, chunkReplySchema, accept(upload), taken || upload.status !== 'waiting' ? 200 : 409);
  });

  app.get('/v1/attachments/:factId', async (request, reply) => {
    const params = parseInput(paramsSchema, request.params);
    if (!params.ok) return sendRefusal(reply, params);
    const found = await readAttachment(store, blobs, context.sessionOf(request), params.value.factId);
    if (!found.ok) return sendRefusal(reply, found);
    const { body, sizeBytes, stream } = found.value;
    return reply
      .header('content-type', 'application/octet-stream')
      .header('content-length', sizeBytes)
      .header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(body.fileName)}`)
      .header('x-content-type-options', 'nosniff')
      .header('cache-control', 'no-store')
      .send(stream);
  });
}
