/** The chains: what the hub holds of a device, push, and the proofs for administrators. */
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { deviceIdSchema, factIdSchema } from '../../shared/id.ts';
import { deviceLinkSchema, pushReplySchema, pushRequestSchema } from '../../shared/protocol/push-protocol.ts';
import { removeErasedBlobs } from '../attachments/erase-attachments.ts';
import { findDevice } from '../facts/find-device.ts';
import { listFactIds } from '../facts/list-fact-ids.ts';
import { pushFacts } from '../facts/push-facts.ts';
import { verifyChains, verifyReportSchema } from '../facts/verify-chains.ts';
import { accept } from '../hub-result.ts';
import type { RouteContext } from './route-context.ts';
import { parseInput, sendRefusal, sendResult } from './route-context.ts';

const deviceParamsSchema = z.object({ deviceId: deviceIdSchema });
/** 200 facts of some kilobytes each. */
const MAX_PUSH_BYTES = 8 * 1024 * 1024;

export function registerFactRoutes(app: FastifyInstance, context: RouteContext): void {
  const { store, clock, blobs } = context;

  app.get('/v1/devices/:deviceId', async (request, reply) => {
    const params = parseInput(deviceParamsSchema, request.params);
    if (!params.ok) return sendRefusal(reply, params);
    const { userId } = context.sessionOf(request);
    return sendResult(reply, deviceLinkSchema, await store.read((tx) => findDevice(tx, params.value.deviceId, userId)));
  });

  app.post('/v1/devices/:deviceId/facts', { bodyLimit: MAX_PUSH_BYTES }, async (request, reply) => {
    const params = parseInput(deviceParamsSchema, request.params);
    if (!params.ok) return sendRefusal(reply, params);
    const input = parseInput(pushRequestSchema, request.body);
    if (!input.ok) return sendRefusal(reply, input);
    const { userId } = context.sessionOf(request);
    const { facts } = input.value;
    const pushed = await pushFacts(store, clock, { deviceId: params.value.deviceId, actor: userId, facts });
    if (!pushed.ok) return sendRefusal(reply, pushed);
    const fileFactIds = facts.filter(({ header }) => header.type === 'attachment-added').map(({ header }) => header.id);
    await removeErasedBlobs(store, blobs, fileFactIds);
    request.log.info({ factCount: facts.length, status: pushed.value.status }, 'push');
    return sendResult(reply, pushReplySchema, pushed, pushed.value.status === 'stored' ? 200 : 409);
  });

  app.get('/v1/facts/ids', async (_request, reply) => {
    const factIds = await store.read(listFactIds);
    return sendResult(reply, z.object({ factIds: z.array(factIdSchema) }), accept({ factIds }));
  });

  app.get('/v1/verify', async (_request, reply) => sendResult(reply, verifyReportSchema, accept(await verifyChains(store))));
}
