/**
 * SIP over a WebSocket (RFC 7118), as the transport of sip.js.
 *
 *   Disconnected ──connect──▶ Connecting ──open──▶ Connected ──closed, silent, disconnect──▶ Disconnected
 *                                  └──failed, too slow──▶ Disconnected
 *
 * Invariants: nothing that arrives can throw out of here, whatever the parser makes of it; a connection that has been silent in spite of
 * pings is ended, within eight seconds of its death; a socket that was left is never heard again.
 */
import { rootCertificates } from 'node:tls';
import type { Core, Transport } from 'sip.js';
import { EmitterImpl, TransportState } from 'sip.js';
import { WebSocket } from 'ws';
import { monotonicMs } from '../../../shared/time.ts';
import type { LineProblem } from '../../../shared/telephone/telephone-event.ts';
import { connectionProblem } from './connection-problem.ts';
import { screenMessage } from './screen-message.ts';

const CONNECT_LIMIT_MS = 8_000;
const PING_EVERY_MS = 2_500;
const SILENT_FOR_MS = 7_000;
const LARGEST_FRAME = 1_048_576;

export interface SipSocketOptions {
  server: string;
  privateAuthority: string | null;
  /** Why the connection is gone. */
  onLost: (problem: LineProblem) => void;
  log: (line: string) => void;
}

export class SipSocket implements Transport {
  readonly protocol: string;
  readonly stateChange = new EmitterImpl<TransportState>();
  onConnect: (() => void) | undefined;
  onDisconnect: ((error?: Error) => void) | undefined;
  onMessage: ((message: string) => void) | undefined;
  /** Of the last connection that failed. */
  problem: LineProblem | null = null;
  readonly #options: SipSocketOptions;
  #state = TransportState.Disconnected;
  #socket: WebSocket | null = null;
  #heardAtMs = 0;
  #watch: NodeJS.Timeout | null = null;
  /** Who waits for a sign of life. */
  #waiting = new Set<(there: boolean) => void>();

  constructor(_logger: Core.Logger, options: SipSocketOptions) {
    this.#options = options;
    this.protocol = options.server.startsWith('wss:') ? 'WSS' : 'WS';
  }

  get state(): TransportState {
    return this.#state;
  }

  isConnected(): boolean {
    return this.#state === TransportState.Connected;
  }

  /** Resolves when the socket is open; rejects with the problem known. */
  connect(): Promise<void> {
    if (this.#state !== TransportState.Disconnected) return Promise.reject(new Error(`connect while ${this.#state}`));
    const { server, privateAuthority } = this.#options;
    const socket = new WebSocket(server, 'sip', {
      handshakeTimeout: CONNECT_LIMIT_MS,
      maxPayload: LARGEST_FRAME,
      perMessageDeflate: false,
      ...(privateAuthority === null ? {} : { ca: [...rootCertificates, privateAuthority] }),
    });
    this.#socket = socket;
    this.#setState(TransportState.Connecting);
    return new Promise((resolve, reject) => {
      socket.on('open', () => {
        if (this.#socket !== socket) return;
        this.problem = null;
        this.#heardAtMs = monotonicMs();
        this.#watch = setInterval(() => { this.#look(); }, PING_EVERY_MS);
        this.#setState(TransportState.Connected);
        this.onConnect?.();
        resolve();
      });
      socket.on('message', (data, isBinary) => {
        if (this.#socket === socket && !isBinary) this.#receive((data as Buffer).toString('utf8'));
      });
      for (const sign of ['ping', 'pong'] as const) {
        socket.on(sign, () => {
          if (this.#socket === socket) this.#heard();
        });
      }
      // `ws` tells an error first and the close after it; both end here, once.
      socket.on('error', (error) => {
        this.#lose(socket, connectionProblem(error));
        reject(error);
      });
      socket.on('close', () => {
        this.#lose(socket, 'connection-lost');
        reject(new Error('closed'));
      });
    });
  }

  /** Leaves the connection; what comes of it later is not heard. */
  disconnect(): Promise<void> {
    const socket = this.#socket;
    if (socket !== null) {
      const wasConnected = this.isConnected();
      this.#forget();
      socket.close();
      setTimeout(() => { socket.terminate(); }, CONNECT_LIMIT_MS).unref();
      if (wasConnected) this.onDisconnect?.();
    }
    return Promise.resolve();
  }

  dispose(): Promise<void> {
    return this.disconnect();
  }

  send(message: string): Promise<void> {
    const socket = this.#socket;
    if (socket === null || !this.isConnected()) return Promise.reject(new Error('Not connected.'));
    return new Promise((resolve, reject) => {
      socket.send(message, (error) => {
        if (error instanceof Error) reject(error);
        else resolve();
      });
    });
  }

  /** Asks at once whether the other side is there: after a sleep, after a change of network. */
  probe(): void {
    this.#look();
  }

  /** Whether the other side is there: true with the next that is heard of it, false when the connection is given up. */
  answers(): Promise<boolean> {
    if (!this.isConnected()) return Promise.resolve(false);
    return new Promise((resolve) => {
      this.#waiting.add(resolve);
      this.#socket?.ping();
    });
  }

  #heard(): void {
    this.#heardAtMs = monotonicMs();
    this.#tellWaiting(true);
  }

  #tellWaiting(there: boolean): void {
    for (const tell of this.#waiting) tell(there);
    this.#waiting.clear();
  }

  #look(): void {
    const socket = this.#socket;
    if (socket === null || !this.isConnected()) return;
    if (monotonicMs() - this.#heardAtMs > SILENT_FOR_MS) {
      socket.terminate();
      this.#lose(socket, 'no-answer');
      return;
    }
    socket.ping();
  }

  #receive(text: string): void {
    this.#heard();
    if (/^(?:\r\n)+$/.test(text)) return;
    const screened = screenMessage(text);
    switch (screened.kind) {
      case 'drop':
        this.#options.log(`telephone: a message was dropped (${screened.why})`);
        return;
      case 'answer':
        this.#options.log(`telephone: a request was refused (${screened.why})`);
        this.send(screened.text).catch((error: unknown) => { this.#options.log(`telephone: the refusal was not sent: ${String(error)}`); });
        return;
      case 'pass':
        try {
          this.onMessage?.(screened.text);
        } catch (error) {
          // The parser throws at what it does not expect. The message is lost, the line is not.
          this.#options.log(`telephone: a message could not be read: ${error instanceof Error ? error.message : String(error)}`);
        }
    }
  }

  #lose(socket: WebSocket, problem: LineProblem): void {
    if (this.#socket !== socket) return;
    const wasConnected = this.isConnected();
    this.problem = problem;
    this.#forget();
    if (wasConnected) this.onDisconnect?.(new Error(problem));
    this.#options.onLost(problem);
  }

  #forget(): void {
    if (this.#watch !== null) clearInterval(this.#watch);
    this.#watch = null;
    this.#socket = null;
    this.#tellWaiting(false);
    this.#setState(TransportState.Disconnected);
  }

  #setState(state: TransportState): void {
    this.#state = state;
    this.stateChange.emit(state);
  }
}
