/** A client that takes nothing, and one that went before it was answered, over real connections. */
import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { connect } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../tests/support/temporary-folder.ts';
import { openBoard } from '../board/open-board.ts';
import type { HubStore } from '../store/hub-store.ts';
import { openSqlite } from '../store/sqlite/open-sqlite.ts';
import { openLive } from './open-live.ts';

const LONG_MS = 600_000;
/** Times this much is more than any buffer between the two takes. */
const PIECE = Buffer.alloc(64 * 1024, ':');
const PIECES = 512;

let store: HubStore;
const server = createServer();
beforeEach(async () => {
  store = await openSqlite(`${temporaryFolder()}/hub.sqlite`);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterEach(async () => {
  server.closeAllConnections();
  server.close();
  await once(server, 'close');
  await store.close();
});

/** Asks and reads nothing of what is answered. */
async function ask(): Promise<{ client: Socket; response: ServerResponse; serverSide: Socket }> {
  const client = connect((server.address() as AddressInfo).port, '127.0.0.1').pause();
  client.on('error', () => undefined);
  client.write('GET / HTTP/1.1\r\nHost: hub\r\n\r\n');
  const [, response] = await once(server, 'request') as [unknown, ServerResponse];
  if (response.socket === null) throw new Error('the connection is gone');
  return { client, response, serverSide: response.socket };
}

const streams = [
  { name: 'live', open: (response: ServerResponse, expiresInMs: number, beside: (send: (message: Buffer) => void) => () => void) => openLive(store, response, { lastSeen: 0, expiresInMs, beside }) },
  { name: 'board', open: (response: ServerResponse, expiresInMs: number, watch: (send: (message: Buffer) => void) => () => void) => openBoard({ board: watch }, response, { expiresInMs }) },
];

describe.each(streams)('$name', ({ open }) => {
  it('ends with its token for a client that takes nothing; whoever tells is stopped, and what is told later harms nobody', async () => {
    const { client, response, serverSide } = await ask();
    const closed = once(serverSide, 'close');
    let tell: (message: Buffer) => void = () => undefined;
    let stops = 0;
    const over = open(response, 0, (send) => {
      tell = send;
      for (let piece = 0; piece < PIECES; piece += 1) send(PIECE);
      // The board keeps what a slow one misses: fill it behind its back.
      for (let piece = 0; piece < PIECES; piece += 1) response.write(PIECE);
      return () => { stops += 1; };
    });
    await over;
    expect(stops).toBe(1);
    tell(PIECE);
    await closed;
    tell(PIECE);
    client.destroy();
  });

  it('is over at once for a client that went while its session was looked up', async () => {
    const { client, response } = await ask();
    client.destroy();
    await once(response, 'close');
    let watchers = 0;
    await open(response, LONG_MS, () => {
      watchers += 1;
      return () => { watchers -= 1; };
    });
    expect(watchers).toBe(0);
  });

  it('is over when the client goes', async () => {
    const { client, response } = await ask();
    let watchers = 0;
    const over = open(response, LONG_MS, () => {
      watchers += 1;
      return () => { watchers -= 1; };
    });
    expect(watchers).toBe(1);
    client.destroy();
    await over;
    expect(watchers).toBe(0);
  });

  it('ends with its token for one that reads, as a whole answer', async () => {
    const { client, response } = await ask();
    let heard = '';
    client.setEncoding('utf8').on('data', (text: string) => { heard += text; });
    const over = open(response, 0, () => () => undefined);
    client.resume();
    await over;
    while (!heard.endsWith('\r\n0\r\n\r\n')) await once(client, 'data');
    client.destroy();
  });
});
