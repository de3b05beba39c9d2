/**
 * One watcher of the board: server-sent events.
 *
 * Invariants: a watcher that reads slowly is never owed more than one snapshot of each kind: the newest replaces those it missed. The connection ends with
 * its access token (`open-stream.ts`), so a session that was closed is not told for longer than that.
 */
import type { ServerResponse } from 'node:http';
import { openStream } from '../feed/open-stream.ts';
import type { BoardMessage } from './live-board.ts';

/** Begins to send and answers how to stop. */
type Watch = (send: (message: BoardMessage) => void) => () => void;

/** Resolves when the connection is over. */
export async function openBoard(watched: Readonly<Record<string, Watch>>, response: ServerResponse, options: { expiresInMs: number }): Promise<void> {
  const owed = new Map<string, BoardMessage>();
  const stream = openStream(response, options.expiresInMs);
  const send = (kind: string, message: BoardMessage): void => {
    if (response.writableNeedDrain) owed.set(kind, message);
    else stream.write(message);
  };
  response.on('drain', () => {
    const messages = [...owed];
    owed.clear();
    for (const [kind, message] of messages) send(kind, message);
  });
  const stops = Object.entries(watched).map(([kind, watch]) => watch((message) => { send(kind, message); }));
  await stream.over;
  for (const stop of stops) stop();
}
