/**
 * A TCP link between softphone and exchange that can go dead without a word: nothing passes any more, and nobody is told.
 */
import { once } from 'node:events';
import net from 'node:net';
import type { AddressInfo } from 'node:net';

export interface LinkProxy {
  url: string;
  /** From now on nothing passes, in connections old and new. */
  blackHole(): void;
  /** New connections pass again; those that were in the hole stay dead. */
  restore(): void;
  /** Connections that were asked for since the last time this was read. */
  takeCount(): number;
  close(): Promise<void>;
}

/** A proxy in front of a port of this machine. */
export async function startLinkProxy(port: number): Promise<LinkProxy> {
  const sockets = new Set<net.Socket>();
  let isOpen = true;
  let count = 0;
  const server = net.createServer((near) => {
    count += 1;
    sockets.add(near);
    near.on('error', () => near.destroy());
    near.on('close', () => sockets.delete(near));
    if (!isOpen) {
      near.pause();
      return;
    }
    const far = net.connect(port, '127.0.0.1');
    sockets.add(far);
    far.on('error', () => near.destroy());
    far.on('close', () => {
      sockets.delete(far);
      near.destroy();
    });
    near.on('close', () => far.destroy());
    near.pipe(far).pipe(near);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `ws://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    blackHole: () => {
      isOpen = false;
      for (const socket of sockets) socket.unpipe().pause();
    },
    restore: () => { isOpen = true; },
    takeCount: () => {
      const counted = count;
      count = 0;
      return counted;
    },
    close: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
