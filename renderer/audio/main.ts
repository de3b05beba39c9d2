/**
 * The hidden page that hears and speaks: microphone, WebRTC, ring tone. It is asked by main and decides nothing.
 *
 * Invariants: each request is answered once; requests of one call are done in their order, so that two negotiations never cross, and a
 * trial of the devices keeps no call waiting; what is not understood is answered with an error.
 */
import { z } from 'zod';
import type { AudioInput, AudioOutput, AudioRequestName } from '../../shared/contract/audio-channels.ts';
import { audioRequestSchema, audioRequests } from '../../shared/contract/audio-channels.ts';
import type { Result } from '../../shared/result.ts';
import { fail, ok } from '../../shared/result.ts';
import { onAudioRequest, tellMain } from '../bridge/audio.ts';
import { callWithSound, findSound, joinSounds, practiceCallWithSound, recordSound, rollbackSound } from './call-sounds.ts';
import { chooseDevices, listDevices, onDevicesChanged } from './devices.ts';
import { watchLevel } from './level.ts';
import { SoundFailure } from './sound-failure.ts';
import { ring, tryRing } from './ring.ts';
import { tryMicrophone } from './try-microphone.ts';

type Handlers = { [Name in AudioRequestName]: (input: AudioInput<Name>) => Promise<AudioOutput<Name>> };

const handlers: Handlers = {
  describe: async ({ callId, held, muted, joinedWith, offer }) => {
    const sdp = await callWithSound(callId).describe({ held, muted, offer });
    joinSounds(callId, joinedWith);
    return { sdp };
  },
  apply: async ({ callId, sdp }) => {
    await callWithSound(callId).apply(sdp);
    return {};
  },
  rollback: async ({ callId }) => {
    await rollbackSound(callId);
    return {};
  },
  'set-muted': async ({ callId, muted }) => {
    findSound(callId)?.setMuted(muted);
    return {};
  },
  'join-sounds': async ({ callId, joinedWith }) => {
    joinSounds(callId, joinedWith);
    return {};
  },
  'send-tones': async ({ callId, tones, durationMs }) => {
    callWithSound(callId).sendTones(tones, durationMs);
    return {};
  },
  close: async ({ callId }) => {
    findSound(callId)?.close();
    return {};
  },
  'read-quality': async ({ callId }) => ({ figures: (await findSound(callId)?.readQuality()) ?? null }),
  'measure-tones': async ({ callId, side, frequenciesHz }) => (findSound(callId) ?? callWithSound(callId)).measure(side, frequenciesHz),
  record: async ({ callId, recordingId, action }) => {
    recordSound(callId, recordingId, action);
    return {};
  },
  'play-far-end': async ({ callId, heard, muted }) => {
    await practiceCallWithSound(callId).play(heard, muted);
    return {};
  },
  ring: async ({ kind }) => {
    await ring(kind);
    return {};
  },
  'try-ring': async () => {
    await tryRing();
    return {};
  },
  'try-microphone': async () => {
    await tryMicrophone();
    return {};
  },
  'list-devices': async () => listDevices(),
  'choose-devices': async (choice) => {
    await chooseDevices(choice);
    return {};
  },
  'watch-level': async ({ on }) => {
    await watchLevel(on);
    return {};
  },
};

const isName = (name: string): name is AudioRequestName => name in audioRequests;
const ofCallSchema = z.object({ callId: z.string() });
/** By call, or by what is asked. */
const queues = new Map<string, Promise<void>>();

onAudioRequest((message) => {
  const request = audioRequestSchema.parse(message);
  const queue = ofCallSchema.safeParse(request.input).data?.callId ?? request.name;
  const before = queues.get(queue) ?? Promise.resolve();
  // A bug in one is reported and leaves it unanswered; the next is done all the same.
  const mine = before.catch(() => undefined).then(async () => {
    tellMain({ kind: 'answer', id: request.id, result: await answer(request.name, request.input) });
  });
  queues.set(queue, mine);
  void mine.then(() => {
    if (queues.get(queue) === mine) queues.delete(queue);
  });
});

async function answer(name: string, input: unknown): Promise<Result<unknown>> {
  if (!isName(name)) return fail('audio-request-unknown', 'error.audioFailed', { name });
  const parsed = audioRequests[name].input.safeParse(input);
  if (!parsed.success) return fail('audio-request-invalid', 'error.audioFailed', { name });
  try {
    // The schema of this very name has read it.
    return ok(await (handlers[name] as (value: unknown) => Promise<unknown>)(parsed.data));
  } catch (error) {
    if (error instanceof SoundFailure) return fail(error.code, error.messageKey, error.details);
    // WebRTC says by exceptions what it cannot do with a description.
    if (error instanceof DOMException) return fail('audio-failed', 'error.audioFailed', { name, reason: error.name, text: error.message.slice(0, 200) });
    throw error;
  }
}

onDevicesChanged((devices) => {
  tellMain({ kind: 'devices', devices });
});
window.addEventListener('online', () => {
  tellMain({ kind: 'network-changed' });
});
tellMain({ kind: 'ready' });
