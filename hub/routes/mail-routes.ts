/** Mail: who sends in a creditor's name, which administrators set; what could not be sent, which leads see. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { creditorIdSchema } from '../../shared/id.ts';
import { mailOverviewSchema, mailProblemsSchema, mailSenderDraftSchema } from '../../shared/protocol/mail-protocol.ts';
import type { HubResult } from '../hub-result.ts';
import { accept } from '../hub-result.ts';
import { listMailProblems, retryMail } from '../mail/mail-problems.ts';
import { readMailSenders, removeMailSender, setMailSender } from '../mail/mail-sender.ts';
import type { Tx } from '../store/tables.ts';
import { keepHubKey } from '../telephone/hub-key.ts';
import type { SetBy } from '../telephone/set-telephone.ts';
import type { RouteContext } from './route-context.ts';
import { parseInput, sendRefusal, sendResult } from './route-context.ts';

const creditorSchema = z.object({ creditorId: creditorIdSchema });
const mailSchema = z.object({ mailId: z.uuid() });

export function registerMailRoutes(app: FastifyInstance, context: RouteContext): void {
  const { store, clock } = context;
  const key = keepHubKey(context.dataDir);

  /** Sets, and answers how everything stands then. */
  async function set(request: FastifyRequest, reply: FastifyReply, write: (tx: Tx, by: SetBy) => Promise<HubResult<null>>): Promise<FastifyReply> {
    const by = { userId: context.sessionOf(request).userId, nowMs: clock.nowMs() };
    const done = await store.write(async (tx) => {
      const written = await write(tx, by);
      return written.ok ? accept(await readMailSenders(tx)) : written;
    });
    return sendResult(reply, mailOverviewSchema, done);
  }

  app.get('/v1/mail/senders', async (_request, reply) => sendResult(reply, mailOverviewSchema, accept(await store.read(readMailSenders))));

  app.put('/v1/mail/senders/:creditorId', async (request, reply) => {
    const params = parseInput(creditorSchema, request.params);
    if (!params.ok) return sendRefusal(reply, params);
    const draft = parseInput(mailSenderDraftSchema, request.body);
    if (!draft.ok) return sendRefusal(reply, draft);
    return set(request, reply, (tx, by) => setMailSender(tx, by, key, params.value.creditorId, draft.value));
  });

  app.delete('/v1/mail/senders/:creditorId', async (request, reply) => {
    const params = parseInput(creditorSchema, request.params);
    if (!params.ok) return sendRefusal(reply, params);
    return set(request, reply, (tx) => removeMailSender(tx, params.value.creditorId));
  });

  app.get('/v1/mail/problems', async (_request, reply) =>
    sendResult(reply, mailProblemsSchema, accept({ problems: await store.read((tx) => listMailProblems(tx, clock.nowMs())) })));

  app.post('/v1/mail/problems/:mailId/retry', async (request, reply) => {
    const params = parseInput(mailSchema, request.params);
    if (!params.ok) return sendRefusal(reply, params);
    const done = await store.write(async (tx) => {
      const retried = await retryMail(tx, clock.nowMs(), params.value.mailId);
      return retried.ok ? accept({ problems: await listMailProblems(tx, clock.nowMs()) }) : retried;
    });
    return sendResult(reply, mailProblemsSchema, done);
  });
}
