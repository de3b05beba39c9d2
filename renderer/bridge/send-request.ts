/**
 * One request to the desk and its answer, read by the contract.
 *
 * Invariants: a command that met a restarting desk is sent again as the *same* command, with
 * the same commandId, so it happens once; an answer that does not fit the contract is an
 * error, never `undefined`.
 */
import { z } from 'zod';
import type { Channel } from '../../shared/contract/channel.ts';
import { appErrorSchema, fail } from '../../shared/result.ts';
import type { Result } from '../../shared/result.ts';
import type { RequestEnvelope } from './preload-api.ts';

const MAX_RESENDS = 5;

const resultSchema = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), value: z.unknown() }),
  z.object({ ok: z.literal(false), error: appErrorSchema }),
]);

export interface Transport {
  request(envelope: RequestEnvelope): Promise<unknown>;
  /** Settles when the desk may be asked again; `attempt` counts from 1. */
  whenReachable(attempt: number): Promise<void>;
  /** Where a broken answer is reported for developers. */
  report: (message: string, cause: unknown) => void;
}

/** Sends, sends again when the desk was just restarting, and reads the answer. */
export async function sendRequest<T>(transport: Transport, envelope: RequestEnvelope, channel: Channel): Promise<Result<T>> {
  for (let attempt = 1; ; attempt += 1) {
    const result = await requestOnce<T>(transport, envelope, channel);
    if (result.ok || !result.error.retryable || result.error.code !== 'desk-restarted' || attempt > MAX_RESENDS) return result;
    await transport.whenReachable(attempt);
  }
}

async function requestOnce<T>(transport: Transport, envelope: RequestEnvelope, channel: Channel): Promise<Result<T>> {
  return readAnswer(await transport.request(envelope), envelope.name, channel, transport.report);
}

/** Reads an answer by its channel; one that does not fit is reported, and answered as an error. */
export function readAnswer<T>(raw: unknown, name: string, channel: Channel, report: Transport['report']): Result<T> {
  const broken = (cause: unknown): Result<T> => {
    report(`The answer to ${name} does not fit the contract.`, cause);
    return fail('unexpected', 'error.unexpected', { name });
  };
  const answer = resultSchema.safeParse(raw);
  if (!answer.success) return broken(answer.error);
  if (!answer.data.ok) return answer.data;
  const value = channel.output.safeParse(answer.data.value);
  return value.success ? { ok: true, value: value.data as T } : broken(value.error);
}
