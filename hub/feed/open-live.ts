/**
 * One live connection: server-sent events that say "something newer than this waits"; beside them what is told from memory (`floor-protocol.ts`).
 *
 * Invariant: the feed's event is a hint, the feed is the truth; an event is lost or doubled without harm. The connection
 * ends with its access token (`open-stream.ts`), so a session that was closed is not told for longer than that.
 */
import type { ServerResponse } from 'node:http';
import { liveEventSchema } from '../../shared/protocol/feed-protocol.ts';
import type { HubStore } from '../store/hub-store.ts';
import { openStream } from './open-stream.ts';

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
  const stream = openStream(response, options.expiresInMs);
  const send = (revision: number): void => {
    if (revision <= sent) return;
    sent = revision;
    stream.write(renderEvent(revision));
  };
  const stopListening = store.onRevision(send);
  const stopBeside = options.beside((message) => { stream.write(message); });
  const heartbeat = setInterval(() => { stream.write(': still here\n\n'); }, HEARTBEAT_MS);
  try {
    const revision = await store.sequence();
    // A hub restored from a backup may be behind what this desk has seen: wake it too, the feed will tell.
    if (revision < sent) sent = revision - 1;
    send(revision);
    await stream.over;
  } finally {
    clearInterval(heartbeat);
    stopListening();
    stopBeside();
    stream.end();
  }
}
