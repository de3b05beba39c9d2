/**
 * The least of an exchange: takes the softphone's registration, and says to it whatever a test wants said. It stands at the other end of
 * a real socket; the softphone is the one of the app, without an audio page.
 */
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { WebSocketServer } from 'ws';
import type { WebSocket } from 'ws';
import { createSoftphone } from '../../../electron/main/softphone/softphone.ts';
import type { Softphone } from '../../../electron/main/softphone/softphone.ts';
import { systemClock } from '../../../shared/time.ts';
import type { Caller, TelephoneEvent } from '../../../shared/telephone/telephone-event.ts';

export interface SmallExchange {
  phone: Softphone;
  events: TelephoneEvent[];
  log: string[];
  say(text: string): void;
  /** The final or provisional answer with this status to this Call-ID. */
  answer(callId: string, isIt: (status: number) => boolean): Promise<string>;
  /** An OPTIONS is answered: whoever says nothing more is deaf. */
  hears(): Promise<void>;
  /** INVITE, 180 and on the screen, CANCEL, 487. */
  normalCall(): Promise<void>;
  /** An INVITE with these headers changed (null takes one out) and this body; answers the first status that is no 100. */
  invite(change?: Readonly<Record<string, string | null>>, body?: string): Promise<Invited>;
  /** The softphone registers anew, on a connection of its own. */
  registeredAgain(): Promise<void>;
  close(): Promise<void>;
}

export interface Invited {
  status: number;
  /** As it was told; null: nobody was shown anything. */
  caller: Caller | null;
}

const PATIENCE_MS = 5_000;
export const usualSound = 'v=0\r\no=- 1 1 IN IP4 192.0.2.4\r\ns=-\r\nc=IN IP4 192.0.2.4\r\nt=0 0\r\nm=audio 49217 RTP/AVP 8\r\n';

/** Starts both; resolves when the softphone is registered. */
export async function startSmallExchange(): Promise<SmallExchange> {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1', handleProtocols: () => 'sip' });
  await once(server, 'listening');
  const events: TelephoneEvent[] = [];
  const log: string[] = [];
  const eventListeners = new Set<() => void>();
  const phone = createSoftphone({
    clock: systemClock,
    sendToAudioPage: () => undefined,
    onEvent: (event) => {
      events.push(event);
      for (const look of eventListeners) look();
    },
    log: (line) => { log.push(line); },
  });
  const answerListeners = new Set<(text: string) => void>();
  let socket: WebSocket | null = null;
  server.on('connection', (connected) => {
    socket = connected;
    connected.on('message', (data) => {
      const text = (data as Buffer).toString('utf8');
      if (text.startsWith('REGISTER ')) connected.send(accepted(text));
      else for (const listener of answerListeners) listener(text);
    });
  });
  const registeredAgain = (): Promise<void> => {
    const before = events.length;
    return new Promise((resolve) => {
      const look = (): void => {
        if (!events.slice(before).some((event) => event.kind === 'line' && event.line.name === 'registered')) return;
        eventListeners.delete(look);
        resolve();
      };
      eventListeners.add(look);
    });
  };
  const registered = registeredAgain();
  await phone.configure({
    server: `ws://127.0.0.1:${String((server.address() as AddressInfo).port)}`, domain: 'example.com', user: 'user', authenticationUser: null,
    password: 'x', privateAuthority: null, tones: 'sound', ringForMs: 20_000,
  });
  await registered;

  let checks = 0;
  const say = (text: string): void => { socket?.send(text); };
  const answer: SmallExchange['answer'] = (callId, isIt) =>
    new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        answerListeners.delete(listener);
        reject(new Error(`no answer to ${callId}`));
      }, PATIENCE_MS);
      const listener = (text: string): void => {
        const status = Number(/^SIP\/2\.0 (\d{3})/.exec(text)?.[1]);
        if (!text.includes(callId) || !isIt(status)) return;
        clearTimeout(timer);
        answerListeners.delete(listener);
        resolve(text);
      };
      answerListeners.add(listener);
    });
  const request = (method: string, callId: string, branch: string, body = ''): string => [
    `${method} sip:user@example.com SIP/2.0`, `Via: SIP/2.0/WS exchange.example.com;branch=z9hG4bK${branch}`, 'From: <sip:exchange@example.com>;tag=e1', 'To: <sip:user@example.com>',
    `Call-ID: ${callId}`, `CSeq: 1 ${method}`, 'Max-Forwards: 70', 'Contact: <sip:exchange@example.com>', ...(body === '' ? [] : ['Content-Type: application/sdp']),
    `Content-Length: ${String(body.length)}`, '', body,
  ].join('\r\n');
  return {
    phone, events, log, say, answer, registeredAgain,
    hears: async () => {
      checks += 1;
      const callId = `check-${String(checks)}`;
      const answered = answer(callId, (status) => status === 200);
      say(request('OPTIONS', callId, callId));
      await answered;
    },
    normalCall: async () => {
      for (const one of phone.calls()) phone.hangUp(one.callId);
      checks += 1;
      const callId = `normal-${String(checks)}`;
      const rings = answer(callId, (status) => status === 180);
      say(request('INVITE', callId, callId, usualSound));
      await rings;
      if (phone.calls().length !== 1) throw new Error('a call rings there and is shown to nobody');
      const over = answer(callId, (status) => status === 487);
      say(request('CANCEL', callId, callId));
      await over;
      say(request('ACK', callId, callId));
    },
    invite: async (change = {}, body = usualSound) => {
      for (const one of phone.calls()) phone.hangUp(one.callId);
      checks += 1;
      const callId = `invited-${String(checks)}`;
      const before = events.length;
      const first = answer(callId, (status) => status > 100);
      const usual: Record<string, string | null> = {
        Via: `SIP/2.0/WS exchange.example.com;branch=z9hG4bK${callId}`, From: '<sip:caller@example.com>;tag=c1', To: '<sip:user@example.com>', 'Call-ID': callId, CSeq: '1 INVITE',
        Contact: '<sip:exchange@example.com>', 'Content-Type': 'application/sdp', 'Content-Length': String(Buffer.byteLength(body)),
      };
      const headers = Object.entries({ ...usual, ...change }).flatMap(([name, value]) => (value === null ? [] : [`${name}: ${value}`]));
      say(['INVITE sip:user@example.com SIP/2.0', ...headers, '', body].join('\r\n'));
      const status = Number(/^SIP\/2\.0 (\d{3})/.exec(await first)?.[1]);
      const begun = events.slice(before).find((event) => event.kind === 'call-begun');
      return { status, caller: begun?.caller ?? null };
    },
    close: async () => {
      await phone.shutdown();
      for (const client of server.clients) client.terminate();
      server.close();
      await once(server, 'close');
    },
  };
}

function accepted(register: string): string {
  const header = (name: string): string => new RegExp(`^${name}: (.*)$`, 'm').exec(register)?.[1]?.trim() ?? '';
  return [
    'SIP/2.0 200 OK', `Via: ${header('Via')}`, `From: ${header('From')}`, `To: ${header('To')};tag=r1`, `Call-ID: ${header('Call-ID')}`, `CSeq: ${header('CSeq')}`,
    `Contact: ${header('Contact')}`, 'Content-Length: 0', '', '',
  ].join('\r\n');
}
