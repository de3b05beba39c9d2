/**
 * Stands between desks and hub, and breaks what passes.
 *
 * Invariants: a cut always falls inside a body, of a request or of an answer; an answer counts
 * as lost only when the hub had stored the push and said so, to us and not to the desk.
 */
import type { IncomingHttpHeaders, IncomingMessage, Server, ServerResponse } from 'node:http';
import { createServer, request as sendRequest } from 'node:http';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import type { Random } from '../../scripts/demo-data/random.ts';
import { createRandom } from '../../scripts/demo-data/random.ts';

const faultKinds = ['cut-request', 'cut-answer', 'lost-answer'] as const;
type FaultKind = (typeof faultKinds)[number];

/** One push in this many is broken, once each kind had its turn. */
const PUSH_FAULT_ONE_IN = 4;
const OTHER_FAULT_ONE_IN = 12;

export class FaultyProxy {
  readonly injected = { cuts: 0, lostAnswers: 0 };
  enabled = false;
  readonly #server: Server;
  readonly #target: URL;
  readonly #random: Random;
  /** Each kind once, in an order of the seed, so that a short run meets them all. */
  readonly #owed: FaultKind[];
  readonly #pushListeners = new Set<() => void>();

  private constructor(target: string, seed: number) {
    this.#target = new URL(target);
    this.#random = createRandom(seed);
    this.#owed = [...faultKinds];
    if (this.#random.chance(2)) this.#owed.reverse();
    this.#server = createServer((request, response) => {
      void this.#pass(request, response);
    });
  }

  static async start(target: string, seed: number): Promise<FaultyProxy> {
    const proxy = new FaultyProxy(target, seed);
    proxy.#server.listen(0, '127.0.0.1');
    await once(proxy.#server, 'listening');
    return proxy;
  }

  get url(): string {
    return `http://127.0.0.1:${String((this.#server.address() as AddressInfo).port)}`;
  }

  /** Resolves when the next push has left for the hub. */
  nextPush(): Promise<void> {
    return new Promise((resolve) => {
      const listener = (): void => {
        this.#pushListeners.delete(listener);
        resolve();
      };
      this.#pushListeners.add(listener);
    });
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }

  async #pass(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await readBody(request);
    if (body === null) return;
    const isPush = request.method === 'POST' && request.url?.endsWith('/facts') === true;
    const fault = this.enabled ? this.#chooseFault(isPush, body.length) : null;
    const upstream = sendRequest({
      host: this.#target.hostname, port: this.#target.port, method: request.method, path: request.url, headers: forwarded(request.headers), agent: false,
    });
    upstream.on('error', () => request.socket.destroy());
    response.on('close', () => upstream.destroy());
    upstream.on('response', (answer) => this.#answer(answer, request, response, fault));
    if (fault === 'cut-request') {
      upstream.write(body.subarray(0, Math.ceil(body.length / 2)), () => {
        this.injected.cuts += 1;
        upstream.destroy();
        request.socket.resetAndDestroy();
      });
    } else {
      upstream.end(body);
    }
    if (isPush) for (const listener of [...this.#pushListeners]) listener();
  }

  #answer(answer: IncomingMessage, request: IncomingMessage, response: ServerResponse, fault: FaultKind | null): void {
    answer.on('error', () => request.socket.destroy());
    if (fault === 'lost-answer') {
      answer.resume();
      answer.on('end', () => {
        if (answer.complete && answer.statusCode === 200) this.injected.lostAnswers += 1;
        request.socket.destroy();
      });
      return;
    }
    response.writeHead(answer.statusCode ?? 502, forwarded(answer.headers));
    response.flushHeaders();
    if (fault === null) {
      answer.pipe(response);
      return;
    }
    answer.once('data', (chunk: Buffer) => {
      answer.pause();
      response.write(chunk.subarray(0, Math.floor(chunk.length / 2)), () => {
        this.injected.cuts += 1;
        answer.destroy();
        request.socket.destroy();
      });
    });
    answer.once('end', () => response.end());
  }

  #chooseFault(isPush: boolean, bodyLength: number): FaultKind | null {
    if (isPush) {
      const owed = this.#owed.shift();
      if (owed !== undefined) return owed;
      return this.#random.chance(PUSH_FAULT_ONE_IN) ? this.#random.pick(faultKinds) : null;
    }
    if (!this.#random.chance(OTHER_FAULT_ONE_IN)) return null;
    return bodyLength > 1 && this.#random.chance(2) ? 'cut-request' : 'cut-answer';
  }
}

/** Null when the desk went away before it had sent all. */
async function readBody(request: IncomingMessage): Promise<Buffer | null> {
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of request) chunks.push(chunk as Buffer);
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
