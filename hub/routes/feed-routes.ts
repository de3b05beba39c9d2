/** Feed and live, and the end of a desk's lease. */
import { Readable } from 'node:stream';
import type { Transform } from 'node:stream';
import * as zlib from 'node:zlib';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { deviceIdSchema } from '../../shared/id.ts';
import { cursorSchema } from '../../shared/protocol/feed-protocol.ts';
import { openLive } from '../feed/open-live.ts';
import { tellDesk } from '../floor/tell-floor.ts';
import { serveFeed } from '../feed/serve-feed.ts';
import { accept } from '../hub-result.ts';
import { endLease } from '../leases/end-lease.ts';
import type { RouteContext } from './route-context.ts';
import { parseInput, sendRefusal, sendResult } from './route-context.ts';

const MOST_PER_PAGE = 10_000;
const feedQuerySchema = z.object({
  cursor: cursorSchema.default(''),
  device: deviceIdSchema.optional(),
  limit: z.coerce.number().int().min(1).max(MOST_PER_PAGE).optional(),
  ahead: z.literal('1').optional(),
});
const lastEventIdSchema = z.coerce.number().int().nonnegative().catch(0);

export function registerFeedRoutes(app: FastifyInstance, context: RouteContext): void {
  app.get('/v1/feed', async (request, reply) => {
    const query = parseInput(feedQuerySchema, request.query);
    if (!query.ok) return sendRefusal(reply, query);
    context.presence.note(context.sessionOf(request).userId);
    const page = await serveFeed(context.store, context.clock, context.sessionOf(request), query.value);
    request.log.info({ mode: page.mode, entityCount: page.entityCount }, 'feed');
    const lines = Readable.from(joinLines(page.lines));
    reply.header('content-type', 'application/x-ndjson').header('vary', 'accept-encoding');
    const compressor = acceptsZstd(request) ? createCompressor() : null;
    if (compressor === null) return reply.send(lines);
    // A client that goes away ends both streams; the page is read again from its old cursor.
    lines.on('error', (error) => compressor.destroy(error));
    return reply.header('content-encoding', 'zstd').send(lines.pipe(compressor));
  });

  app.post('/v1/leases/end', async (request, reply) => {
    const input = parseInput(z.object({ device: deviceIdSchema }), request.body);
    if (!input.ok) return sendRefusal(reply, input);
    const { userId } = context.sessionOf(request);
    await endLease(context.store, { userId, deviceId: input.value.device });
    context.presence.forget(userId);
    context.telling.floor.leave(userId);
    return sendResult(reply, z.object({}), accept({}));
  });

  app.get('/v1/live', (request, reply) => {
    const session = context.sessionOf(request);
    const lastSeen = lastEventIdSchema.parse(request.headers['last-event-id'] ?? 0);
    reply.hijack();
    const gone = context.presence.open(session.userId);
    const closed = openLive(context.store, reply.raw, {
      lastSeen, expiresInMs: session.accessExpiresAt - context.clock.nowMs(),
      beside: (send) => tellDesk(context.telling, { userId: session.userId, isLead: session.role === 'lead' }, (_event, message) => { send(message); }),
    });
    closed.finally(gone).catch((error: unknown) => {
      request.log.error({ err: error }, 'live');
      reply.raw.destroy();
    });
  });
}

/** Few large chunks instead of thousands of small ones. */
function* joinLines(lines: readonly string[]): Generator<string> {
  const perChunk = 64;
  for (let start = 0; start < lines.length; start += perChunk) yield `${lines.slice(start, start + perChunk).join('\n')}\n`;
}

function acceptsZstd(request: FastifyRequest): boolean {
  const accepted = z.string().catch('').parse(request.headers['accept-encoding']);
  return accepted.split(',').some((entry) => /^\s*zstd\s*(?:;\s*q=(?!0(?:\.0*)?\s*$).*)?$/i.test(entry));
}

/** Node 20 has no zstd: then the feed goes uncompressed. */
function createCompressor(): Transform | null {
  const create: unknown = Reflect.get(zlib, 'createZstdCompress');
  return typeof create === 'function' ? (create as () => Transform)() : null;
}
