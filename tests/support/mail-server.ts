/** A real SMTP server on this machine that keeps what it is sent. */
import { once } from 'node:events';
import { SMTPServer } from 'smtp-server';
import type { SMTPServerOptions } from 'smtp-server';

export interface ReceivedMail {
  from: string;
  to: string[];
  /** As it came over the line. */
  raw: string;
}

export interface MailServer {
  port: number;
  received: ReceivedMail[];
  /** Resolves when so many have come. */
  untilReceived(count: number): Promise<void>;
  stop(): Promise<void>;
}

export interface MailServerOptions extends SMTPServerOptions {
  /** The port it had before. */
  port?: number;
  /** Runs when a whole mail has come and before the server says yes. */
  beforeYes?: () => Promise<void>;
}

export async function startMailServer({ port = 0, beforeYes, ...options }: MailServerOptions = {}): Promise<MailServer> {
  const received: ReceivedMail[] = [];
  const listeners = new Set<() => void>();
  const server = new SMTPServer({
    authOptional: true, disabledCommands: ['STARTTLS'], disableReverseLookup: true, hideSTARTTLS: true, ...options,
    onData: (stream, { envelope }, done) => {
      const pieces: Buffer[] = [];
      stream.on('data', (piece: Buffer) => pieces.push(piece));
      stream.on('end', () => {
        const from = envelope.mailFrom === false ? '' : envelope.mailFrom.address;
        received.push({ from, to: envelope.rcptTo.map(({ address }) => address), raw: Buffer.concat(pieces).toString('utf8') });
        for (const listener of [...listeners]) listener();
        (beforeYes?.() ?? Promise.resolve()).then(() => { done(); }, (error: unknown) => { done(error instanceof Error ? error : new Error(String(error))); });
      });
    },
  });
  // A hub that was killed leaves its connection.
  server.on('error', () => undefined);
  const listening = server.listen(port, '127.0.0.1');
  await once(listening, 'listening');
  const address = listening.address();
  if (address === null || typeof address === 'string') throw new Error('the mail server listens on no port');
  return {
    port: address.port, received,
    untilReceived: (count) => new Promise((resolve) => {
      const look = (): void => {
        if (received.length < count) return;
        listeners.delete(look);
        resolve();
      };
      listeners.add(look);
      look();
    }),
    stop: () => new Promise((resolve) => { server.close(() => { resolve(); }); }),
  };
}

/** A header of a mail, unfolded and with its encoded words read; null where it has none. */
export function headerOf({ raw }: Pick<ReceivedMail, 'raw'>, name: string): string | null {
  const head = raw.slice(0, raw.indexOf('\r\n\r\n')).replace(/\r\n[ \t]+/g, ' ');
  const line = head.split('\r\n').find((one) => one.toLowerCase().startsWith(`${name.toLowerCase()}:`));
  return line?.slice(name.length + 1).trim() ?? null;
}

/** The bytes of the part of this kind. */
export function partOf({ raw }: Pick<ReceivedMail, 'raw'>, mediaType: string): Buffer {
  const boundary = /boundary="([^"]+)"/.exec(raw)?.[1];
  if (boundary === undefined) throw new Error('the mail has one part only');
  const part = raw.split(`--${boundary}`).find((one) => one.toLowerCase().includes(`content-type: ${mediaType}`));
  if (part === undefined) throw new Error(`the mail has no ${mediaType}`);
  return Buffer.from(part.slice(part.indexOf('\r\n\r\n')), 'base64');
}
