/** The floor: what desks tell of their operators and what leads ask of them; nothing of it is stored (ADR 0028). */
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { newId, userIdSchema } from '../../shared/id.ts';
import {
  askHelpSchema, listeningAskSchema, listeningIdSchema, listeningReplySchema, ownStateSchema, releaseAskSchema, releaseDecidedSchema, releaseIdSchema, releaseReplySchema,
} from '../../shared/protocol/floor-protocol.ts';
import type { AgreementScope } from '../../shared/protocol/workers-agreement-protocol.ts';
import { isAgreed } from '../floor/tell-floor.ts';
import type { HubResult } from '../hub-result.ts';
import { accept, refuse } from '../hub-result.ts';
import { findFeatureNumber } from '../telephone/feature-number.ts';
import type { RouteContext } from './route-context.ts';
import { parseInput, sendRefusal, sendResult } from './route-context.ts';

const nothing = z.object({});
const personSchema = z.object({ userId: userIdSchema });
const releaseParamsSchema = z.object({ releaseId: releaseIdSchema });
const listeningParamsSchema = z.object({ listeningId: listeningIdSchema });

export function registerFloorRoutes(app: FastifyInstance, context: RouteContext): void {
  const { store, telling, presence } = context;
  const { floor } = telling;

  async function findAgreed(scope: AgreementScope): Promise<HubResult<null>> {
    return await isAgreed(telling, scope) ? accept(null) : refuse(403, 'not-agreed', 'No agreement with the workers covers this today. An administrator records it.');
  }

  app.put('/v1/floor/state', async (request, reply) => {
    const input = parseInput(ownStateSchema, request.body);
    if (!input.ok) return sendRefusal(reply, input);
    const agreed = await findAgreed('named-states');
    if (!agreed.ok) return sendRefusal(reply, agreed);
    floor.tellState(context.sessionOf(request).userId, input.value);
    return sendResult(reply, nothing, accept({}));
  });

  app.put('/v1/floor/help', async (request, reply) => {
    const input = parseInput(askHelpSchema, request.body);
    if (!input.ok) return sendRefusal(reply, input);
    floor.askHelp(context.sessionOf(request).userId, input.value.isRaised);
    return sendResult(reply, nothing, accept({}));
  });

  app.post('/v1/floor/help/:userId/answer', async (request, reply) => {
    const params = parseInput(personSchema, request.params);
    if (!params.ok) return sendRefusal(reply, params);
    const isThere = floor.answerHelp(params.value.userId, context.sessionOf(request).userId);
    return sendResult(reply, nothing, isThere ? accept({}) : refuse(404, 'no-help-asked', 'Nobody asks for help there any more.'));
  });

  app.post('/v1/floor/people/:userId/release', async (request, reply) => {
    const params = parseInput(personSchema, request.params);
    if (!params.ok) return sendRefusal(reply, params);
    const input = parseInput(releaseAskSchema, request.body);
    if (!input.ok) return sendRefusal(reply, input);
    const agreed = await findAgreed('named-states');
    if (!agreed.ok) return sendRefusal(reply, agreed);
    const { userId } = params.value;
    const { state } = floor.of(userId);
    if (state?.name !== 'wrap-up' || !state.isOver) return sendRefusal(reply, refuse(409, 'wrap-up-not-over', 'This person is in no wrap-up, or its time is not over.'));
    const answer = await floor.askRelease(userId, releaseIdSchema.parse(newId<string>()), { byId: context.sessionOf(request).userId, reason: input.value.reason });
    return sendResult(reply, releaseReplySchema, accept({ answer }));
  });

  app.post('/v1/floor/releases/:releaseId/answer', async (request, reply) => {
    const params = parseInput(releaseParamsSchema, request.params);
    if (!params.ok) return sendRefusal(reply, params);
    const input = parseInput(releaseDecidedSchema, request.body);
    if (!input.ok) return sendRefusal(reply, input);
    const isThere = floor.answerRelease(context.sessionOf(request).userId, params.value.releaseId, input.value.answer);
    return sendResult(reply, nothing, isThere ? accept({}) : refuse(404, 'no-release', 'Nobody waits for this answer any more.'));
  });

  app.post('/v1/floor/listening', async (request, reply) => {
    const input = parseInput(listeningAskSchema, request.body);
    if (!input.ok) return sendRefusal(reply, input);
    const agreed = await findAgreed('listening');
    if (!agreed.ok) return sendRefusal(reply, agreed);
    const { userId, how, listeningId = listeningIdSchema.parse(newId<string>()) } = input.value;
    const number = await store.read((tx) => findFeatureNumber(tx, userId, how));
    if (!number.ok) return sendRefusal(reply, number);
    const isTold = presence.isPresent(userId) && await floor.announceListening(userId, listeningId, { byId: context.sessionOf(request).userId, how });
    return sendResult(reply, listeningReplySchema, isTold ? accept({ listeningId, number: number.value }) : refuse(409, 'listening-not-told', 'The operator\'s screen could not say that somebody listens, or there is no call.'));
  });

  app.post('/v1/floor/listening/:listeningId/told', async (request, reply) => {
    const params = parseInput(listeningParamsSchema, request.params);
    if (!params.ok) return sendRefusal(reply, params);
    const isThere = floor.confirmListening(context.sessionOf(request).userId, params.value.listeningId);
    return sendResult(reply, nothing, isThere ? accept({}) : refuse(404, 'no-listening', 'Nobody listens there.'));
  });

  app.delete('/v1/floor/listening/:listeningId', async (request, reply) => {
    const params = parseInput(listeningParamsSchema, request.params);
    if (!params.ok) return sendRefusal(reply, params);
    const isThere = floor.endListening(context.sessionOf(request).userId, params.value.listeningId);
    return sendResult(reply, nothing, isThere ? accept({}) : refuse(404, 'no-listening', 'Nobody listens there.'));
  });
}
