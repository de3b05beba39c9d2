/**
 * A feed whose connection dies in the middle of its body, over real HTTP.
 *
 * Found while the wire of the property suite was built: the desk waited for ever when the body was plain, and ended with an uncaught error when it
 * was zstd, because neither `readline` nor `pipe` tells the reader that its source failed.
 */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import * as zlib from 'node:zlib';
import { describe, expect, it, onTestFinished } from 'vitest';
import { HubClient } from '../../electron/desk/sync/hub-client.ts';
import { pullFeedPage } from '../../electron/desk/sync/pull-feed.ts';
import { newId } from '../../shared/id.ts';

/** The types are of Node 20, which has no zstd. */
const compress = Reflect.get(zlib, 'zstdCompressSync') as (text: string) => Buffer;

const wholePage = [
  { line: 'page', mode: 'delta' },
  ...Array.from({ length: 2_000 }, (_, index) => ({ line: 'remove', kind: 'case', id: newId<string>(), revision: index + 1 })),
  { line: 'end', cursor: '2000:00112233445566aa', more: false },
].map((line) => `${JSON.stringify(line)}\n`).join('');

describe.each(['identity', 'zstd'] as const)('%s', (encoding) => {
  const body = encoding === 'zstd' ? compress(wholePage) : Buffer.from(wholePage);

  it.each([0, 0.3, 0.9])('a page cut after %d of its bytes is a cut, and the next try gets the whole one', async (part) => {
    let cuts = 1;
    const server = createServer((_request, response) => {
      response.writeHead(200, encoding === 'zstd' ? { 'content-encoding': 'zstd' } : {});
      if (cuts === 0) {
        response.end(body);
        return;
      }
      cuts -= 1;
      response.write(body.subarray(0, Math.floor(body.length * part)), () => response.destroy());
      response.flushHeaders();
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    onTestFinished(() => new Promise((resolve) => server.close(() => resolve())));
    const client = new HubClient(`http://127.0.0.1:${String((server.address() as AddressInfo).port)}`);
    const { signal } = new AbortController();
    const cut = await pullFeedPage(client, '', signal);
    expect(cut.ok ? 'a page' : cut.error.retryable).toBe(true);
    const whole = await pullFeedPage(client, '', signal);
    expect(whole.ok && whole.value.changes.length).toBe(2_000);
  });
});
