/**
 * Main's part of a recording: the desk orders it, the audio page hears it, the pieces go to the desk and are kept here until it has them.
 *
 *   order ─▶ audio page records ─▶ piece ─▶ desk ─▶ committed: forgotten here
 *     └─ refused by the page, call over, page gone, desk full for too long: the end is told, and what is there stays
 *
 * Invariants: nothing is recorded without the desk's order, on the practice line never; pieces reach the desk of their own operator, in order,
 * and again until it says that it has them; what is shown is what the page does.
 */
import type { AudioMessage } from '../../../shared/contract/audio-channels.ts';
import type { LineScreen } from '../../../shared/contract/line-channels.ts';
import type { DeskToMainTelephone, MainToDeskTelephone } from '../../../shared/contract/telephone-host-protocol.ts';
import type { RecordingEnd } from '../../../shared/facts/recording-bodies.ts';
import type { AttachmentId, CallId, UserId } from '../../../shared/id.ts';
import type { Result } from '../../../shared/result.ts';
import { fail, ok } from '../../../shared/result.ts';
import type { Clock } from '../../../shared/time.ts';
import type { AudioClient } from '../softphone/audio-client.ts';

type Piece = Extract<MainToDeskTelephone, { type: 'telephone-recorded' }>;
type Order = Extract<DeskToMainTelephone, { type: 'telephone-record' }>;

const SAID_AGAIN_MS = 5_000;
/** Two minutes that no disk takes: then it ends. */
const MOST_WAITING = 40;

interface Recording {
  ownerId: UserId;
  callId: CallId;
  recordingId: AttachmentId;
  startedAtMs: number;
  state: 'starting' | 'recording' | 'paused' | 'ending';
  end: RecordingEnd;
  pauses: { from: number; to: number | null }[];
  nextIndex: number;
  waiting: Piece[];
}

export interface RecordingsOptions {
  audio: AudioClient;
  clock: Clock;
  isPractice: boolean;
  send: (message: MainToDeskTelephone) => void;
  show: (recording: LineScreen['recording']) => void;
  log: (line: string) => void;
}

export interface Recordings {
  fromDesk(message: Extract<DeskToMainTelephone, { type: 'telephone-record' | 'telephone-recorded-committed' }>): void;
  /** A piece of sound, or the end of it. */
  heard(message: Extract<AudioMessage, { kind: 'recorded' }>): void;
  /** At once, whatever the desk does. */
  pause(callId: CallId, paused: boolean): Promise<Result<unknown>>;
  /** Ends by itself with its call; a page that is gone says nothing any more. */
  audioPageLost(): void;
  /** Those of an operator of which something is still to come. */
  livingIds(ownerId: UserId): AttachmentId[];
  /** The desk has everything, and nothing goes on. */
  settled(): Promise<void>;
  /** The desk is there and knows which ones live. */
  greeted(ownerId: UserId): void;
}

