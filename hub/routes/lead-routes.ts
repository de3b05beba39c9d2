/** What leads ask: lists in figures, any case, who could take a customer. No answer names an operator beside a time. */
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { caseIdSchema } from '../../shared/id.ts';
import { caseFilterSchema, caseReplySchema, collectorsReplySchema, foundCasesSchema, listsReplySchema } from '../../shared/protocol/lead-protocol.ts';
import { sharePlanSchema, shareRequestSchema } from '../../shared/protocol/share-protocol.ts';
import { accept } from '../hub-result.ts';
import { findCases } from '../lead/find-cases.ts';
import { listCollectors } from '../lead/list-collectors.ts';
import { planShare } from '../lead/plan-share.ts';
import { readCase } from '../lead/read-case.ts';
import { readLists } from '../lead/read-lists.ts';
import type { RouteContext } from './route-context.ts';
import { parseInput, sendRefusal, sendResult } from './route-context.ts';

const caseParamsSchema = z.object({ caseId: caseIdSchema });

export function registerLeadRoutes(app: FastifyInstance, context: RouteContext): void {
  const { store, clock } = context;

  app.get('/v1/lists', async (_request, reply) => {
    const asOf = clock.nowMs();
    return sendResult(reply, listsReplySchema, accept({ asOf, rows: await store.read((tx) => readLists(tx, asOf)) }));
  });

  app.get('/v1/cases', async (request, reply) => {
    const filter = parseInput(caseFilterSchema, request.query);
    if (!filter.ok) return sendRefusal(reply, filter);
    return sendResult(reply, foundCasesSchema, accept(await store.read((tx) => findCases(tx, clock.nowMs(), filter.value))));
  });

  app.get('/v1/cases/:caseId', async (request, reply) => {
    const params = parseInput(caseParamsSchema, request.params);
    if (!params.ok) return sendRefusal(reply, params);
    return sendResult(reply, caseReplySchema, await store.read((tx) => readCase(tx, params.value.caseId)));
  });

  app.get('/v1/collectors', async (_request, reply) => {
    return sendResult(reply, collectorsReplySchema, accept({ collectors: await store.read(listCollectors) }));
  });

  // Only looks; what the lead then says yes to comes as facts (ADR 0029).
  app.post('/v1/shares/plan', async (request, reply) => {
    const input = parseInput(shareRequestSchema, request.body);
    if (!input.ok) return sendRefusal(reply, input);
    return sendResult(reply, sharePlanSchema, await store.read((tx) => planShare(tx, clock.nowMs(), input.value)));
  });
}
