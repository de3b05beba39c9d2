/** Who the hub is, sign-in, refresh, sign-out. */
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import {
  hubInfoSchema, PROTOCOL_VERSION, refreshReplySchema, refreshRequestSchema, signInReplySchema, signInRequestSchema,
} from '../../shared/protocol/session-protocol.ts';
import { HUB_VERSION } from '../hub-version.ts';
import { accept } from '../hub-result.ts';
import { readAgencyName, readHubId } from '../store/hub-meta.ts';
import { refreshSession } from '../users/refresh-session.ts';
import { needsSetup } from '../users/set-up-agency.ts';
import { signIn } from '../users/sign-in.ts';
import { signOut } from '../users/sign-out.ts';
import type { RouteContext } from './route-context.ts';
import { parseInput, sendRefusal, sendResult } from './route-context.ts';

export function registerSessionRoutes(app: FastifyInstance, context: RouteContext): void {
  const { store, clock } = context;

  app.get('/v1/hub', async (_request, reply) => {
    const known = await store.read(async (tx) => ({ hubId: await readHubId(tx), name: await readAgencyName(tx), needsSetup: await needsSetup(tx) }));
    return sendResult(reply, hubInfoSchema, accept({ ...known, protocolVersion: PROTOCOL_VERSION, version: HUB_VERSION }));
  });

  app.post('/v1/sign-in', async (request, reply) => {
    const input = parseInput(signInRequestSchema, request.body);
    if (!input.ok) return sendRefusal(reply, input);
    return sendResult(reply, signInReplySchema, await signIn(store, clock, input.value.username, input.value.password));
  });

  app.post('/v1/refresh', async (request, reply) => {
    const input = parseInput(refreshRequestSchema, request.body);
    if (!input.ok) return sendRefusal(reply, input);
    const tokens = await refreshSession(store, clock, input.value.refreshToken);
    return sendResult(reply, refreshReplySchema, tokens.ok ? accept({ tokens: tokens.value }) : tokens);
  });

  app.post('/v1/sign-out', async (request, reply) => {
    await signOut(store, context.sessionOf(request).sessionId);
    return sendResult(reply, z.object({}), accept({}));
  });
}
