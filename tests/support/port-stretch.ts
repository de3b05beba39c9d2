/**
 * Ports for servers that a test ends and starts again on the port they had.
 *
 * Invariant: while a process lives, nobody else who asks here is given a port of its stretch, not even one whose server is down just now.
 * The first port of a stretch is the guard: who listens on it owns the rest, and the system gives it back when the process ends, however
 * it ends. The stretches lie below the ports that the system hands out to whoever asks for any (from 32768 on Linux).
 */
import { createServer } from 'node:net';

const FIRST_PORT = 11_000;
const PORTS_EACH = 200;
const STRETCHES = 100;

export const portsToDraw = PORTS_EACH - 1;

/** Draws the ports of one stretch in turn, from the first again after the last. */
export interface PortStretch {
  draw(): number;
  release(): Promise<void>;
}

/** Owns the first free stretch from `from` on; throws when all are owned. */
export async function ownPortStretch(from: number): Promise<PortStretch> {
  for (let place = 0; place < STRETCHES; place += 1) {
    const guard = FIRST_PORT + ((from + place) % STRETCHES) * PORTS_EACH;
    const release = await listenOn(guard);
    if (release === null) continue;
    let drawn = 0;
    return {
      draw: () => {
        drawn = (drawn % portsToDraw) + 1;
        return guard + drawn;
      },
      release,
    };
  }
  throw new Error(`all ${String(STRETCHES)} stretches of ports are owned: end the test runs that were left over`);
}

/** Gives what ends the listening, null when somebody listens there already. */
async function listenOn(port: number): Promise<(() => Promise<void>) | null> {
  const server = createServer((socket) => socket.destroy());
  server.unref();
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE') resolve(null);
      else reject(error);
    });
    server.listen(port, '127.0.0.1', () => {
      resolve(() => new Promise((closed) => server.close(() => { closed(); })));
    });
  });
}
