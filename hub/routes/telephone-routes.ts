/** The telephone: what administrators set, and what each person's own desk is given (ADR 0018). */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { creditorIdSchema, userIdSchema } from '../../shared/id.ts';
import {
  callerIdDraftSchema, ownTelephoneSchema, telephoneAccountDraftSchema, telephoneExchangeSchema, telephoneOverviewSchema,
} from '../../shared/protocol/telephone-protocol.ts';
import type { HubResult } from '../hub-result.ts';
import { accept } from '../hub-result.ts';
import type { Tx } from '../store/tables.ts';
import { keepHubKey } from '../telephone/hub-key.ts';
import { readOwnTelephone, readTelephone } from '../telephone/read-telephone.ts';
import type { SetBy } from '../telephone/set-telephone.ts';
import { removeAccount, setAccount, setCallerId, setExchange } from '../telephone/set-telephone.ts';
import type { RouteContext } from './route-context.ts';
import { parseInput, sendRefusal, sendResult } from './route-context.ts';

const personSchema = z.object({ userId: userIdSchema });
const creditorSchema = z.object({ creditorId: creditorIdSchema });

export function registerTelephoneRoutes(app: FastifyInstance, context: RouteContext): void {
  const { store, clock } = context;
  const key = keepHubKey(context.dataDir);

  /** Sets, and answers how everything stands then. */
  async function set(request: FastifyRequest, reply: FastifyReply, write: (tx: Tx, by: SetBy) => Promise<HubResult<null>>): Promise<FastifyReply> {
    const by = { userId: context.sessionOf(request).userId, nowMs: clock.nowMs() };
    const done = await store.write(async (tx) => {
      const written = await write(tx, by);
      return written.ok ? accept(await readTelephone(tx)) : written;
    });
    return sendResult(reply, telephoneOverviewSchema, done);
  }

  app.get('/v1/telephone', async (_request, reply) => sendResult(reply, telephoneOverviewSchema, accept(await store.read(readTelephone))));

  app.get('/v1/telephone/own', async (request, reply) => {
    const { userId } = context.sessionOf(request);
    reply.header('cache-control', 'no-store');
    return sendResult(reply, ownTelephoneSchema, accept(await store.read((tx) => readOwnTelephone(tx, key, userId))));
  });

  app.put('/v1/telephone/exchange', async (request, reply) => {
    const input = parseInput(telephoneExchangeSchema.nullable(), request.body);
    if (!input.ok) return sendRefusal(reply, input);
    return set(request, reply, (tx, by) => setExchange(tx, by, input.value));
  });

  app.put('/v1/telephone/accounts/:userId', async (request, reply) => {
    const params = parseInput(personSchema, request.params);
    if (!params.ok) return sendRefusal(reply, params);
    const draft = parseInput(telephoneAccountDraftSchema, request.body);
    if (!draft.ok) return sendRefusal(reply, draft);
    return set(request, reply, (tx, by) => setAccount(tx, by, key(), params.value.userId, draft.value));
  });

  app.delete('/v1/telephone/accounts/:userId', async (request, reply) => {
    const params = parseInput(personSchema, request.params);
    if (!params.ok) return sendRefusal(reply, params);
    return set(request, reply, (tx) => removeAccount(tx, params.value.userId));
  });

  app.put('/v1/telephone/caller-ids/:creditorId', async (request, reply) => {
    const params = parseInput(creditorSchema, request.params);
    if (!params.ok) return sendRefusal(reply, params);
    const draft = parseInput(callerIdDraftSchema, request.body);
    if (!draft.ok) return sendRefusal(reply, draft);
    return set(request, reply, (tx, by) => setCallerId(tx, by, params.value.creditorId, draft.value.number));
  });
}
