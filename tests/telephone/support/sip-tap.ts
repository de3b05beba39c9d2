/**
 * A WebSocket between a telephone and its exchange that notes what passes, and when, and through which a stranger may speak to the telephone
 * as if it were the exchange.
 */
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { WebSocket, WebSocketServer } from 'ws';

/** Milliseconds of `epochMs`; null = not seen yet. */
export interface SetUpSeen {
  inviteMs: number | null;
  ringingMs: number | null;
  answerMs: number | null;
}

export interface Passed {
  by: 'telephone' | 'exchange';
  text: string;
}

export interface SipTap {
  url: string;
  /** What passed since the last time it was begun anew. */
  seen(): SetUpSeen;
  begin(): void;
  /** All that passed, in its order. */
  messages: readonly Passed[];
  /** To the telephone, on the connection that it opened last; answers to a branch of `strangersBranch` do not reach the exchange. */
  say(text: string): void;
  /** What the telephone says next that is so. */
  said(isIt: (text: string) => boolean): Promise<string>;
  /** Of this end of the connection to the exchange. */
  portAtExchange(): number;
  close(): Promise<void>;
}

const PATIENCE_MS = 5_000;

/** How the branches of whoever speaks through the tap begin. */
export const strangersBranch = 'z9hG4bKforged';

/** The clock that pages and processes of one machine share, with the fraction that a page's own has. */
export function epochMs(): number {
  return performance.timeOrigin + performance.now();
}

export async function startSipTap(exchangeUrl: string): Promise<SipTap> {
  let seen: SetUpSeen = { inviteMs: null, ringingMs: null, answerMs: null };
  const messages: Passed[] = [];
  const listeners = new Set<(text: string) => void>();
  let telephone: WebSocket | null = null;
  let portAtExchange = 0;
  const note = (what: keyof SetUpSeen): void => { seen = { ...seen, [what]: seen[what] ?? epochMs() }; };
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1', handleProtocols: () => 'sip', perMessageDeflate: false });
  await once(server, 'listening');
  server.on('connection', (near) => {
    telephone = near;
    const far = new WebSocket(exchangeUrl, 'sip', { perMessageDeflate: false });
    const early: string[] = [];
    near.on('message', (data) => {
      const text = (data as Buffer).toString('utf8');
      if (text.startsWith('INVITE ')) note('inviteMs');
      messages.push({ by: 'telephone', text });
      for (const listener of listeners) listener(text);
      if (text.startsWith('SIP/2.0') && text.includes(strangersBranch)) return;
      if (far.readyState === WebSocket.OPEN) far.send(text);
      else early.push(text);
    });
    far.on('upgrade', ({ socket }) => { portAtExchange = socket.localPort ?? 0; });
    far.on('open', () => {
      for (const text of early.splice(0)) far.send(text);
    });
    far.on('message', (data) => {
      const text = (data as Buffer).toString('utf8');
      messages.push({ by: 'exchange', text });
      if (text.startsWith('SIP/2.0 180')) note('ringingMs');
      if (text.startsWith('SIP/2.0 200') && /^CSeq: \d+ INVITE/im.test(text)) note('answerMs');
      near.send(text);
    });
    near.on('ping', () => { if (far.readyState === WebSocket.OPEN) far.ping(); });
    near.on('close', () => { far.close(); });
    far.on('close', () => { near.close(); });
    far.on('error', () => { near.terminate(); });
    near.on('error', () => { far.terminate(); });
  });
  return {
    url: `ws://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    seen: () => seen,
    begin: () => { seen = { inviteMs: null, ringingMs: null, answerMs: null }; },
    messages,
    portAtExchange: () => portAtExchange,
    say: (text) => { telephone?.send(text); },
    said: (isIt) =>
      new Promise((resolve, reject) => {
        const patience = setTimeout(() => {
          listeners.delete(listener);
          reject(new Error('the telephone did not say it'));
        }, PATIENCE_MS);
        const listener = (text: string): void => {
          if (!isIt(text)) return;
          clearTimeout(patience);
          listeners.delete(listener);
          resolve(text);
        };
        listeners.add(listener);
      }),
    close: async () => {
      for (const client of server.clients) client.terminate();
      server.close();
      await once(server, 'close');
    },
  };
}
