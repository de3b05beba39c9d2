/**
 * Pulls one page of the feed as NDJSON.
 *
 * Invariant: a page counts only when its `end` line arrived; anything less was cut and is
 * thrown away whole, to be asked for again with the same cursor.
 */
import type { Readable } from 'node:stream';
import type { Result } from '../../../shared/result.ts';
import { fail, ok } from '../../../shared/result.ts';
import { feedLineSchema } from '../../../shared/protocol/feed-protocol.ts';
import type { FeedPage } from './apply-feed-page.ts';
import type { HubClient } from './hub-client.ts';

export async function pullFeedPage(client: HubClient, cursor: string, signal: AbortSignal): Promise<Result<FeedPage>> {
  const stream = await client.requestStream(`/v1/feed?cursor=${encodeURIComponent(cursor)}`, { accept: 'application/x-ndjson' }, signal);
  if (!stream.ok) return stream;
  return readPage(stream.value);
}

async function readPage(stream: Readable): Promise<Result<FeedPage>> {
  let mode: FeedPage['mode'] | null = null;
  const changes: FeedPage['changes'] = [];
  const lines = linesOf(stream);
  for (;;) {
    const next = await lines.next().catch(describeCut);
    if (typeof next === 'string') return cut(next);
    const line = next.done === true ? null : parseLine(next.value);
    if (line === null) {
      stream.destroy();
      return cut('no end line');
    }
    switch (line.line) {
      case 'page':
        mode = line.mode;
        break;
      case 'upsert':
      case 'remove':
        changes.push(line);
        break;
      case 'end':
        stream.destroy();
        return mode === null ? cut('no page line') : ok({ mode, changes, cursor: line.cursor, more: line.more });
    }
  }
}

/** The lines of a text, the last one as far as it came; throws what the stream throws (readline would wait for ever). */
async function* linesOf(stream: Readable): AsyncGenerator<string, undefined> {
  let rest = '';
  for await (const chunk of stream.setEncoding('utf8') as AsyncIterable<string>) {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    yield* lines;
  }
  if (rest !== '') yield rest;
  return undefined;
}

/** Whatever ends the stream early is a cut: connection, decompression, or our own stop. */
function describeCut(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Null for a line that a cut left half; a whole line of an unknown shape is a cut too, never a guess. */
function parseLine(text: string): ReturnType<typeof feedLineSchema.parse> | null {
  try {
    return feedLineSchema.parse(JSON.parse(text));
  } catch (error) {
    if (error instanceof Error) return null;
    throw error;
  }
}

function cut(reason: string): Result<FeedPage> {
  return fail('feed-cut', 'error.hubUnreachable', { reason }, true);
}
