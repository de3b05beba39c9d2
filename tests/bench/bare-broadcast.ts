/**
 * The reference of `live`, in a process of its own: writes one event to all open connections for each POST, as soon as
 * the POST was read. It knows nobody, stores nothing and checks nothing.
 */
import type { ServerResponse } from 'node:http';
import { createServer } from 'node:http';

const listeners = new Set<ServerResponse>();
let revision = 0;

const server = createServer((request, response) => {
  if (request.method === 'GET') {
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store', connection: 'keep-alive' });
    response.write(eventOf(revision));
    listeners.add(response);
    response.once('close', () => listeners.delete(response));
    return;
  }
  request.resume();
  request.once('end', () => {
    revision += 1;
    const event = eventOf(revision);
    for (const listener of listeners) listener.write(event);
    response.end('{}');
  });
});

function eventOf(id: number): string {
  return `event: feed\nid: ${String(id)}\ndata: {"revision":${String(id)}}\n\n`;
}

server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  process.stdout.write(`${String(address.port)}\n`);
});
process.once('SIGTERM', () => process.exit(0));
