/**
 * One watcher of the board: server-sent events.
 *
 * Invariants: a watcher that reads slowly is never owed more than one snapshot of each kind: the newest replaces those it missed. The connection ends with
 * its access token, so a session that was closed is not told for longer than that.
 */
import type { ServerResponse } from 'node:http';
import type { BoardMessage } from './live-board.ts';

/** Begins to send and answers how to stop. */
type Watch = (send: (message: BoardMessage) => void) => () => void;

/** Resolves when the connection is over. */
export async function openBoard(watched: Readonly<Record<string, Watch>>, response: ServerResponse, options: { expiresInMs: number }): Promise<void> {
  const owed = new Map<string, BoardMessage>();
  const send = (kind: string, message: BoardMessage): void => {
    if (response.writableNeedDrain) owed.set(kind, message);
    else response.write(message);
  };
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store', connection: 'keep-alive' });
  response.write(': open\n\n');
  response.on('drain', () => {
    const messages = [...owed];
    owed.clear();
    for (const [kind, message] of messages) send(kind, message);
  });
  const expiry = setTimeout(() => response.end(), Math.max(0, options.expiresInMs));
  const over = new Promise<void>((resolve) => {
    response.once('close', resolve);
  });
  const stops = Object.entries(watched).map(([kind, watch]) => watch((message) => { send(kind, message); }));
  await over;
  clearTimeout(expiry);
  for (const stop of stops) stop();
  if (!response.writableEnded) response.end();
}
