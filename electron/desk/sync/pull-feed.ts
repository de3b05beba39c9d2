/**
 * Pulls one page of the feed as NDJSON.
 *
 * Invariant: a page counts only when its `end` line arrived; anything less was cut and is
 * thrown away whole, to be asked for again with the same cursor.
 */
import type { Readable } from 'node:stream';
import type { DeviceId } from '../../../shared/id.ts';
import type { LeaseGrant } from '../../../shared/protocol/feed-protocol.ts';
import type { Result } from '../../../shared/result.ts';
import { fail, ok } from '../../../shared/result.ts';
import type { Clock } from '../../../shared/time.ts';
import type { FeedPage } from './feed-page.ts';
import { readFeedLine } from './feed-page.ts';
import type { HubClient } from './hub-client.ts';

/** How many entities at most, also of a snapshot; `isAhead` of what is applied: acknowledges nothing, brings no lease. */
export interface Pages { limit: number; isAhead: boolean }

/** @param desk who asks, and the clock by which it counts its lease; null: one that does not name itself gets none */
export async function pullFeedPage(
  client: HubClient, cursor: string, signal: AbortSignal, desk: { deviceId: DeviceId; clock: Clock } | null = null, pages: Pages | null = null,
): Promise<Result<FeedPage>> {
  const query = new URLSearchParams({
    cursor, ...(desk === null ? {} : { device: desk.deviceId }),
    ...(pages === null ? {} : { limit: String(pages.limit), ...(pages.isAhead ? { ahead: '1' } : {}) }),
  });
  const askedAtMs = desk === null ? null : desk.clock.nowMs();
  const stream = await client.requestStream(`/v1/feed?${query.toString()}`, { accept: 'application/x-ndjson' }, signal);
  if (!stream.ok) return stream;
  return readPage(stream.value, askedAtMs);
}

async function readPage(stream: Readable, askedAtMs: number | null): Promise<Result<FeedPage>> {
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
        if (mode === null) return cut('no page line');
        return ok({ mode, changes, cursor: line.cursor, more: line.more, lease: leaseFrom(askedAtMs, line.lease) });
    }
  }
}

/** Counted from the asking: the answer may have been long on its way. */
function leaseFrom(askedAtMs: number | null, grant: LeaseGrant | undefined): FeedPage['lease'] {
  return askedAtMs === null || grant === undefined ? null : { askedAtMs, endsAtMs: askedAtMs + grant.lifeMs };
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
function parseLine(text: string): ReturnType<typeof readFeedLine> | null {
  try {
    return readFeedLine(text);
  } catch (error) {
    if (error instanceof Error) return null;
    throw error;
  }
}

function cut(reason: string): Result<FeedPage> {
  return fail('feed-cut', 'error.hubUnreachable', { reason }, true);
}
