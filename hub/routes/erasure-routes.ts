/** Erasing a person over the network: what `hub -- erase` does, for administrators. */
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { customerIdSchema } from '../../shared/id.ts';
import type { ErasureTarget } from '../erasure/erase-person.ts';
import { erasePerson, erasureReportSchema } from '../erasure/erase-person.ts';
import type { RouteContext } from './route-context.ts';
import { parseInput, sendRefusal, sendResult } from './route-context.ts';

const target: z.ZodType<ErasureTarget> = z.union([
  z.strictObject({ customerId: customerIdSchema }),
  z.strictObject({ creditorName: z.string().trim().min(1), customerCode: z.string().trim().min(1) }),
]);
/** The reason is kept, so it names nobody. */
const erasureRequestSchema = z.object({ target, reason: z.string().trim().min(3).max(500), dryRun: z.boolean().default(false) });

export function registerErasureRoutes(app: FastifyInstance, context: RouteContext): void {
  app.post('/v1/erasures', async (request, reply) => {
    const input = parseInput(erasureRequestSchema, request.body);
    if (!input.ok) return sendRefusal(reply, input);
    const erased = await erasePerson(context, input.value);
    if (erased.ok) request.log.info({ dryRun: erased.value.dryRun, caseCount: erased.value.caseIds.length }, 'erasure');
    return sendResult(reply, erasureReportSchema, erased);
  });
}
