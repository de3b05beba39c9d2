/**
 * Stands between a desk and its hub, and lets the test strike while a chunk of an attachment is on
 * its way.
 *
 * Invariants: a strike falls where the test said (after so many bytes of the body, right behind the
 * last one, or when the hub had answered and the desk was not told); everything else passes unchanged.
 */
import type { IncomingHttpHeaders, IncomingMessage, Server, ServerResponse } from 'node:http';
import { createServer, request as sendRequest } from 'node:http';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';

export type StrikePoint = { at: 'inside'; bytes: number } | { at: 'behind'; afterMs: number } | { at: 'answered' };

export interface Strike {
  point: StrikePoint;
  /** Kills somebody; resolves when they are gone. */
  run: () => Promise<void>;
}

export class ChunkProxy {
  /** Asked at each chunk; null lets it pass. */
  plan: (offset: number, length: number) => Strike | null = () => null;
  /** Chunks that went to the hub whole. */
  wholeChunks = 0;
  readonly #server: Server;
  readonly #target: URL;

  private constructor(target: string) {
    this.#target = new URL(target);
    this.#server = createServer((request, response) => {
      void this.#pass(request, response);
    });
  }

  static async start(target: string): Promise<ChunkProxy> {
    const proxy = new ChunkProxy(target);
    proxy.#server.listen(0, '127.0.0.1');
    await once(proxy.#server, 'listening');
    return proxy;
  }

  get url(): string {
    return `http://127.0.0.1:${String((this.#server.address() as AddressInfo).port)}`;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }

  async #pass(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await readBody(request);
    if (body === null) return;
    const offset = request.method === 'PATCH' ? Number(new URL(request.url ?? '', 'http://x').searchParams.get('offset')) : null;
    const strike = offset === null ? null : this.plan(offset, body.length);
    const upstream = sendRequest({
      host: this.#target.hostname, port: this.#target.port, method: request.method, path: request.url, headers: forwarded(request.headers), agent: false,
    });
    upstream.on('error', () => request.socket.destroy());
    response.on('close', () => upstream.destroy());
    if (strike === null) {
      upstream.on('response', (answer) => {
        answer.on('error', () => request.socket.destroy());
        response.writeHead(answer.statusCode ?? 502, forwarded(answer.headers));
        response.flushHeaders();
        answer.pipe(response);
      });
      upstream.end(body);
      if (offset !== null) this.wholeChunks += 1;
      return;
    }
    await bringToPoint(upstream, body, strike.point);
    if (strike.point.at !== 'inside') this.wholeChunks += 1;
    await strike.run();
    upstream.destroy();
    request.socket.destroy();
  }
}

async function bringToPoint(upstream: ReturnType<typeof sendRequest>, body: Buffer, point: StrikePoint): Promise<void> {
  switch (point.at) {
    case 'inside':
      await new Promise<void>((resolve) => { upstream.write(body.subarray(0, point.bytes), () => resolve()); });
      break;
    case 'behind':
      await new Promise<void>((resolve) => { upstream.end(body, () => resolve()); });
      await new Promise((resolve) => setTimeout(resolve, point.afterMs));
      break;
    case 'answered': {
      const answered = once(upstream, 'response');
      upstream.end(body);
      const [answer] = (await answered) as [IncomingMessage];
      await readBody(answer);
      break;
    }
  }
}

/** Null when the sender went away before it had sent all. */
async function readBody(message: IncomingMessage): Promise<Buffer | null> {
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
function forwarded(headers: IncomingHttpHeaders): IncomingHttpHeaders {
  const { connection: _connection, 'keep-alive': _keepAlive, 'transfer-encoding': _encoding, ...rest } = headers;
  return rest;
}
