/**
 * The live board as a screen asks for it.
 *
 * Invariants: asking is watching: the desk holds the hub's stream for as long as somebody asks again within `BOARD_ASK_EVERY_MS` and a little, and
 * lets go by itself; each change is said on the topic `board`. The last figures stay when the line goes, with since when.
 */
import { z } from 'zod';
import { shownAgentStates } from '../agent/agent-state.ts';
import { userIdSchema } from '../id.ts';
import { boardSchema } from '../protocol/board-protocol.ts';
import { instantSchema } from '../time.ts';
import type { ChannelMap } from './channel.ts';
import { channel } from './channel.ts';

/** How often a screen asks although nothing changed. */
export const BOARD_ASK_EVERY_MS = 10_000;
/** Behind by more than this is said: events come every five seconds at least. */
export const BOARD_BEHIND_MS = 8_000;

export const boardScreenSchema = z.object({
  line: z.enum(['connecting', 'live', 'offline']),
  /** The newest snapshot of this session; null: none yet. */
  board: boardSchema.nullable(),
  /** Until when the figures are known to hold, by this desk's clock. */
  asOfMs: instantSchema.nullable(),
  offlineSinceMs: instantSchema.nullable(),
  /** Who does what, for leads where the agreement covers it today: null where it does not, undefined until the hub said either. Since when by this desk's clock. */
  people: z.array(z.object({ userId: userIdSchema, displayName: z.string(), state: z.enum(shownAgentStates), sinceMs: instantSchema, isOver: z.boolean().default(false) })).nullable().optional(),
});
export type BoardScreen = z.infer<typeof boardScreenSchema>;

export const boardQueries = {
  'show-board': channel(z.object({}), boardScreenSchema),
} as const satisfies ChannelMap;
