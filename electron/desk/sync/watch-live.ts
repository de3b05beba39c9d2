/**
 * Listens to the hub's live events (SSE): a feed's event says only "there is something newer", so a
 * lost or doubled one can do no harm; every other event carries the whole of what it tells.
 */
import { createParser } from 'eventsource-parser';
import type { Result } from '../../../shared/result.ts';
import { fail } from '../../../shared/result.ts';
import type { HubClient } from './hub-client.ts';

const SILENCE_LIMIT_MS = 45_000;

/** Resolves, always with a failure, when the connection ended or fell silent. */
export async function watchLive(client: HubClient, signal: AbortSignal, onOpen: () => void, onEvent: () => void, onTold: (event: string, data: string) => void): Promise<Result<never>> {
  const stream = await client.requestStream('/v1/live', { accept: 'text/event-stream', 'accept-encoding': 'identity' }, signal);
  if (!stream.ok) return stream;
  onOpen();
  const parser = createParser({
    onEvent: ({ event, data }) => {
      if (event === 'feed') onEvent();
      else if (event !== undefined) onTold(event, data);
    },
  });
  let silence: NodeJS.Timeout | undefined;
  const listen = (): void => {
    clearTimeout(silence);
    silence = setTimeout(() => stream.value.destroy(new Error('silence')), SILENCE_LIMIT_MS);
  };
  listen();
  return new Promise((resolve) => {
    const end = (reason: string): void => {
      clearTimeout(silence);
      resolve(fail('live-ended', 'error.hubUnreachable', { reason }, true));
    };
    stream.value.setEncoding('utf8');
    stream.value.on('data', (chunk: string) => {
      listen();
      parser.feed(chunk);
    });
    stream.value.once('error', (error: Error) => end(error.message));
    stream.value.once('close', () => end('closed'));
  });
}
