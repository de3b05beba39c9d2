/** What every route works with, and how it answers. */
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import type { Clock } from '../../shared/time.ts';
import type { BlobFolder } from '../attachments/blob-folder.ts';
import type { HubResult } from '../hub-result.ts';
import { errorBody, refuse } from '../hub-result.ts';
import type { FloorTelling } from '../floor/tell-floor.ts';
import type { Presence } from '../lead/presence.ts';
import type { HubStore } from '../store/hub-store.ts';
import type { Session } from '../users/find-session.ts';

export interface RouteContext {
  store: HubStore;
  clock: Clock;
  dataDir: string;
  /** The files of attachments. */
  blobs: BlobFolder;
  presence: Presence;
  /** Who does what now, who asks for help: in memory only. */
  telling: FloorTelling;
  /** The session that the access check found; throws on a public route: that is a bug. */
  sessionOf(request: FastifyRequest): Session;
}

/** Parses what came in; the refusal names the fields, never their values. */
export function parseInput<T>(schema: z.ZodType<T>, input: unknown): HubResult<T> {
  const parsed = schema.safeParse(input);
  if (parsed.success) return { ok: true, value: parsed.data };
  const fields = [...new Set(parsed.error.issues.map((issue) => issue.path.slice(0, 6).join('.')))].slice(0, 20);
  return refuse(400, 'invalid-request', 'The request does not have the agreed form.', { fields });
}

/** Answers a refusal. */
export function sendRefusal(reply: FastifyReply, result: { ok: false; refusal: Parameters<typeof errorBody>[0] }): FastifyReply {
  return reply.code(result.refusal.status).send(errorBody(result.refusal));
}

/** Answers what the schema describes and nothing else: an unforeseen field never leaves the hub. */
export function sendResult<T>(reply: FastifyReply, schema: z.ZodType<T>, result: HubResult<T>, status = 200): FastifyReply {
  if (!result.ok) return sendRefusal(reply, result);
  return reply.code(status).send(schema.parse(result.value));
}
