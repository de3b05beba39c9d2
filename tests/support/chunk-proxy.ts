/**
 * Stands between a desk and its hub, and lets the test strike while a chunk of an attachment is on
 * its way.
 *
 * Invariants: a strike falls where the test said (after so many bytes of the body, right behind the
 * last one, or when the hub had answered and the desk was not told); everything else passes unchanged.
 */
import { once } from 'node:events';
import type { ClientRequest, IncomingMessage } from 'node:http';
import type { Exchange } from './hub-proxy.ts';
import { HubProxy, readBody } from './hub-proxy.ts';

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
  readonly #proxy: HubProxy;

  private constructor(target: string) {
    this.#proxy = new HubProxy(target, (exchange) => this.#pass(exchange));
  }

  static async start(target: string): Promise<ChunkProxy> {
    const proxy = new ChunkProxy(target);
    await proxy.#proxy.listen();
    return proxy;
  }

  get url(): string {
    return this.#proxy.url;
  }

  close(): Promise<void> {
    return this.#proxy.close();
  }

  async #pass(exchange: Exchange): Promise<void> {
    const { body } = exchange;
    const offset = exchange.method === 'PATCH' ? Number(new URL(exchange.path, 'http://x').searchParams.get('offset')) : null;
    const strike = offset === null ? null : this.plan(offset, body.length);
    if (strike === null) {
      exchange.pass();
      if (offset !== null) this.wholeChunks += 1;
      return;
    }
    const upstream = exchange.open();
    await bringToPoint(upstream, body, strike.point);
    if (strike.point.at !== 'inside') this.wholeChunks += 1;
    await strike.run();
    upstream.destroy();
    exchange.drop();
  }
}

async function bringToPoint(upstream: ClientRequest, body: Buffer, point: StrikePoint): Promise<void> {
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
