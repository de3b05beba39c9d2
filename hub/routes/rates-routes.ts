/** Rate tables: leads and administrators read what was published, an administrator publishes the next version, or takes a period off. */
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { ratesDraftSchema, ratesEntitySchema, ratesListSchema, rateTableIdSchema, rateWithdrawalSchema } from '../../shared/protocol/rates-protocol.ts';
import { listRates, publishRates } from '../conduct/publish-rates.ts';
import { withdrawRate } from '../conduct/withdraw-rate.ts';
import { accept } from '../hub-result.ts';
import type { RouteContext } from './route-context.ts';
import { parseInput, sendRefusal, sendResult } from './route-context.ts';

/** The version that the editor started from, 0 = nothing published. */
const afterSchema = z.object({ after: z.coerce.number().int().nonnegative().optional() });

export function registerRatesRoutes(app: FastifyInstance, context: RouteContext): void {
  const { store, clock } = context;
  app.get('/v1/rates', async (_request, reply) => sendResult(reply, ratesListSchema, accept(await store.read(listRates))));

  app.put('/v1/rates/:tableId', async (request, reply) => {
    const params = parseInput(z.object({ tableId: rateTableIdSchema }), request.params);
    if (!params.ok) return sendRefusal(reply, params);
    const query = parseInput(afterSchema, request.query);
    if (!query.ok) return sendRefusal(reply, query);
    const draft = parseInput(ratesDraftSchema, request.body);
    if (!draft.ok) return sendRefusal(reply, draft);
    const by = { userId: context.sessionOf(request).userId, nowMs: clock.nowMs(), after: query.value.after ?? null };
    return sendResult(reply, ratesEntitySchema, await store.write((tx) => publishRates(tx, by, params.value.tableId, draft.value.rows)));
  });

  app.post('/v1/rates/:tableId/withdraw', async (request, reply) => {
    const params = parseInput(z.object({ tableId: rateTableIdSchema }), request.params);
    if (!params.ok) return sendRefusal(reply, params);
    const query = parseInput(afterSchema, request.query);
    if (!query.ok) return sendRefusal(reply, query);
    const wanted = parseInput(rateWithdrawalSchema, request.body);
    if (!wanted.ok) return sendRefusal(reply, wanted);
    const by = { userId: context.sessionOf(request).userId, nowMs: clock.nowMs(), after: query.value.after ?? null };
    return sendResult(reply, ratesEntitySchema, await store.write((tx) => withdrawRate(tx, by, params.value.tableId, wanted.value)));
  });
}
