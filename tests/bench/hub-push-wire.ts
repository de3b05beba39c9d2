/**
 * A load generator as light as pgbench's: requests are built before the clock runs and written to kept connections,
 * one at a time each; of an answer only what must be known is read.
 *
 * Invariant: an answer other than 200 with `stored` ends the bench.
 */
import { once } from 'node:events';
import type { Socket } from 'node:net';
import { connect } from 'node:net';
import type { Fact } from '../../shared/facts/fact-header.ts';
import type { DeviceId } from '../../shared/id.ts';
import { monotonicMs } from '../../shared/time.ts';

export interface WireClient { requests: Buffer[] }

/** One push as its bytes on the wire. */
export function buildPush(port: number, token: string, deviceId: DeviceId, facts: readonly Fact[]): Buffer {
  const body = Buffer.from(JSON.stringify({ facts }));
  const head = `POST /v1/devices/${deviceId}/facts HTTP/1.1\r\nhost: 127.0.0.1:${String(port)}\r\nauthorization: Bearer ${token}\r\n` +
    `content-type: application/json\r\ncontent-length: ${String(body.length)}\r\n\r\n`;
  return Buffer.concat([Buffer.from(head), body]);
}

/** Sends all requests of all clients, each client one after the other; answers how long that took. */
export async function sendAll(port: number, clients: readonly WireClient[]): Promise<number> {
  const sockets = await Promise.all(clients.map(async () => {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true });
    await once(socket, 'connect');
    return socket;
  }));
  const startedMs = monotonicMs();
  await Promise.all(clients.map((client, index) => runClient(sockets[index], client.requests)));
  const tookMs = monotonicMs() - startedMs;
  for (const socket of sockets) socket.destroy();
  return tookMs;
}

function runClient(socket: Socket | undefined, requests: readonly Buffer[]): Promise<void> {
  return new Promise((resolve, reject) => {
    if (socket === undefined) throw new Error('a client without a connection');
    let next = 0;
    let received = '';
    const send = (): void => {
      const request = requests[next];
      next += 1;
      if (request === undefined) resolve();
      else socket.write(request);
    };
    socket.setEncoding('latin1');
    socket.once('error', reject);
    socket.once('close', () => reject(new Error('the hub closed the connection')));
    socket.on('data', (text: string) => {
      received += text;
      const headEnd = received.indexOf('\r\n\r\n');
      if (headEnd < 0) return;
      const length = Number(/content-length: (\d+)/i.exec(received)?.[1]);
      if (received.length < headEnd + 4 + length) return;
      if (!received.startsWith('HTTP/1.1 200') || !received.includes('"status":"stored"')) {
        reject(new Error(`a push was not stored: ${received}`));
        return;
      }
      received = '';
      send();
    });
    send();
  });
}
