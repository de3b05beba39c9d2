/** The first administrator, and the people that an administrator adds. */
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { userIdSchema } from '../../shared/id.ts';
import { userSchema } from '../../shared/protocol/session-protocol.ts';
import { newPasswordSchema, newUserSchema, setupRequestSchema, usersReplySchema } from '../../shared/protocol/setup-protocol.ts';
import { accept } from '../hub-result.ts';
import { addUser } from '../users/add-user.ts';
import { listUsers } from '../users/list-users.ts';
import { resetPassword } from '../users/reset-password.ts';
import { setUpAgency } from '../users/set-up-agency.ts';
import type { RouteContext } from './route-context.ts';
import { parseInput, sendRefusal, sendResult } from './route-context.ts';

export function registerSetupRoutes(app: FastifyInstance, context: RouteContext): void {
  const { store, clock } = context;

  app.post('/v1/setup', async (request, reply) => {
    const input = parseInput(setupRequestSchema, request.body);
    if (!input.ok) return sendRefusal(reply, input);
    return sendResult(reply, userSchema, await setUpAgency(store, clock, input.value), 201);
  });

  app.get('/v1/users', async (_request, reply) =>
    sendResult(reply, usersReplySchema, accept({ users: await store.read(listUsers) })));

  app.post('/v1/users', async (request, reply) => {
    const input = parseInput(newUserSchema, request.body);
    if (!input.ok) return sendRefusal(reply, input);
    return sendResult(reply, userSchema, await addUser(store, clock, input.value), 201);
  });

  app.post('/v1/users/:userId/password', async (request, reply) => {
    const params = parseInput(z.object({ userId: userIdSchema }), request.params);
    if (!params.ok) return sendRefusal(reply, params);
    const input = parseInput(newPasswordSchema, request.body);
    if (!input.ok) return sendRefusal(reply, input);
    const done = await resetPassword(store, { userId: params.value.userId }, input.value.password);
    return sendResult(reply, z.object({}), done.ok ? accept({}) : done);
  });
}
