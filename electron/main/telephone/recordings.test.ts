/** Main's part of a recording: what goes to the desk, in which order, and until when it is kept. */
import { beforeEach, describe, expect, it, vi, afterEach } from 'vitest';
import type { AudioInput } from '../../../shared/contract/audio-channels.ts';
import type { LineScreen } from '../../../shared/contract/line-channels.ts';
import type { MainToDeskTelephone } from '../../../shared/contract/telephone-host-protocol.ts';
import type { AttachmentId, CallId, UserId } from '../../../shared/id.ts';
import { newId } from '../../../shared/id.ts';
import type { Result } from '../../../shared/result.ts';
import { fail, ok } from '../../../shared/result.ts';
import type { AudioClient } from '../softphone/audio-client.ts';
import { createRecordings } from './recordings.ts';

const ownerId = newId<UserId>();
const callId = newId<CallId>();

beforeEach(() => { vi.useFakeTimers(); });
afterEach(() => { vi.useRealTimers(); });

function openRig({ isPractice = false, refuses = false } = {}) {
  const asked: string[] = [];
  const sent: Extract<MainToDeskTelephone, { type: 'telephone-recorded' }>[] = [];
  let shown: LineScreen['recording'] = null;
  const clock = { at: 1_000, nowMs: () => clock.at };
  const request = (_name: string, input: unknown): Promise<Result<unknown>> => {
    asked.push((input as AudioInput<'record'>).action);
    return Promise.resolve(refuses ? fail('recording-without-sound', 'error.audioFailed') : ok({}));
  };
  const recordings = createRecordings({
    audio: { request } as unknown as AudioClient, clock, isPractice, log: () => undefined,
    send: (message) => { if (message.type === 'telephone-recorded') sent.push(message); },
    show: (recording) => { shown = recording; },
  });
  const recordingId = newId<AttachmentId>();
  return {
    recordings, recordingId, asked, sent, clock, shown: () => shown,
    order: async (on: boolean): Promise<void> => {
      recordings.fromDesk({ type: 'telephone-record', ownerId, callId, recordingId, on });
      await vi.advanceTimersByTimeAsync(0);
    },
    piece: (text: string, last = false): void => { recordings.heard({ kind: 'recorded', recordingId, bytes: new TextEncoder().encode(text), last }); },
    committed: (upTo: number): void => { recordings.fromDesk({ type: 'telephone-recorded-committed', ownerId, recordingId, upTo }); },
  };
}

type Rig = ReturnType<typeof openRig>;
const told = ({ sent }: Rig): [number, string, string | null][] => sent.map(({ index, bytes, end }) => [index, new TextDecoder().decode(bytes), end]);

describe('a recording', () => {
  it('begins on the desk’s order only, goes to the desk in order, and ends with its end', async () => {
    const rig = openRig();
    rig.piece('nobody asked');
    expect([rig.asked, rig.sent, await rig.recordings.pause(callId, true)]).toMatchObject([[], [], { ok: false, error: { code: 'recording-not-there' } }]);
    await rig.order(true);
    expect([rig.asked, rig.shown()]).toEqual([['start'], { callId, state: 'recording', savedPieces: 0 }]);
    rig.piece('a');
    rig.committed(0);
    expect(rig.shown()).toMatchObject({ savedPieces: 1 });
    rig.piece('b');
    rig.committed(1);
    await rig.order(false);
    rig.piece('c');
    rig.piece('', true);
    expect(told(rig)).toEqual([[0, 'a', null], [1, 'b', null], [2, 'c', null], [2, 'c', null], [3, '', 'stopped']]);
    expect(rig.recordings.livingIds(ownerId)).toEqual([rig.recordingId]);
    rig.committed(3);
    expect([rig.recordings.livingIds(ownerId), rig.shown()]).toEqual([[], null]);
  });

  it('keeps what no desk has, says it to the one that greets, and again every five seconds', async () => {
    const rig = openRig();
    await rig.order(true);
    rig.piece('a');
    rig.recordings.greeted(newId<UserId>());
    expect(told(rig)).toHaveLength(1);
    rig.recordings.greeted(ownerId);
    expect(told(rig)).toHaveLength(2);
    await vi.advanceTimersByTimeAsync(5_000);
    expect(told(rig)).toEqual([[0, 'a', null], [0, 'a', null], [0, 'a', null]]);
    rig.committed(0);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(told(rig)).toHaveLength(3);
  });

  it('pauses at once, and tells when', async () => {
    const rig = openRig();
    await rig.order(true);
    rig.clock.at = 2_000;
    expect(await rig.recordings.pause(callId, true)).toMatchObject({ ok: true });
    expect(rig.shown()).toMatchObject({ state: 'paused' });
    expect(await rig.recordings.pause(callId, true)).toMatchObject({ ok: false });
    rig.clock.at = 3_000;
    await rig.recordings.pause(callId, false);
    rig.piece('a');
    expect([rig.asked, rig.sent[0]?.pauses]).toEqual([['start', 'pause', 'resume'], [{ from: 2_000, to: 3_000 }]]);
  });

  it('that the audio page went with is interrupted, and nothing more is taken of it', async () => {
    const rig = openRig();
    await rig.order(true);
    rig.piece('a');
    rig.recordings.audioPageLost();
    rig.piece('late');
    expect(told(rig).at(-1)).toEqual([1, '', 'interrupted']);
    expect(rig.shown()).toBeNull();
  });

  it.each([['on the practice line', { isPractice: true }, []], ['that the page refuses', { refuses: true }, ['start']]])('%s ends before it began', async (_what, given, asked) => {
    const rig = openRig(given);
    await rig.order(true);
    expect([rig.asked, told(rig), rig.shown()]).toEqual([asked, [[0, '', 'interrupted']], null]);
  });

  it('that no disk takes for two minutes is ended', async () => {
    const rig = openRig();
    await rig.order(true);
    for (let index = 0; index < 41; index += 1) rig.piece('x');
    expect(rig.asked).toEqual(['start', 'stop']);
  });
});

it('is settled when the desk has all of it', async () => {
  const rig = openRig();
  await rig.recordings.settled();
  await rig.order(true);
  let isSettled = false;
  void rig.recordings.settled().then(() => { isSettled = true; });
  rig.piece('a', true);
  await vi.advanceTimersByTimeAsync(0);
  expect(isSettled).toBe(false);
  rig.committed(1);
  await vi.advanceTimersByTimeAsync(0);
  expect(isSettled).toBe(true);
});
