/**
 * The wire between a desk's real HTTP client and a hub in this process.
 *
 * Invariant: only the socket is replaced (axios' adapter): what the desk sends is what leaves its client, and what it reads
 * has been through the client's own parsing and decompression. A dropped line looks as a socket makes it look.
 */
import { Readable } from 'node:stream';
import type { AxiosResponse, InternalAxiosRequestConfig } from 'axios';
import axios, { AxiosError } from 'axios';

export interface WireRequest {
  method: 'GET' | 'POST' | 'PATCH';
  path: string;
  headers: Record<string, string>;
  body: string | Buffer | null;
}

/** Whether a request pushes facts: the only one whose body is facts. */
export function isPush(request: WireRequest): request is WireRequest & { body: string } {
  return request.method === 'POST' && request.path.startsWith('/v1/devices/') && typeof request.body === 'string';
}

export interface WireAnswer {
  status: number;
  headers: Record<string, string>;
  payload: Buffer;
  /** Bytes after which the connection dies; null = never. */
  cutAfter: number | null;
}

export type Wire = (request: WireRequest) => Promise<WireAnswer>;

/** The connection died before an answer came. */
export class LineDropped extends Error {}

const wires = new Map<string, Wire>();
let wireCount = 0;

/** Lays a wire; answers the URL whose requests it carries. */
export function layWire(wire: Wire): string {
  axios.defaults.adapter = carry;
  wireCount += 1;
  const url = `http://wire-${String(wireCount)}.test`;
  wires.set(url, wire);
  return url;
}

export function cutWire(url: string): void {
  wires.delete(url);
}

async function carry(config: InternalAxiosRequestConfig): Promise<AxiosResponse> {
  const wire = wires.get(config.baseURL ?? '');
  if (wire === undefined) throw new Error(`no wire is laid for ${String(config.baseURL)}`);
  const dropped = (): AxiosError => new AxiosError('socket hang up', 'ECONNRESET', config);
  let answer: WireAnswer;
  try {
    answer = await wire({
      method: methodOf(config),
      path: config.url ?? '',
      headers: headersOf(config),
      body: typeof config.data === 'string' || Buffer.isBuffer(config.data) ? config.data : null,
    });
  } catch (error) {
    if (error instanceof LineDropped) throw dropped();
    throw error;
  }
  const { status, headers, payload, cutAfter } = answer;
  if (config.responseType === 'stream') return { status, statusText: '', headers, config, data: bodyOf(payload, cutAfter) };
  if (cutAfter !== null) throw dropped();
  return { status, statusText: '', headers, config, data: payload.toString('utf8') };
}

function methodOf(config: InternalAxiosRequestConfig): WireRequest['method'] {
  const method = config.method?.toUpperCase();
  if (method === 'GET' || method === 'POST' || method === 'PATCH') return method;
  throw new Error(`no wire carries ${String(method)}`);
}

function headersOf(config: InternalAxiosRequestConfig): Record<string, string> {
  return Object.fromEntries(Object.entries(config.headers.toJSON()).map(([name, value]) => [name.toLowerCase(), String(value)]));
}

function bodyOf(payload: Buffer, cutAfter: number | null): Readable {
  return Readable.from(cutAfter === null ? [payload] : dieAfter(payload.subarray(0, cutAfter)), { objectMode: false });
}

async function* dieAfter(bytes: Buffer): AsyncGenerator<Buffer> {
  if (bytes.length > 0) yield bytes;
  await Promise.resolve();
  throw Object.assign(new Error('aborted'), { code: 'ECONNRESET' });
}
