/**
 * The hub's HTTP server.
 *
 * Invariants: fails closed (a route outside the access table cannot be registered, a request without a fitting
 * session reaches no handler); logs carry request id, route pattern, status, duration and counts, never a body, a
 * name, a number, a user name, a token, or an address with a query.
 */
import type { Writable } from 'node:stream';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import fastify, { LogController } from 'fastify';
import type { Clock } from '../shared/time.ts';
import { newId } from '../shared/id.ts';
import { BlobFolder } from './attachments/blob-folder.ts';
import { errorBody } from './hub-result.ts';
import { registerAttachmentRoutes } from './routes/attachment-routes.ts';
import { registerBoardRoutes } from './routes/board-routes.ts';
import { registerConductRoutes } from './routes/conduct-routes.ts';
import { registerErasureRoutes } from './routes/erasure-routes.ts';
import { registerFactRoutes } from './routes/fact-routes.ts';
import { registerFeedRoutes } from './routes/feed-routes.ts';
import { Presence } from './lead/presence.ts';
import { registerInboundRoutes } from './routes/inbound-routes.ts';
import { registerLeadRoutes } from './routes/lead-routes.ts';
import { Floor } from './floor/floor.ts';
import { registerFloorRoutes } from './routes/floor-routes.ts';
import { registerImportRoutes } from './routes/import-routes.ts';
import { registerMailRoutes } from './routes/mail-routes.ts';
import { registerTelephoneRoutes } from './routes/telephone-routes.ts';
import { registerRatesRoutes } from './routes/rates-routes.ts';
import { registerWorkersAgreementRoutes } from './routes/workers-agreement-routes.ts';
import { registerOfficeRoutes } from './routes/office-routes.ts';
import { accessOf } from './routes/route-access.ts';
import type { RouteContext } from './routes/route-context.ts';
import { registerSessionRoutes } from './routes/session-routes.ts';
import { registerSetupRoutes } from './routes/setup-routes.ts';
import type { HubStore } from './store/hub-store.ts';
import type { Session } from './users/find-session.ts';
import { findSession } from './users/find-session.ts';

export interface HubServerOptions {
  store: HubStore;
  clock: Clock;
  /** Where rejects files and attachments go. */
  dataDir: string;
  /** Who is connected; the timer that looks at it has the same. */
  presence?: Presence;
  /** Where the log goes; null = nowhere. */
  logTo: Writable | null;
}

/** Builds the server; `listen` is the caller's. */
export function buildServer(options: HubServerOptions): FastifyInstance {
  const { store, clock, dataDir, logTo } = options;
  const sessions = new WeakMap<FastifyRequest, Session>();
  const app = fastify({
    logger: logTo === null ? false : { level: 'info', stream: logTo, serializers: { err: describeError, req: describeRequest }, base: null },
    logController: new LogController({ disableRequestLogging: true }),
    exposeHeadRoutes: false,
    genReqId: () => newId<string>(),
    bodyLimit: 1024 * 1024,
    forceCloseConnections: true,
  });

  app.addHook('onRoute', (route) => {
    for (const method of [route.method].flat()) {
      if (accessOf(`${method} ${route.url}`) === null) throw new Error(`nobody may call ${method} ${route.url}: add it to the access table`);
    }
  });

  app.addHook('onRequest', async (request, reply) => {
    if (request.is404) return;
    const access = accessOf(`${request.method} ${request.routeOptions.url ?? ''}`);
    if (access === 'public') return;
    const session = await findCaller(store, clock, request);
    if (session === null) {
      await reply.code(401).send(errorBody({ status: 401, code: 'not-signed-in', message: 'Sign in first.' }));
      return;
    }
    if (access === null || !access.includes(session.role)) {
      await reply.code(403).send(errorBody({ status: 403, code: 'not-allowed', message: 'Your role may not do this.' }));
      return;
    }
    sessions.set(request, session);
  });

  app.addHook('onResponse', async (request, reply) => {
    request.log.info(
      { method: request.method, route: request.routeOptions.url ?? null, status: reply.statusCode, durationMs: Math.round(reply.elapsedTime) },
      'request',
    );
  });

  app.setNotFoundHandler(async (_request, reply) =>
    reply.code(404).send(errorBody({ status: 404, code: 'not-found', message: 'There is nothing here.' })));

  app.setErrorHandler(async (error, request, reply) => {
    const status = statusOf(error);
    if (status !== null) {
      return reply.code(status).send({ error: { code: 'invalid-request', message: 'The request could not be read.' } });
    }
    request.log.error({ err: error }, 'failed');
    return reply.code(500).send({ error: { code: 'internal', message: 'The hub failed. Try again; if it goes on, tell the administrator.' } });
  });

  const floor = new Floor(store, clock);
  app.addHook('onClose', () => { floor.stop(); });
  const telling = { floor, store, clock, onError: (error: unknown) => { app.log.error({ err: error }, 'floor'); } };
  const context: RouteContext = {
    store, clock, dataDir, telling, blobs: new BlobFolder(dataDir), presence: options.presence ?? new Presence(clock),
    sessionOf: (request) => {
      const session = sessions.get(request);
      if (session === undefined) throw new Error('this route is public: it has no session');
      return session;
    },
  };
  registerSessionRoutes(app, context);
  registerSetupRoutes(app, context);
  registerFactRoutes(app, context);
  registerErasureRoutes(app, context);
  registerAttachmentRoutes(app, context);
  registerFeedRoutes(app, context);
  registerOfficeRoutes(app, context);
  registerImportRoutes(app, context);
  registerLeadRoutes(app, context);
  registerBoardRoutes(app, context);
  registerFloorRoutes(app, context);
  registerConductRoutes(app, context);
  registerTelephoneRoutes(app, context);
  registerRatesRoutes(app, context);
  registerWorkersAgreementRoutes(app, context);
  registerMailRoutes(app, context);
  registerInboundRoutes(app, context);
  return app;
}

async function findCaller(store: HubStore, clock: Clock, request: FastifyRequest): Promise<Session | null> {
  const match = /^Bearer ([0-9a-f]{64})$/.exec(request.headers.authorization ?? '');
  const token = match?.[1];
  return token === undefined ? null : store.lookup((tx) => findSession(tx, token, clock.nowMs()));
}

/** The status of a request that the framework could not read (too large, bad JSON …); null for a bug of ours. */
function statusOf(error: unknown): number | null {
  if (!(error instanceof Error) || !('statusCode' in error)) return null;
  return typeof error.statusCode === 'number' && error.statusCode >= 400 && error.statusCode < 500 ? error.statusCode : null;
}

/** An error as the log may hold it: where, not what; messages of databases quote values. */
function describeError(error: unknown): { type: string; message: string; stack: string } {
  if (!(error instanceof Error)) return { type: typeof error, message: '', stack: '' };
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  const frames = error.stack?.split('\n').filter((line) => line.trimStart().startsWith('at ')).join('\n') ?? '';
  return { type: error.name, message: code, stack: frames };
}

function describeRequest(request: FastifyRequest): { method: string } {
  return { method: request.method };
}
