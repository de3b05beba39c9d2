/**
 * What main and the audio page say to each other.
 *
 * Invariants: each request is answered once, by a Result; both sides parse what comes in; no address, password or name of a case is in
 * it: the page knows calls by their id, and session descriptions.
 */
import { z } from 'zod';
import { attachmentIdSchema, callIdSchema } from '../id.ts';
import { appErrorSchema } from '../result.ts';
import { soundFiguresSchema } from '../telephone/call-quality.ts';
import type { Channel } from './channel.ts';
import { channel } from './channel.ts';

const ofCall = { callId: callIdSchema };
const nothing = z.object({});
const sdpSchema = z.string().max(65_536);
export const tonesSchema = z.string().regex(/^[0-9A-D*#]{1,32}$/);

export const audioDeviceSchema = z.object({ deviceId: z.string(), label: z.string() });
export const audioDevicesSchema = z.object({ microphones: z.array(audioDeviceSchema), speakers: z.array(audioDeviceSchema) });
export type AudioDevices = z.infer<typeof audioDevicesSchema>;

/** Null: the system's own choice. One that is not there any more counts as null until it is back. */
export const audioChoiceSchema = z.object({
  microphoneId: z.string().nullable(),
  speakerId: z.string().nullable(),
  ringId: z.string().nullable(),
  /** Against echo and noise; a headset that does it by itself needs none. */
  processing: z.boolean(),
});
export type AudioChoice = z.infer<typeof audioChoiceSchema>;

export const ringKinds = ['none', 'incoming', 'waiting', 'ringback'] as const;

export const audioRequests = {
  /** The answer to this offer; null: an offer of ours. Makes the call's sound where there is none (a page that began anew). */
  describe: channel(
    z.object({ ...ofCall, held: z.boolean(), muted: z.boolean(), joinedWith: callIdSchema.nullable(), offer: sdpSchema.nullable() }),
    z.object({ sdp: sdpSchema }),
  ),
  /** The answer to our offer, made by this page. */
  apply: channel(z.object({ ...ofCall, sdp: sdpSchema }), nothing),
  /** Back to what was agreed before the last offer. */
  rollback: channel(z.object(ofCall), nothing),
  'set-muted': channel(z.object({ ...ofCall, muted: z.boolean() }), nothing),
  /** The far ends hear each other, once both calls were said to be so; null: alone. */
  'join-sounds': channel(z.object({ ...ofCall, joinedWith: callIdSchema.nullable() }), nothing),
  'send-tones': channel(z.object({ ...ofCall, tones: tonesSchema, durationMs: z.int().min(70).max(1_000) }), nothing),
  close: channel(z.object(ofCall), nothing),
  'read-quality': channel(z.object(ofCall), z.object({ figures: soundFiguresSchema.nullable() })),
  /** Hears for half a second: what a test call, and a test, go by. */
  'measure-tones': channel(
    z.object({ ...ofCall, side: z.enum(['received', 'microphone']), frequenciesHz: z.array(z.number().min(50).max(8_000)).max(8) }),
    z.object({ energyDb: z.number(), shares: z.array(z.number()) }),
  ),
  /** Of a call that has sound over a line; `start` only on the desk's order. Pieces are told as `recorded`, after `stop` or the call's end the last. */
  record: channel(z.object({ ...ofCall, recordingId: attachmentIdSchema, action: z.enum(['start', 'pause', 'resume', 'stop']) }), nothing),
  /** Practice line: the voice of its far end; not heard while the call is on hold. Makes the call's sound where there is none. */
  'play-far-end': channel(z.object({ ...ofCall, heard: z.boolean(), muted: z.boolean() }), nothing),
  ring: channel(z.object({ kind: z.enum(ringKinds) }), nothing),
  /** Rings for two seconds on the ring device. */
  'try-ring': channel(nothing, nothing),
  /** Keeps three seconds of the microphone in memory and plays them; answers when they were heard. */
  'try-microphone': channel(nothing, nothing),
  'list-devices': channel(nothing, audioDevicesSchema),
  'choose-devices': channel(audioChoiceSchema, nothing),
  /** Levels are told as events while this is on. */
  'watch-level': channel(z.object({ on: z.boolean() }), nothing),
} as const satisfies Record<string, Channel>;

export type AudioRequests = typeof audioRequests;
export type AudioRequestName = keyof AudioRequests;
export type AudioInput<Name extends AudioRequestName> = z.infer<AudioRequests[Name]['input']>;
export type AudioOutput<Name extends AudioRequestName> = z.infer<AudioRequests[Name]['output']>;

/** Main → page. */
export const audioRequestSchema = z.object({ id: z.int().positive(), name: z.string(), input: z.unknown() });

/** Page → main. */
export const audioMessageSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('ready') }),
  z.object({ kind: z.literal('answer'), id: z.int().positive(), result: z.discriminatedUnion('ok', [
    z.object({ ok: z.literal(true), value: z.unknown() }),
    z.object({ ok: z.literal(false), error: appErrorSchema }),
  ]) }),
  z.object({ kind: z.literal('connection'), ...ofCall, there: z.boolean() }),
  /** The first sound that could be heard of the far end. */
  z.object({ kind: z.literal('heard'), ...ofCall }),
  z.object({ kind: z.literal('recorded'), recordingId: attachmentIdSchema, bytes: z.instanceof(Uint8Array), last: z.boolean() }),
  z.object({ kind: z.literal('devices'), devices: audioDevicesSchema }),
  /** Loudness of the microphone and of what is heard, 0 to 1. */
  z.object({ kind: z.literal('level'), microphone: z.number(), received: z.number() }),
  /** This machine is on a network again, or on another one. */
  z.object({ kind: z.literal('network-changed') }),
]);
export type AudioMessage = z.infer<typeof audioMessageSchema>;

/** What the preload lends to the audio page (`window.premuraAudio` there). */
export interface AudioPageApi {
  send(message: AudioMessage): void;
  /** What arrives is `unknown` until a schema has read it. */
  onRequest(listener: (message: unknown) => void): void;
}

/** Names of the messages between main and that preload. */
export const audioChannel = { toPage: 'premura:audio-request', toMain: 'premura:audio-message' } as const;
