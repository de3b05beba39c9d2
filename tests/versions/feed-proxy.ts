/**
 * Stands between a desk and its hub and speaks the feed of another version: what a desk asks and pushes passes unchanged,
 * the lines of a page go through `rewrite`.
 */
import { text } from 'node:stream/consumers';
import type { FeedLine } from '../../shared/protocol/feed-protocol.ts';
import { feedLineSchema } from '../../shared/protocol/feed-protocol.ts';
import type { Exchange } from '../support/hub-proxy.ts';
import { HubProxy, withoutConnection } from '../support/hub-proxy.ts';

export class FeedProxy {
  /** What the other hub says instead; by default the very same. */
  rewrite: (lines: FeedLine[]) => unknown[] = (lines) => lines;
  readonly #proxy: HubProxy;

  private constructor(target: string) {
    this.#proxy = new HubProxy(target, (exchange) => { this.#pass(exchange); });
  }

  static async start(target: string): Promise<FeedProxy> {
    const proxy = new FeedProxy(target);
    await proxy.#proxy.listen();
    return proxy;
  }

  get url(): string {
    return this.#proxy.url;
  }

  close(): Promise<void> {
    return this.#proxy.close();
  }

  #pass(exchange: Exchange): void {
    if (!exchange.path.startsWith('/v1/feed')) {
      exchange.pass();
      return;
    }
    exchange.open({ 'accept-encoding': 'identity' }).on('response', (answer) => {
      if (answer.statusCode !== 200) {
        exchange.relay(answer);
        return;
      }
      const { 'content-length': _length, ...headers } = withoutConnection(answer.headers);
      exchange.response.writeHead(200, headers);
      text(answer).then((page) => exchange.response.end(this.#rewritten(page)), exchange.drop);
    }).end(exchange.body);
  }

  #rewritten(page: string): string {
    const lines = page.trimEnd().split('\n').map((line) => feedLineSchema.parse(JSON.parse(line)));
    return this.rewrite(lines).map((line) => `${JSON.stringify(line)}\n`).join('');
  }
}