export function createRecordings({ audio, clock, isPractice, send, show, log }: RecordingsOptions): Recordings {
  const recordings = new Map<AttachmentId, Recording>();
  let again: NodeJS.Timeout | null = null;
  const waitsForNothing = new Set<() => void>();

  function showNow(): void {
    const one = [...recordings.values()].find(({ state }) => state === 'recording' || state === 'paused');
    show(one === undefined ? null : { callId: one.callId, state: one.state === 'paused' ? 'paused' : 'recording', savedPieces: one.nextIndex - one.waiting.length });
  }

  /** What waits is said again as long as anything does. */
  function sayAgainLater(): void {
    if (again !== null) clearTimeout(again);
    again = null;
    if (![...recordings.values()].some(({ waiting }) => waiting.length > 0)) return;
    again = setTimeout(() => {
      for (const { waiting } of recordings.values()) for (const piece of waiting) send(piece);
      sayAgainLater();
    }, SAID_AGAIN_MS);
    again.unref();
  }

  function add(one: Recording, bytes: Piece['bytes'], end: RecordingEnd | null): void {
    const { ownerId, callId, recordingId, startedAtMs, pauses } = one;
    const piece: Piece = {
      type: 'telephone-recorded', ownerId, callId, recordingId, index: one.nextIndex, bytes, startedAtMs, atMs: clock.nowMs(), pauses: pauses.map((pause) => ({ ...pause })), end,
    };
    one.nextIndex += 1;
    one.waiting.push(piece);
    for (const waiting of one.waiting) send(waiting);
    sayAgainLater();
  }

  function ended(one: Recording): void {
    if (one.state === 'ending') return;
    one.state = 'ending';
    add(one, new Uint8Array(), one.end);
    showNow();
  }

  async function begin({ ownerId, callId, recordingId }: Order): Promise<void> {
    const one: Recording = { ownerId, callId, recordingId, startedAtMs: clock.nowMs(), state: 'starting', end: 'call-ended', pauses: [], nextIndex: 0, waiting: [] };
    recordings.set(recordingId, one);
    const begun = isPractice ? fail('recording-practice', 'error.recordingLocked') : await audio.request('record', { callId, recordingId, action: 'start' });
    if (!begun.ok) {
      log(`telephone: a recording did not begin: ${begun.error.code}`);
      one.end = 'interrupted';
      ended(one);
      return;
    }
    one.startedAtMs = clock.nowMs();
    if (one.state === 'starting') one.state = 'recording';
    showNow();
  }

  function stop(one: Recording, end: RecordingEnd): void {
    if (one.state === 'ending') return;
    one.end = end;
    void audio.request('record', { callId: one.callId, recordingId: one.recordingId, action: 'stop' }).then((stopped) => {
      if (stopped.ok) return;
      log(`telephone: a recording did not end well: ${stopped.error.code}`);
      ended(one);
    });
  }

  return {
    fromDesk: (message) => {
      const one = recordings.get(message.recordingId);
      if (message.type === 'telephone-record') {
        if (message.on && one === undefined) void begin(message);
        else if (!message.on && one !== undefined) stop(one, 'stopped');
        return;
      }
      if (one === undefined) return;
      one.waiting = one.waiting.filter(({ index }) => index > message.upTo);
      if (one.state === 'ending' && one.waiting.length === 0) recordings.delete(one.recordingId);
      if (recordings.size === 0) for (const resolve of waitsForNothing) resolve();
      sayAgainLater();
      showNow();
    },
    heard: ({ recordingId, bytes, last }) => {
      const one = recordings.get(recordingId);
      if (one === undefined || one.state === 'ending') return;
      if (bytes.length > 0) add(one, bytes, null);
      if (last) ended(one);
      else if (one.waiting.length > MOST_WAITING) stop(one, 'interrupted');
    },
    pause: async (callId, paused) => {
      const one = [...recordings.values()].find((other) => other.callId === callId && other.state === (paused ? 'recording' : 'paused'));
      if (one === undefined) return fail('recording-not-there', 'error.recordingNotThere');
      const done = await audio.request('record', { callId, recordingId: one.recordingId, action: paused ? 'pause' : 'resume' });
      if (!done.ok) return done;
      if (paused) one.pauses.push({ from: clock.nowMs(), to: null });
      else one.pauses = one.pauses.map((pause) => ({ ...pause, to: pause.to ?? clock.nowMs() }));
      one.state = paused ? 'paused' : 'recording';
      showNow();
      return ok({});
    },
    audioPageLost: () => {
      for (const one of recordings.values()) {
        if (one.state === 'ending') continue;
        one.end = 'interrupted';
        ended(one);
      }
    },
    livingIds: (ownerId) => [...recordings.values()].filter((one) => one.ownerId === ownerId).map(({ recordingId }) => recordingId),
    settled: () => (recordings.size === 0 ? Promise.resolve() : new Promise((resolve) => { waitsForNothing.add(resolve); })),
    greeted: (ownerId) => {
      for (const one of recordings.values()) if (one.ownerId === ownerId) for (const piece of one.waiting) send(piece);
    },
  };
}
