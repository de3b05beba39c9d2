/**
 * One live connection: server-sent events that say "something newer than this waits"; beside them what is told from memory (`floor-protocol.ts`).
 *
 * Invariant: the feed's event is a hint, the feed is the truth; an event is lost or doubled without harm. The connection
 * ends with its access token, so a session that was closed is not told for longer than that.
 */
import type { ServerResponse } from 'node:http';
import { liveEventSchema } from '../../shared/protocol/feed-protocol.ts';
import type { HubStore } from '../store/hub-store.ts';

const HEARTBEAT_MS = 15_000;

let rendered: { revision: number; bytes: Buffer } | null = null;

/** All connections are told the same at the same moment: it is made once. */
function renderEvent(revision: number): Buffer {
  if (rendered?.revision === revision) return rendered.bytes;
  const text = `event: feed\nid: ${String(revision)}\ndata: ${JSON.stringify(liveEventSchema.parse({ revision }))}\n\n`;
  rendered = { revision, bytes: Buffer.from(text) };
  return rendered.bytes;
}

/** Resolves when the connection is over. */
export async function openLive(
  store: HubStore, response: ServerResponse, options: { lastSeen: number; expiresInMs: number; beside: (send: (message: Buffer) => void) => () => void },
): Promise<void> {
  let sent = options.lastSeen;
  const send = (revision: number): void => {
    if (revision <= sent) return;
    sent = revision;
    response.write(renderEvent(revision));
  };
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store', connection: 'keep-alive' });
  response.write(': open\n\n');
  const stopListening = store.onRevision(send);
  const stopBeside = options.beside((message) => response.write(message));
  const heartbeat = setInterval(() => response.write(': still here\n\n'), HEARTBEAT_MS);
  const expiry = setTimeout(() => response.end(), Math.max(0, options.expiresInMs));
  const over = new Promise<void>((resolve) => {
    response.once('close', resolve);
  });
  try {
    const revision = await store.sequence();
    // A hub restored from a backup may be behind what this desk has seen: wake it too, the feed will tell.
    if (revision < sent) sent = revision - 1;
    send(revision);
    await over;
  } finally {
    clearInterval(heartbeat);
    clearTimeout(expiry);
    stopListening();
    stopBeside();
    if (!response.writableEnded) response.end();
  }
}
