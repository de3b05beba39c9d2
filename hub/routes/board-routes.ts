/**
 * The live board: one snapshot, or one after the other while somebody watches. No operator is in its figures; beside them leads are told who
 * does what now, where the agreement with the workers covers it on the day (ADR 0028).
 */
import type { FastifyInstance } from 'fastify';
import { LiveBoard } from '../board/live-board.ts';
import { openBoard } from '../board/open-board.ts';
import { PeopleStream } from '../floor/tell-floor.ts';
import { accept } from '../hub-result.ts';
import { boardSchema } from '../../shared/protocol/board-protocol.ts';
import type { RouteContext } from './route-context.ts';
import { sendResult } from './route-context.ts';

export function registerBoardRoutes(app: FastifyInstance, context: RouteContext): void {
  const { store, clock, presence } = context;
  const board = new LiveBoard({ store, clock, isPresent: (userId) => presence.isPresent(userId), onError: (error) => app.log.error({ err: error }, 'board') });
  const people = new PeopleStream(context.telling);
  app.addHook('onClose', () => {
    board.stop();
    people.stop();
  });

  app.get('/v1/board', async (_request, reply) => sendResult(reply, boardSchema, accept(await board.read())));

  app.get('/v1/board/live', (request, reply) => {
    const session = context.sessionOf(request);
    reply.hijack();
    const watched = { board: (send: (message: Buffer) => void) => board.watch(send), ...(session.role === 'lead' ? { people: (send: (message: Buffer) => void) => people.watch(send) } : {}) };
    openBoard(watched, reply.raw, { expiresInMs: session.accessExpiresAt - clock.nowMs() }).catch((error: unknown) => {
      request.log.error({ err: error }, 'board');
      reply.raw.destroy();
    });
  });
}
