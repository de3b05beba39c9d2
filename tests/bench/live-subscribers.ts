/**
 * Many live connections in one process, and when each of them heard what.
 *
 * Invariant: an event is taken for the moment its bytes arrived; a revision lower than the one before is counted.
 */
import { once } from 'node:events';
import type { Socket } from 'node:net';
import { connect } from 'node:net';
import { monotonicMs } from '../../shared/time.ts';

export interface Subscriber {
  socket: Socket;
  /** Of each event, in the order of arrival. */
  heard: { revision: number; atMs: number }[];
  wentBack: number;
}

/** Opens the connections; each has heard the present revision when this resolves. */
export async function subscribe(port: number, path: string, tokens: readonly string[], count: number): Promise<Subscriber[]> {
  const subscribers: Subscriber[] = [];
  for (let index = 0; index < count; index += 1) {
    subscribers.push(await openOne(port, path, tokens[index % tokens.length] ?? ''));
  }
  return subscribers;
}

async function openOne(port: number, path: string, token: string): Promise<Subscriber> {
  const socket = connect({ port, host: '127.0.0.1', noDelay: true });
  await once(socket, 'connect');
  const subscriber: Subscriber = { socket, heard: [], wentBack: 0 };
  let rest = '';
  const first = new Promise<void>((resolve, reject) => {
    socket.setEncoding('latin1');
    socket.once('error', reject);
    socket.on('data', (text: string) => {
      const atMs = monotonicMs();
      rest += text;
      const complete = rest.lastIndexOf('\n\n');
      if (complete < 0) return;
      for (const [, id] of rest.slice(0, complete).matchAll(/\nid: (\d+)/g)) {
        const revision = Number(id);
        if (revision < (subscriber.heard.at(-1)?.revision ?? 0)) subscriber.wentBack += 1;
        subscriber.heard.push({ revision, atMs });
      }
      rest = rest.slice(complete + 2);
      if (subscriber.heard.length > 0) resolve();
    });
  });
  socket.write(`GET ${path} HTTP/1.1\r\nhost: 127.0.0.1\r\nauthorization: Bearer ${token}\r\naccept: text/event-stream\r\n\r\n`);
  await first;
  return subscriber;
}

export function newestHeard(subscriber: Subscriber): number {
  return subscriber.heard.at(-1)?.revision ?? 0;
}

export function closeAll(subscribers: readonly Subscriber[]): void {
  for (const { socket } of subscribers) socket.destroy();
}
