/**
 * Stands between a desk and its hub and speaks the feed of another version: what a desk asks and pushes passes unchanged,
 * the lines of a page go through `rewrite`.
 */
import type { IncomingHttpHeaders, Server } from 'node:http';
import { createServer, request as sendRequest } from 'node:http';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import type { FeedLine } from '../../shared/protocol/feed-protocol.ts';
import { feedLineSchema } from '../../shared/protocol/feed-protocol.ts';

export class FeedProxy {
  /** What the other hub says instead; by default the very same. */
  rewrite: (lines: FeedLine[]) => unknown[] = (lines) => lines;
  readonly #server: Server;

  private constructor(target: URL) {
    this.#server = createServer((request, response) => {
      const isFeed = request.url?.startsWith('/v1/feed') === true;
      const upstream = sendRequest({
        host: target.hostname, port: target.port, method: request.method, path: request.url, agent: false,
        headers: { ...forwarded(request.headers), ...(isFeed ? { 'accept-encoding': 'identity' } : {}) },
      });
      upstream.on('error', () => response.destroy());
      response.on('close', () => upstream.destroy());
      upstream.on('response', (answer) => {
        answer.on('error', () => response.destroy());
        const { 'content-length': _length, ...headers } = forwarded(answer.headers);
        response.writeHead(answer.statusCode ?? 502, headers);
        if (!isFeed || answer.statusCode !== 200) {
          response.flushHeaders();
          answer.pipe(response);
          return;
        }
        text(answer).then((page) => response.end(this.#rewritten(page)), () => response.destroy());
      });
      request.pipe(upstream);
    });
  }

  static async start(target: string): Promise<FeedProxy> {
    const proxy = new FeedProxy(new URL(target));
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

  #rewritten(page: string): string {
    const lines = page.trimEnd().split('\n').map((line) => feedLineSchema.parse(JSON.parse(line)));
    return this.rewrite(lines).map((line) => `${JSON.stringify(line)}\n`).join('');
  }
}

/** Headers that belong to a connection stay on it. */
function forwarded(headers: IncomingHttpHeaders): IncomingHttpHeaders {
  const { connection: _connection, 'keep-alive': _keepAlive, 'transfer-encoding': _encoding, ...rest } = headers;
  return rest;
}
