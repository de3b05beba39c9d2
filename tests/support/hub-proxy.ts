/**
 * Stands between desks and a hub; a test decides what becomes of each request.
 *
 * Invariants: a request is shown once its body is here whole; what nobody touches passes unchanged, answer streamed as it comes;
 * a side that goes away takes the other with it.
 */
import { once } from 'node:events';
import type { ClientRequest, IncomingHttpHeaders, IncomingMessage, Server, ServerResponse } from 'node:http';
import { createServer, request as sendRequest } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One request of a desk and how it may go on. */
export interface Exchange {
  request: IncomingMessage;
  response: ServerResponse;
  method: string;
  path: string;
  body: Buffer;
  /** A request to the hub, its body still to be written; `headers` are added to the desk's own. */
  open(headers?: IncomingHttpHeaders): ClientRequest;
  /** Everything goes to the hub, and its answer back. */
  pass(): void;
  /** Streams an answer of the hub to the desk. */
  relay(answer: IncomingMessage): void;
  /** Answers in the hub's place. */
  say(status: number, body: unknown): void;
  /** The connection dies; the desk gets no answer, or no more of it. */
  drop(): void;
}

export class HubProxy {
  readonly #server: Server;

  /** @param handle decides about each request; the proxy takes none before `listen` */
  constructor(target: string, handle: (exchange: Exchange) => void | Promise<void>) {
    const { hostname, port } = new URL(target);
    this.#server = createServer((request, response) => {
      void readBody(request).then((body) => (body === null ? undefined : handle(exchangeOf({ hostname, port }, request, response, body))));
    });
  }

  static async start(target: string, handle: (exchange: Exchange) => void | Promise<void>): Promise<HubProxy> {
    const proxy = new HubProxy(target, handle);
    await proxy.listen();
    return proxy;
  }

  async listen(): Promise<void> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
  }

  get url(): string {
    return `http://127.0.0.1:${String((this.#server.address() as AddressInfo).port)}`;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }
}

function exchangeOf(target: { hostname: string; port: string }, request: IncomingMessage, response: ServerResponse, body: Buffer): Exchange {
  const drop = (): void => { request.socket.destroy(); };
  const open = (headers: IncomingHttpHeaders = {}): ClientRequest => {
    const upstream = sendRequest({
      host: target.hostname, port: target.port, method: request.method, path: request.url, headers: { ...withoutConnection(request.headers), ...headers }, agent: false,
    });
    upstream.on('error', drop);
    response.on('close', () => upstream.destroy());
    return upstream;
  };
  const relay = (answer: IncomingMessage): void => {
    answer.on('error', drop);
    response.writeHead(answer.statusCode ?? 502, withoutConnection(answer.headers));
    response.flushHeaders();
    answer.pipe(response);
  };
  return {
    request, response, body, open, relay, drop,
    method: request.method ?? '',
    path: request.url ?? '',
    pass: () => { open().on('response', relay).end(body); },
    say: (status, value) => { response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value)); },
  };
}

/** Null when the sender went away before it had sent all. */
export async function readBody(message: IncomingMessage): Promise<Buffer | null> {
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of message) chunks.push(chunk as Buffer);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ECONNRESET') return null;
    throw error;
  }
  return Buffer.concat(chunks);
}

/** Headers that belong to a connection stay on it. */
export function withoutConnection(headers: IncomingHttpHeaders): IncomingHttpHeaders {
  const { connection: _connection, 'keep-alive': _keepAlive, 'transfer-encoding': _encoding, ...rest } = headers;
  return rest;
}
