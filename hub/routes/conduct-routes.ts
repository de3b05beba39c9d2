/** The rules of the house: what is in force, and publishing the next version of it (ADR 0016). */
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { creditorIdSchema, userIdSchema } from '../../shared/id.ts';
import {
  calendarDraftSchema, calendarEntitySchema, certificateDraftSchema, certificateListSchema, conductDraftSchema, conductEntitySchema,
  conductOverviewSchema, publishScriptSchema, scriptEntitySchema, scriptListSchema,
} from '../../shared/protocol/conduct-protocol.ts';
import { listCertificates, setCertificates } from '../conduct/certificates.ts';
import { publishCalendar } from '../conduct/publish-calendar.ts';
import { publishConduct } from '../conduct/publish-conduct.ts';
import { findScript, listScripts, publishScript, withdrawScript } from '../conduct/publish-script.ts';
import { readConductOverview } from '../conduct/read-overview.ts';
import { accept, refuse } from '../hub-result.ts';
import type { RouteContext } from './route-context.ts';
import { parseInput, sendRefusal, sendResult } from './route-context.ts';

const creditorParamsSchema = z.object({ creditorId: creditorIdSchema });
const packParamsSchema = z.object({ packId: z.string().max(80) });
const scriptParamsSchema = z.object({ scriptId: z.string().max(120) });
/** The version that the editor started from, 0 = nothing published: then nobody's work is overwritten unseen. */
const afterSchema = z.object({ after: z.coerce.number().int().nonnegative().optional() });
const MAX_PACK_BYTES = 2 * 1024 * 1024;

export function registerConductRoutes(app: FastifyInstance, context: RouteContext): void {
  const { store, clock } = context;

  app.get('/v1/conduct', async (_request, reply) =>
    sendResult(reply, conductOverviewSchema, accept(await store.read(readConductOverview))));

  app.put('/v1/conduct/:creditorId', async (request, reply) => {
    const params = parseInput(creditorParamsSchema, request.params);
    if (!params.ok) return sendRefusal(reply, params);
    const query = parseInput(afterSchema, request.query);
    if (!query.ok) return sendRefusal(reply, query);
    const draft = parseInput(conductDraftSchema, request.body);
    if (!draft.ok) return sendRefusal(reply, draft);
    if (draft.value.creditorId !== params.value.creditorId) return sendRefusal(reply, refuse(400, 'other-creditor', 'The address names another creditor.'));
    const by = { userId: context.sessionOf(request).userId, nowMs: clock.nowMs(), after: query.value.after ?? null };
    return sendResult(reply, conductEntitySchema, await store.write((tx) => publishConduct(tx, by, draft.value)));
  });

  app.put('/v1/calendar', async (request, reply) => {
    const query = parseInput(afterSchema, request.query);
    if (!query.ok) return sendRefusal(reply, query);
    const draft = parseInput(calendarDraftSchema, request.body);
    if (!draft.ok) return sendRefusal(reply, draft);
    const by = { userId: context.sessionOf(request).userId, nowMs: clock.nowMs(), after: query.value.after ?? null };
    return sendResult(reply, calendarEntitySchema, await store.write((tx) => publishCalendar(tx, by, draft.value)));
  });

  app.get('/v1/scripts', async (_request, reply) =>
    sendResult(reply, scriptListSchema, accept({ scripts: await store.read(listScripts) })));

  app.get('/v1/scripts/:scriptId', async (request, reply) => {
    const params = parseInput(scriptParamsSchema, request.params);
    if (!params.ok) return sendRefusal(reply, params);
    return sendResult(reply, scriptEntitySchema, await store.read((tx) => findScript(tx, params.value.scriptId)));
  });

  app.post('/v1/scripts', { bodyLimit: MAX_PACK_BYTES }, async (request, reply) => {
    const input = parseInput(publishScriptSchema, request.body);
    if (!input.ok) return sendRefusal(reply, input);
    const by = { userId: context.sessionOf(request).userId, nowMs: clock.nowMs() };
    return sendResult(reply, scriptEntitySchema, await store.write((tx) => publishScript(tx, by, input.value.pack)), 201);
  });

  app.post('/v1/scripts/:packId/withdraw', async (request, reply) => {
    const params = parseInput(packParamsSchema, request.params);
    if (!params.ok) return sendRefusal(reply, params);
    const by = { userId: context.sessionOf(request).userId, nowMs: clock.nowMs() };
    const withdrawn = await store.write((tx) => withdrawScript(tx, by, params.value.packId));
    return sendResult(reply, z.object({}), withdrawn.ok ? accept({}) : withdrawn);
  });

  app.get('/v1/certificates', async (_request, reply) =>
    sendResult(reply, certificateListSchema, accept(await store.read(listCertificates))));

  app.put('/v1/certificates/:userId', async (request, reply) => {
    const params = parseInput(z.object({ userId: userIdSchema }), request.params);
    if (!params.ok) return sendRefusal(reply, params);
    const draft = parseInput(certificateDraftSchema, request.body);
    if (!draft.ok) return sendRefusal(reply, draft);
    const by = { userId: context.sessionOf(request).userId, nowMs: clock.nowMs() };
    const set = await store.write((tx) => setCertificates(tx, by, params.value.userId, draft.value.certificates));
    return sendResult(reply, certificateListSchema.shape.people.element, set);
  });
}
