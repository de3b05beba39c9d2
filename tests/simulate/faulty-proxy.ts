/**
 * Stands between desks and hub, and breaks what passes.
 *
 * Invariants: a cut always falls inside a body, of a request or of an answer; an answer counts
 * as lost only when the hub had stored the push and said so, to us and not to the desk.
 */
import type { IncomingMessage } from 'node:http';
import type { Random } from '../../shared/testing/random.ts';
import { createRandom } from '../../shared/testing/random.ts';
import type { Exchange } from '../support/hub-proxy.ts';
import { HubProxy, withoutConnection } from '../support/hub-proxy.ts';

const faultKinds = ['cut-request', 'cut-answer', 'lost-answer'] as const;
type FaultKind = (typeof faultKinds)[number];

/** One push in this many is broken, once each kind had its turn. */
const PUSH_FAULT_ONE_IN = 4;
const OTHER_FAULT_ONE_IN = 12;

export class FaultyProxy {
  readonly injected = { cuts: 0, lostAnswers: 0 };
  enabled = false;
  readonly #proxy: HubProxy;
  readonly #random: Random;
  /** Each kind once, in an order of the seed, so that a short run meets them all. */
  readonly #owed: FaultKind[];
  readonly #pushListeners = new Set<() => void>();

  private constructor(target: string, seed: number) {
    this.#random = createRandom(seed);
    this.#owed = [...faultKinds];
    if (this.#random.chance(2)) this.#owed.reverse();
    this.#proxy = new HubProxy(target, (exchange) => { this.#pass(exchange); });
  }

  static async start(target: string, seed: number): Promise<FaultyProxy> {
    const proxy = new FaultyProxy(target, seed);
    await proxy.#proxy.listen();
    return proxy;
  }

  get url(): string {
    return this.#proxy.url;
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

  close(): Promise<void> {
    return this.#proxy.close();
  }

  #pass(exchange: Exchange): void {
    const { body, request } = exchange;
    const isPush = exchange.method === 'POST' && exchange.path.endsWith('/facts');
    const fault = this.enabled ? this.#chooseFault(isPush, body.length) : null;
    const upstream = exchange.open().on('response', (answer) => { this.#answer(answer, exchange, fault); });
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

  #answer(answer: IncomingMessage, exchange: Exchange, fault: FaultKind | null): void {
    const { response } = exchange;
    if (fault === null || fault === 'cut-request') {
      exchange.relay(answer);
      return;
    }
    answer.on('error', exchange.drop);
    if (fault === 'lost-answer') {
      answer.resume();
      answer.on('end', () => {
        if (answer.complete && answer.statusCode === 200) this.injected.lostAnswers += 1;
        exchange.drop();
      });
      return;
    }
    response.writeHead(answer.statusCode ?? 502, withoutConnection(answer.headers));
    response.flushHeaders();
    answer.once('data', (chunk: Buffer) => {
      answer.pause();
      response.write(chunk.subarray(0, Math.floor(chunk.length / 2)), () => {
        this.injected.cuts += 1;
        answer.destroy();
        exchange.drop();
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
