/**
 * What the page and main say to each other of the telephone: everything that must act at once, whatever the desk does.
 *
 * Invariants: nothing here makes a call: what goes out begins with the desk's permit (`start-call`, `transfer-call`); no password, no permit and
 * no number of the account's exchange is here; each request is answered once, by a Result; both sides parse what comes in. `line`
 * is told whole after each change, and to each page that begins: a page that was loaded again finds its calls.
 */
import { z } from 'zod';
import { callIdSchema } from '../id.ts';
import { callStateSchema } from '../telephone/call-state.ts';
import { callerSchema, lineStateSchema } from '../telephone/telephone-event.ts';
import { dialNumberSchema } from '../telephone/dial-target.ts';
import { instantSchema } from '../time.ts';
import { audioChoiceSchema, audioDevicesSchema, tonesSchema } from './audio-channels.ts';
import type { Channel } from './channel.ts';
import { channel } from './channel.ts';

const ofCall = { callId: callIdSchema };
const nothing = z.object({});

/** How the practice line's far end behaves, by the last two digits that are dialled (`shared/telephone/practice-numbers.ts`). */
export const practiceBehaviours = ['answers', 'answers-late', 'refuses', 'busy', 'never-answers', 'not-in-service', 'drops'] as const;
export type PracticeBehaviour = (typeof practiceBehaviours)[number];

export const lineRequests = {
  'accept-call': channel(z.object(ofCall), nothing),
  'reject-call': channel(z.object({ ...ofCall, how: z.enum(['busy', 'declined']) }), nothing),
  'hang-up': channel(z.object(ofCall), nothing),
  'hold-call': channel(z.object({ ...ofCall, held: z.boolean() }), nothing),
  'mute-call': channel(z.object({ ...ofCall, muted: z.boolean() }), nothing),
  'send-tones': channel(z.object({ ...ofCall, tones: tonesSchema }), nothing),
  /** At once, whatever the desk does; it goes on only where the desk began it. */
  'pause-recording': channel(z.object({ ...ofCall, paused: z.boolean() }), nothing),
  /** Joins the far ends of an attended transfer. */
  'complete-transfer': channel(z.object({ ...ofCall, toCallId: callIdSchema }), nothing),
  /** Three in one conversation; both calls stand, one may be on hold. */
  'join-calls': channel(z.object({ ...ofCall, withCallId: callIdSchema }), nothing),
  /** Connects now instead of after the pause. */
  'retry-line': channel(nothing, nothing),
  'choose-devices': channel(audioChoiceSchema, nothing),
  /** Levels are told while this is on. */
  'watch-level': channel(z.object({ on: z.boolean() }), nothing),
  /** Rings for two seconds on the ring device. */
  'try-ring': channel(nothing, nothing),
  /** Records the microphone for three seconds and plays it: the test call that needs no exchange. */
  'try-microphone': channel(nothing, nothing),
  /** Keys that work while another program is in front. */
  'set-global-keys': channel(z.object({ on: z.boolean() }), nothing),
  /** Practice line only: somebody rings, from this number; without one, whoever was dialled last. */
  'ring-practice-call': channel(z.object({ number: dialNumberSchema.optional() }), nothing),
} as const satisfies Record<string, Channel>;

export type LineRequests = typeof lineRequests;
export type LineRequestName = keyof LineRequests;
export type LineInput<Name extends LineRequestName> = z.infer<LineRequests[Name]['input']>;
export type LineOutput<Name extends LineRequestName> = z.infer<LineRequests[Name]['output']>;

export const lineCallSchema = z.object({
  ...ofCall,
  caller: callerSchema,
  state: callStateSchema,
  /** It came, or was dialled, while another was in front. */
  waiting: z.boolean(),
  begunAtMs: instantSchema,
  answeredAtMs: instantSchema.nullable(),
});
export type LineCall = z.infer<typeof lineCallSchema>;

export const lineScreenSchema = z.object({
  /** `none`: nobody signed in, or no account; calls are made by hand. */
  kind: z.enum(['none', 'exchange', 'practice']),
  line: lineStateSchema,
  /** Living calls in the order in which they began; one that ended is told by the desk. */
  calls: z.array(lineCallSchema),
  /** The newest that rang here and was taken at another place of its group: nobody missed it. */
  takenElsewhere: callIdSchema.nullable(),
  audioPageAlive: z.boolean(),
  devices: audioDevicesSchema,
  choice: audioChoiceSchema,
  globalKeys: z.object({ on: z.boolean(), taken: z.array(z.enum(['answer', 'hang-up', 'mute'])) }),
  /** What happened and is not on the disk yet. */
  uncommittedCount: z.int().nonnegative(),
  /** The recording as it goes on now; `savedPieces`: on the desk's disk. */
  recording: z.object({ ...ofCall, state: z.enum(['recording', 'paused']), savedPieces: z.int().nonnegative() }).nullable(),
});
export type LineScreen = z.infer<typeof lineScreenSchema>;

/** Main → page. */
export const lineMessageSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('line'), screen: lineScreenSchema }),
  /** Loudness of the microphone and of what is heard, 0 to 1. */
  z.object({ kind: z.literal('level'), microphone: z.number(), received: z.number() }),
]);
export type LineMessage = z.infer<typeof lineMessageSchema>;

/** What the preload lends to the page for the telephone (`window.premura.line`). */
export interface LinePageApi {
  request(name: LineRequestName, input: unknown): Promise<unknown>;
  /** What arrives is `unknown` until `lineMessageSchema` has read it; the last `line` comes at once to a new listener. */
  onMessage(listener: (message: unknown) => void): () => void;
}
