/** The agreement with the workers: everybody may read what is on record, an administrator records and withdraws it. */
import type { FastifyInstance } from 'fastify';
import { agreementWithdrawalSchema, workersAgreementDraftSchema, workersAgreementListSchema } from '../../shared/protocol/workers-agreement-protocol.ts';
import { listWorkersAgreements, recordWorkersAgreement, withdrawWorkersAgreement } from '../conduct/workers-agreement.ts';
import { accept } from '../hub-result.ts';
import type { RouteContext } from './route-context.ts';
import { parseInput, sendRefusal, sendResult } from './route-context.ts';

export function registerWorkersAgreementRoutes(app: FastifyInstance, { store, clock }: RouteContext): void {
  app.get('/v1/workers-agreement', async (_request, reply) => sendResult(reply, workersAgreementListSchema, accept(await store.read(listWorkersAgreements))));

  app.put('/v1/workers-agreement', async (request, reply) => {
    const draft = parseInput(workersAgreementDraftSchema, request.body);
    if (!draft.ok) return sendRefusal(reply, draft);
    return sendResult(reply, workersAgreementListSchema, await store.write((tx) => recordWorkersAgreement(tx, clock.nowMs(), draft.value)));
  });

  app.post('/v1/workers-agreement/withdraw', async (request, reply) => {
    const input = parseInput(agreementWithdrawalSchema, request.body);
    if (!input.ok) return sendRefusal(reply, input);
    return sendResult(reply, workersAgreementListSchema, await store.write((tx) => withdrawWorkersAgreement(tx, clock.nowMs(), input.value.reason)));
  });
}
