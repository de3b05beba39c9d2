/**
 * The door in front of the SIP parser.
 *
 * Invariants: what passes has one of each header that the parser takes for granted, and a first line that it can read; a request that can
 * be answered is answered as RFC 3261 wants (400, 416, 420, 505 …), also where the parser would only drop it: whoever calls is never left
 * without an answer; anything else is dropped; nothing in here throws.
 */
import { Core } from 'sip.js';
import { mendHeaders } from './mend-headers.ts';

export type Screened = { kind: 'pass'; text: string } | { kind: 'answer'; text: string; why: string } | { kind: 'drop'; why: string };

const LONGEST_MESSAGE = 65_536;
const LONGEST_LINE = 8_192;
const MOST_HEADERS = 256;
const HIGHEST_SEQUENCE = 2 ** 31;

const requestLine = /^([A-Za-z0-9.!%*_+`'~-]+) (\S+) SIP\/(\d+\.\d+)$/;
const statusLine = /^SIP\/2\.0 [1-6]\d\d(?: .*)?$/;
const longNames: Readonly<Record<string, string>> = { v: 'via', f: 'from', t: 'to', i: 'call-id', m: 'contact', l: 'content-length', c: 'content-type', s: 'subject', k: 'supported', e: 'content-encoding', r: 'refer-to' };
const onlyOnce = ['from', 'to', 'call-id', 'cseq', 'content-length', 'max-forwards'] as const;
const methodsWeKnow = new Set(['INVITE', 'ACK', 'CANCEL', 'BYE', 'INFO', 'NOTIFY', 'OPTIONS', 'REFER', 'MESSAGE', 'SUBSCRIBE', 'REGISTER', 'PRACK', 'UPDATE', 'PUBLISH']);

interface Headers {
  /** By long name in small letters, unfolded. */
  values: Map<string, string[]>;
  body: string;
}

/** Judges one message as it came from the socket. */
export function screenMessage(text: string): Screened {
  if (text.length > LONGEST_MESSAGE) return drop('too long');
  const end = text.indexOf('\r\n');
  if (end < 0) return drop('no line');
  const first = text.slice(0, end);
  const headers = readHeaders(text, end + 2);
  if (headers === null) return drop('no headers');
  if (statusLine.test(first)) return screenResponse(text, headers);
  const request = requestLine.exec(first);
  if (request === null) return /^[A-Z]+ .* SIP\/2\.0$/.test(first) ? reply(headers, first.split(' ', 1)[0] ?? '', 400, 'Bad Request', 'first line') : drop('first line');
  return screenRequest(text, headers, request[1] ?? '', request[2] ?? '', request[3] ?? '');
}

function screenResponse(text: string, headers: Headers): Screened {
  const fault = faultOf(headers);
  if (fault !== null) return drop(fault);
  if (!/^\d{1,10}\s+\S+$/.test(only(headers, 'cseq'))) return drop('cseq');
  return trimmed(text, headers) ?? drop('content-length');
}

function screenRequest(text: string, headers: Headers, method: string, uri: string, version: string): Screened {
  const bad = (why: string): Screened => reply(headers, method, 400, 'Bad Request', why);
  if (version !== '2.0') return reply(headers, method, 505, 'Version Not Supported', `version ${version}`);
  const fault = faultOf(headers);
  if (fault !== null) return bad(fault);
  const sequence = /^(\d{1,10})\s+(\S+)$/.exec(only(headers, 'cseq'));
  if (sequence === null || Number(sequence[1]) >= HIGHEST_SEQUENCE || sequence[2] !== method) return bad('cseq');
  if (!methodsWeKnow.has(method)) return reply(headers, method, 501, 'Not Implemented', `method ${method}`);
  if (!/^sips?:/i.test(uri)) return reply(headers, method, 416, 'Unsupported URI Scheme', 'scheme');
  if (!/^sips?:(?:[^@<>"\s]*@)?(?:[A-Za-z0-9.-]+|\[[0-9A-Fa-f:.]+\])(?::\d{1,5})?(?:[;?][^<>"\s]*)?$/i.test(uri)) return bad('request address');
  const forwards = only(headers, 'max-forwards');
  if (forwards !== '' && !/^(?:25[0-5]|2[0-4]\d|1?\d?\d)$/.test(forwards)) return bad('max-forwards');
  const required = (headers.values.get('require') ?? []).flatMap((value) => value.split(',')).map((tag) => tag.trim()).filter((tag) => tag !== '');
  if (required.length > 0 && method !== 'ACK' && method !== 'CANCEL') {
    return reply(headers, method, 420, 'Bad Extension', 'require', [`Unsupported: ${required.join(', ')}`]);
  }
  if (method === 'INVITE' && (headers.values.get('contact')?.[0] ?? '') === '') return bad('no contact');
  const whole = trimmed(text, headers);
  if (whole === null) return bad('content-length');
  const mended = mendHeaders(whole.text);
  return isReadable(mended) ? { kind: 'pass', text: mended } : bad('not readable');
}

/** What it writes holds messages, and messages hold names and numbers. */
const logs = new Core.LoggerFactory();
logs.builtinEnabled = false;
const silent = logs.getLogger('door');

/** Whether the parser makes something of it; it says that it does not by nothing, or by an exception. */
function isReadable(text: string): boolean {
  try {
    return Core.Parser.parseMessage(text, silent) !== undefined;
  } catch {
    return false;
  }
}

/** Null where nothing is wrong with the headers that every message must have. */
function faultOf(headers: Headers): string | null {
  const missing = ['via', 'from', 'to', 'call-id', 'cseq'].find((name) => (headers.values.get(name)?.[0] ?? '') === '');
  if (missing !== undefined) return `no ${missing}`;
  const twice = onlyOnce.find((name) => (headers.values.get(name)?.length ?? 0) > 1);
  if (twice !== undefined) return `${twice} twice`;
  if (!/^SIP\s*\/\s*2\.0\s*\/\s*[A-Za-z0-9]+\s+\S/i.test(headers.values.get('via')?.[0] ?? '')) return 'via';
  if (!/;\s*tag\s*=/i.test(only(headers, 'from'))) return 'from without a tag';
  return null;
}

/** The message without what follows its body; null where the body is shorter than it says. Over a WebSocket the header is optional. */
function trimmed(text: string, headers: Headers): { kind: 'pass'; text: string } | null {
  const said = headers.values.get('content-length')?.[0];
  if (said === undefined) return { kind: 'pass', text };
  if (!/^\d{1,6}$/.test(said)) return null;
  const body = Buffer.from(headers.body, 'utf8');
  if (body.length < Number(said)) return null;
  if (body.length === Number(said)) return { kind: 'pass', text };
  return { kind: 'pass', text: text.slice(0, text.length - headers.body.length) + body.subarray(0, Number(said)).toString('utf8') };
}

function only(headers: Headers, name: string): string {
  return headers.values.get(name)?.[0] ?? '';
}

function readHeaders(text: string, from: number): Headers | null {
  const end = text.indexOf('\r\n\r\n', from - 2);
  if (end < 0) return null;
  const lines = text.slice(from, Math.max(from, end)).replace(/\r\n[ \t]+/g, ' ').split('\r\n');
  if (lines.length > MOST_HEADERS || lines.some((line) => line.length > LONGEST_LINE)) return null;
  const values = new Map<string, string[]>();
  for (const line of lines) {
    const colon = line.indexOf(':');
    if (colon <= 0) continue;
    const said = line.slice(0, colon).trim().toLowerCase();
    const name = longNames[said] ?? said;
    values.set(name, [...(values.get(name) ?? []), line.slice(colon + 1).trim()]);
  }
  return { values, body: text.slice(end + 4) };
}

/** An answer without any state, where the request says whom to answer; an ACK is never answered. */
function reply(headers: Headers, method: string, status: number, reason: string, why: string, extra: readonly string[] = []): Screened {
  const [vias, from, to, callId, cseq] = [headers.values.get('via') ?? [], only(headers, 'from'), only(headers, 'to'), only(headers, 'call-id'), only(headers, 'cseq')];
  if (method === 'ACK' || vias.length === 0 || from === '' || to === '' || callId === '' || cseq === '') return drop(why);
  const tagged = /;\s*tag\s*=/i.test(to) ? to : `${to};tag=screened`;
  const lines = [
    `SIP/2.0 ${String(status)} ${reason}`, ...vias.map((via) => `Via: ${via}`), `From: ${from}`, `To: ${tagged}`, `Call-ID: ${callId}`, `CSeq: ${cseq}`, ...extra,
    'Content-Length: 0',
  ];
  return { kind: 'answer', text: `${lines.join('\r\n')}\r\n\r\n`, why };
}

function drop(why: string): Screened {
  return { kind: 'drop', why };
}
