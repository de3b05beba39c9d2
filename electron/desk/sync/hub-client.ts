/**
 * The hub over HTTP. Every answer is parsed; every failure is one of a few foreseen ones.
 *
 * Invariant: a request that may have reached the hub is safe to send again: push is
 * idempotent by (device, seq, hash), the feed by its cursor.
 */
import type { Duplex, Readable } from 'node:stream';
import { pipeline } from 'node:stream';
import * as zlib from 'node:zlib';
import type { AxiosInstance, AxiosRequestConfig } from 'axios';
import axios, { AxiosError } from 'axios';
import { z } from 'zod';
import type { ErrorDetails, Result } from '../../../shared/result.ts';
import { fail, ok } from '../../../shared/result.ts';
import { hubErrorSchema } from '../../../shared/protocol/session-protocol.ts';

const REQUEST_TIMEOUT_MS = 15_000;
const retryAfterSchema = z.object({ retryAfterMs: z.number() });

export class HubClient {
  readonly #http: AxiosInstance;
  accessToken: string | null = null;

  constructor(baseURL: string) {
    this.#http = axios.create({ baseURL, proxy: false, validateStatus: () => true, maxContentLength: 256 * 1024 * 1024 });
  }

  /** A JSON request; `accepted` lists the statuses whose body is parsed by `schema`. */
  async requestJson<Schema extends z.ZodType>(
    method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
    path: string,
    schema: Schema,
    options: { body?: unknown; timeoutMs?: number; accepted?: number[]; signal?: AbortSignal; headers?: Record<string, string> } = {},
  ): Promise<Result<z.infer<Schema>>> {
    const response = await this.#send<unknown>({
      method, url: path, data: options.body, timeout: options.timeoutMs ?? REQUEST_TIMEOUT_MS,
      ...(options.signal === undefined ? {} : { signal: options.signal }),
    }, options.headers);
    if (!response.ok) return response;
    const { status, data } = response.value;
    if (!(options.accepted ?? [200]).includes(status)) return refusal(status, data);
    const parsed = schema.safeParse(data);
    return parsed.success ? ok(parsed.data) : fail('hub-answer-unreadable', 'error.hubUnreadable', { status }, true);
  }

  /** A streamed answer, already decompressed. */
  async requestStream(path: string, headers: Record<string, string>, signal: AbortSignal): Promise<Result<Readable>> {
    const response = await this.#send<Readable>(
      { method: 'GET', url: path, responseType: 'stream', decompress: false, signal },
      { 'accept-encoding': 'createZstdDecompress' in zlib ? 'zstd' : 'identity', ...headers },
    );
    if (!response.ok) return response;
    const { status, data, headers: answered } = response.value;
    if (status !== 200) {
      data.destroy();
      return refusal(status, null);
    }
    return ok(answered['content-encoding'] === 'zstd' ? decompress(data) : data);
  }

  async #send<Data>(
    config: Omit<AxiosRequestConfig, 'headers'>,
    headers: Record<string, string> = {},
  ): Promise<Result<{ status: number; data: Data; headers: Record<string, unknown> }>> {
    const authorization = this.accessToken === null ? {} : { authorization: `Bearer ${this.accessToken}` };
    try {
      const response = await this.#http.request<Data>({ ...config, headers: { ...authorization, ...headers } });
      return ok({ status: response.status, data: response.data, headers: response.headers });
    } catch (error) {
      if (error instanceof AxiosError) return fail('hub-unreachable', 'error.hubUnreachable', { reason: error.code ?? 'unknown' }, true);
      throw error;
    }
  }
}

function refusal(status: number, data: unknown): { ok: false; error: ReturnType<typeof fail>['error'] } {
  const parsed = hubErrorSchema.safeParse(data);
  const code = parsed.success ? parsed.data.error.code : `http-${String(status)}`;
  if (status === 401) return fail('not-authorised', 'error.signInAgain', { hub: code });
  if ((status === 423 || status === 429) && code !== 'too-many-searches') {
    const waitMs = retryAfterSchema.safeParse(parsed.data?.error.details);
    return fail('account-locked', 'error.accountLocked', { hub: code, count: Math.max(1, Math.ceil((waitMs.data?.retryAfterMs ?? 0) / 60_000)) }, true);
  }
  if (status === 426) return fail('update-needed', 'error.updateNeeded', { hub: code });
  return fail('hub-refused', 'error.hubRefused', { ...plainDetails(parsed.data?.error.details), hub: code, status }, status >= 500);
}

/** What may stand inside a sentence; lists are written out. */
function plainDetails(details: Record<string, unknown> | undefined): ErrorDetails {
  const plain: ErrorDetails = {};
  for (const [name, value] of Object.entries(details ?? {})) {
    const shown = z.union([z.string(), z.number(), z.boolean(), z.array(z.string()).transform((list) => list.join(', '))]).safeParse(value);
    if (shown.success) plain[name] = shown.data;
  }
  return plain;
}

/** A cut of `source` ends the result with the same error: `pipe` alone would leave its reader waiting and the error to nobody. */
function decompress(source: Readable): Readable {
  return pipeline(source, createZstdDecompress(), () => undefined);
}

/** Node 20 has no zstd; this is only reached when the hub answered in it, which it does on request. */
function createZstdDecompress(): Duplex {
  const create: unknown = Reflect.get(zlib, 'createZstdDecompress');
  if (typeof create !== 'function') throw new Error('the hub answered in zstd, which was not asked for');
  return (create as () => Duplex)();
}
