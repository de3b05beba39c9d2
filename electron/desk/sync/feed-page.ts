/**
 * A page of the feed as this desk holds it between reading and applying: what an entity says stays the text that the hub sent.
 *
 * Invariants: a body is parsed once, when it is applied, and what was parsed is what is stored, letter for letter; so a page that
 * waits holds texts only, and what one entity needs in memory is gone when the next one comes. A newer hub may say more in a line:
 * then the line is read whole and its body written out again.
 */
import { z } from 'zod';
import type { JsonObject } from '../../../shared/json-object.ts';
import { jsonObjectSchema } from '../../../shared/json-object.ts';
import type { FeedLine } from '../../../shared/protocol/feed-protocol.ts';
import { feedLineSchema } from '../../../shared/protocol/feed-protocol.ts';
import type { GrantedLease } from '../store/lease-watch.ts';

export type FeedChange =
  | { line: 'upsert'; kind: string; id: string; revision: number; bodyText: string }
  | Extract<FeedLine, { line: 'remove' }>;

export interface FeedPage {
  mode: 'delta' | 'snapshot';
  changes: FeedChange[];
  cursor: string;
  more: boolean;
  /** Until when this desk may give cases to start, by its own clock; null where the page brings no lease. */
  lease: GrantedLease | null;
}

/** What came as a body is no JSON: the page is taken back and asked for again. */
export class GarbledBody extends Error {}

/** The head that every hub so far writes before a body; ids of other letters are read the long way. */
const upsertHead = /^\{"line":"upsert","kind":"([\w-]+)","id":"([\w:.*~-]+)","revision":([1-9]\d{0,14}),"body":/;

/** One line; throws on any of a shape that this build does not know. */
export function readFeedLine(text: string): FeedChange | Exclude<FeedLine, { line: 'upsert' }> {
  const head = upsertHead.exec(text);
  if (head !== null && text.endsWith('}')) {
    const [{ length }, kind = '', id = '', revision] = head;
    return { line: 'upsert', kind, id, revision: Number(revision), bodyText: text.slice(length, -1) };
  }
  const line = feedLineSchema.parse(JSON.parse(text));
  if (line.line !== 'upsert') return line;
  const { body, ...rest } = line;
  return { ...rest, bodyText: JSON.stringify(body) };
}

const restOfLineSchema = z.object({ body: jsonObjectSchema });

/**
 * A body and the text of it alone.
 * @throws GarbledBody
 */
export function readFeedBody({ bodyText }: { bodyText: string }): { body: JsonObject; text: string } {
  try {
    const alone = parseAlone(bodyText);
    if (alone !== null) return { body: jsonObjectSchema.parse(alone), text: bodyText };
    const { body } = restOfLineSchema.parse(JSON.parse(`{"body":${bodyText}}`));
    return { body, text: JSON.stringify(body) };
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof z.ZodError) throw new GarbledBody('what came as a body is none', { cause: error });
    throw error;
  }
}

/** Null where more of the line stands behind the body. */
function parseAlone(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
