/** Who is calling: the directory of keyed hashes, and looking up cases that are somebody else's (ADR 0026). */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { mayDecide } from '../../shared/facts/decision-rules.ts';
import type { CallId } from '../../shared/id.ts';
import {
  directoryPageSchema, lookAgainReplySchema, lookAgainRequestSchema, lookUpNamesReplySchema, lookUpNamesRequestSchema, lookUpReplySchema, lookUpRequestSchema,
  lookUpSearchReplySchema, lookUpSearchRequestSchema,
} from '../../shared/protocol/inbound-protocol.ts';
import { takeContactReplySchema, takeContactRequestSchema } from '../../shared/protocol/contact-task-protocol.ts';
import { takeContactTask } from '../contacts/take-contact-task.ts';
import type { LookUpReason } from '../../shared/protocol/inbound-protocol.ts';
import { directoryKeyOf } from '../directory/directory-key.ts';
import { readDirectory } from '../directory/read-directory.ts';
import { accept } from '../hub-result.ts';
import type { Looking } from '../look-ups/log-look-up.ts';
import { lookAgain, lookUpCase } from '../look-ups/look-up-case.ts';
import { nameCases, searchLookUps } from '../look-ups/search-look-ups.ts';
import { keepHubKey } from '../telephone/hub-key.ts';
import type { RouteContext } from './route-context.ts';
import { parseInput, sendRefusal, sendResult } from './route-context.ts';

export function registerInboundRoutes(app: FastifyInstance, context: RouteContext): void {
  const { store, clock } = context;
  const key = keepHubKey(context.dataDir);
  const looking = (request: FastifyRequest, reason: LookUpReason, callId: CallId | null): Looking => {
    const { userId, role } = context.sessionOf(request);
    return { userId, leads: mayDecide(role), nowMs: clock.nowMs(), reason, callId };
  };

  app.get('/v1/directory', async (request, reply) => {
    const query = parseInput(z.object({ cursor: z.string().max(60).default('') }), request.query);
    if (!query.ok) return sendRefusal(reply, query);
    reply.header('cache-control', 'no-store');
    const page = await readDirectory(store, clock, directoryKeyOf(key()), query.value.cursor);
    request.log.info({ entryCount: page.entries.length }, 'directory');
    return sendResult(reply, directoryPageSchema, accept(page));
  });

  app.post('/v1/look-ups', async (request, reply) => {
    const input = parseInput(lookUpRequestSchema, request.body);
    if (!input.ok) return sendRefusal(reply, input);
    const { caseId, reason, callId } = input.value;
    return sendResult(reply, lookUpReplySchema, await store.write((tx) => lookUpCase(tx, looking(request, reason, callId), caseId)));
  });

  app.post('/v1/look-ups/again', async (request, reply) => {
    const input = parseInput(lookAgainRequestSchema, request.body);
    if (!input.ok) return sendRefusal(reply, input);
    return sendResult(reply, lookAgainReplySchema, accept(await store.read((tx) => lookAgain(tx, looking(request, 'ring', null), input.value))));
  });

  app.post('/v1/look-ups/names', async (request, reply) => {
    const input = parseInput(lookUpNamesRequestSchema, request.body);
    if (!input.ok) return sendRefusal(reply, input);
    const { caseIds, callId } = input.value;
    return sendResult(reply, lookUpNamesReplySchema, await store.write((tx) => nameCases(tx, looking(request, 'choice', callId), caseIds)));
  });

  app.post('/v1/contact-tasks/take', async (request, reply) => {
    const input = parseInput(takeContactRequestSchema, request.body);
    if (!input.ok) return sendRefusal(reply, input);
    return sendResult(reply, takeContactReplySchema, accept(await store.write((tx) => takeContactTask(tx, context.sessionOf(request), clock.nowMs(), input.value))));
  });

  app.post('/v1/look-ups/search', async (request, reply) => {
    const input = parseInput(lookUpSearchRequestSchema, request.body);
    if (!input.ok) return sendRefusal(reply, input);
    const { text, creditorId, callId } = input.value;
    return sendResult(reply, lookUpSearchReplySchema, await store.write((tx) => searchLookUps(tx, looking(request, 'search-words', callId), { text, creditorId })));
  });
}
