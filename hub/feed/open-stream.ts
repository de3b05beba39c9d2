/**
 * One response of server-sent events, for as long as its access token is good.
 *
 *   open ──▶ the client went away, maybe before it was opened ──┐
 *        └─▶ the token expired ─────────────────────────────────┴──▶ over: nothing is written any more
 *
 * Invariants: it is over once, in either way, whether the client reads or not: a client that takes nothing would keep its connection, and whoever
 * tells it, for ever, so what it has not taken by then is thrown away. A write after the end does nothing: whoever tells may be waiting for a
 * name meanwhile.
 */
import type { ServerResponse } from 'node:http';

export interface EventStream {
  write(message: Buffer | string): void;
  /** Ends it now. */
  end(): void;
  /** Resolves when it is over. */
  over: Promise<void>;
}

export function openStream(response: ServerResponse, expiresInMs: number): EventStream {
  const write = (message: Buffer | string): void => {
    if (!response.writableEnded && !response.destroyed) response.write(message);
  };
  const end = (): void => {
    if (!response.writableEnded) response.end();
    if (response.writableLength > 0) response.destroy();
  };
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store', connection: 'keep-alive' });
  write(': open\n\n');
  const over = new Promise<void>((resolve) => {
    const expiry = setTimeout(finish, Math.max(0, expiresInMs));
    // The client may have gone while its session was looked up: 'close' is not said again.
    if (response.destroyed) finish();
    else response.once('close', finish);
    function finish(): void {
      clearTimeout(expiry);
      end();
      resolve();
    }
  });
  return { write, end, over };
}
