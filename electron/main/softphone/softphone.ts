/**
 * The softphone: one line, the calls on it, and one stream of what happens.
 *
 * Invariants: no INVITE and no REFER of ours without a permit of the desk, used once; what is told is told in the order in which it
 * happened; a call that comes while another is in front waits, and never takes its place; the end of a call closes its sound; when the
 * line or the audio page is back, or the way of a call's sound is lost, each call that it concerns is agreed anew.
 */
import type { Invitation, Session, UserAgent } from 'sip.js';
import type { AudioChoice, AudioMessage } from '../../../shared/contract/audio-channels.ts';
import type { CallId } from '../../../shared/id.ts';
import { newId } from '../../../shared/id.ts';
import type { Clock } from '../../../shared/time.ts';
import type { TelephoneAccount } from '../../../shared/telephone/account.ts';
import { estimateMos } from '../../../shared/telephone/call-quality.ts';
import { plainEnd } from '../../../shared/telephone/call-state.ts';
import { readSessionDescription } from '../../../shared/telephone/session-description.ts';
import type { DialNumber } from '../../../shared/telephone/dial-target.ts';
import type { Caller, TelephoneEvent } from '../../../shared/telephone/telephone-event.ts';
import type { AudioClient } from './audio-client.ts';
import { createAudioClient } from './audio-client.ts';
import { answerCalls } from './answer-calls.ts';
import type { AnswerCalls } from './answer-calls.ts';
import type { Call } from './call.ts';
import { createCall } from './call.ts';
import { endSession } from './end-session.ts';
import type { JoinCalls } from './join-calls.ts';
import { joinCalls, partCalls, partnerOf } from './join-calls.ts';
import { createLine } from './line.ts';
import type { Line } from './line.ts';
import { createPermitBook } from './permit-book.ts';
import { placeCalls } from './place-calls.ts';
import type { PlaceCalls } from './place-calls.ts';
import { readCalled, readCaller } from './read-caller.ts';
import { ringKind } from './ring-kind.ts';
import { talkOnCalls } from './talk-on-calls.ts';
import type { TalkOnCalls } from './talk-on-calls.ts';
import { createUserAgent } from './user-agent.ts';

/** An event before it has its number and its time. */
type Telling<Event = TelephoneEvent> = Event extends TelephoneEvent ? Omit<Event, 'number' | 'atMs'> : never;

export type SoundNews = Extract<AudioMessage, { kind: 'devices' | 'level' | 'recorded' }>;

export interface SoftphoneOptions {
  clock: Clock;
  /** To the audio page that is there. */
  sendToAudioPage: (message: unknown) => void;
  onEvent: (event: TelephoneEvent) => void;
  /** What the audio page tells that is no event of a call. */
  onSound?: (news: SoundNews) => void;
  log: (line: string) => void;
}

export interface Softphone extends PlaceCalls, AnswerCalls, JoinCalls, TalkOnCalls {
  /** Goes on the line with this account; null leaves it. Calls of an earlier account end. */
  configure(account: TelephoneAccount | null): Promise<void>;
  /** Connects now, whatever pause is running; looks whether the connection lives: after a sleep, after a change of network. */
  retry(): void;
  chooseDevices(choice: AudioChoice): Promise<void>;
  calls(): readonly Call[];
  readonly audio: AudioClient;
  audioPageLost(): void;
  shutdown(): Promise<void>;
}

const MOST_CALLS = 4;
const BUSY_HERE = 486;
const NOT_ACCEPTABLE = 488;

/** What the parts of a softphone share. */
export interface SoftphoneParts {
  audio: AudioClient;
  calls: Map<CallId, Call>;
  connection(): { agent: UserAgent; line: Line; account: TelephoneAccount } | null;
  /** Makes a call known and tells of it. */
  begin(call: Call, caller: Caller, called?: DialNumber | null): void;
  newCall(callId: CallId, session: Parameters<typeof createCall>[1], direction: 'outbound' | 'inbound'): Call;
  /** Ends a call for us at once, and for the far end as soon as it can hear it. */
  finish(call: Call, end: Parameters<Call['end']>[0], refusalStatus?: number): void;
  permits: ReturnType<typeof createPermitBook>;
  log: (line: string) => void;
}

/** A softphone without an account. */
export function createSoftphone({ clock, sendToAudioPage, onEvent, onSound = () => undefined, log }: SoftphoneOptions): Softphone {
  let eventNumber = 0;
  let connection: ReturnType<SoftphoneParts['connection']> = null;
  let devices: AudioChoice | null = null;
  let rings = 'none';
  let lineLosses = 0;
  /** Counts what was asked of the line. */
  let turn = 0;
  let leaving: Promise<void> = Promise.resolve();
  const calls = new Map<CallId, Call>();
  /** What the far ends must still be told: an end is said once, so into no line that may be dead without a word. */
  const unsaid = new Set<{ session: Session; refusalStatus: number }>();

  function tell(event: Telling): void {
    eventNumber += 1;
    onEvent({ ...event, number: eventNumber, atMs: clock.nowMs() });
  }

  const audio = createAudioClient({
    send: sendToAudioPage,
    log,
    onMessage: (message) => {
      switch (message.kind) {
        case 'ready':
          pageBegan();
          return;
        case 'connection': {
          const call = calls.get(message.callId);
          call?.soundIs(message.there);
          // The network changed, or what relays the sound is another one: the way is asked for anew.
          if (!message.there && isLineThere()) void call?.renegotiate();
          return;
        }
        case 'heard':
          if (calls.has(message.callId)) tell({ kind: 'call-heard', callId: message.callId });
          return;
        case 'network-changed':
          connection?.line.retry();
          return;
        case 'devices':
        case 'level':
        case 'recorded':
          onSound(message);
      }
    },
  });

  function pageBegan(): void {
    tell({ kind: 'audio-page', alive: true });
    rings = 'none';
    if (devices !== null) void audio.request('choose-devices', devices);
    ringAsNeeded();
    if (isLineThere()) renegotiateAll();
  }

  function isLineThere(): boolean {
    return connection?.line.state().name === 'registered';
  }

  function renegotiateAll(): void {
    for (const call of calls.values()) void call.renegotiate();
  }

  function ringAsNeeded(): void {
    const kind = ringKind([...calls.values()].map((call) => call.state()));
    if (kind === rings) return;
    rings = kind;
    void audio.request('ring', { kind });
  }

  async function closeSound(call: Call): Promise<void> {
    call.media.close();
    const read = await audio.request('read-quality', { callId: call.callId });
    if (read.ok && read.value.figures !== null) tell({ kind: 'call-quality', callId: call.callId, figures: read.value.figures, mos: estimateMos(read.value.figures) });
    await audio.request('close', { callId: call.callId });
  }

  const parts: SoftphoneParts = {
    audio, calls, log,
    permits: createPermitBook(clock),
    connection: () => connection,
    newCall: (callId, session, direction) =>
      createCall(callId, session, direction, {
        audio, isLineThere, log,
        lineLosses: () => lineLosses,
        onGone: (call) => { parts.finish(call, plainEnd('dropped', 'network')); },
        joinedWith: (id) => partnerOf(parts, id),
        onStep: (call, step) => {
          tell({ kind: 'call-stepped', callId, step, state: call.state() });
          if (step.kind === 'ended') {
            calls.delete(callId);
            void closeSound(call);
          }
          const leaves = step.kind === 'ended' || (step.kind === 'held' && step.by === 'us' && step.held);
          if (leaves && call.state().isJoined) partCalls(parts);
          ringAsNeeded();
        },
      }),
    begin: (call, caller, called = null) => {
      const waiting = calls.size > 0;
      calls.set(call.callId, call);
      tell({ kind: 'call-begun', callId: call.callId, caller, state: call.state(), waiting, called });
      ringAsNeeded();
    },
    finish: (call, end, refusalStatus = 480) => {
      call.end(end);
      unsaid.add({ session: call.session, refusalStatus });
      void sayEndsWhenHeard();
    },
  };

  function invited(invitation: Invitation): void {
    const playable = invitation.body === undefined || invitation.body === '' || readSessionDescription(invitation.body).ok;
    if (!playable || calls.size >= MOST_CALLS) {
      endSession(invitation, log, playable ? BUSY_HERE : NOT_ACCEPTABLE);
      return;
    }
    const caller = readCaller(invitation.request);
    const call = parts.newCall(newId<CallId>(), invitation, 'inbound');
    invitation.progress().catch((error: unknown) => { log(`telephone: the ringing was not said: ${String(error)}`); });
    parts.begin(call, caller, readCalled(invitation.request));
  }

  function lineLost(): void {
    for (const call of [...calls.values()]) {
      const { phase, direction } = call.state();
      if (phase !== 'connected') parts.finish(call, plainEnd(direction === 'outbound' ? 'line-failed' : 'missed', 'network'));
    }
  }

  function sayEnds(): void {
    for (const { session, refusalStatus } of unsaid) endSession(session, log, refusalStatus);
    unsaid.clear();
  }

  /** Where nothing is heard, the line is given up, and they are said when it is back. */
  async function sayEndsWhenHeard(): Promise<void> {
    if (isLineThere() && (await connection?.line.answers()) === true) sayEnds();
  }

  function lineIsBack(): void {
    sayEnds();
    renegotiateAll();
  }

  async function leaveLine(): Promise<void> {
    const before = connection;
    for (const call of [...calls.values()]) parts.finish(call, plainEnd('hung-up', 'us'));
    // Nobody will be there to say them later.
    sayEnds();
    await before?.line.close();
    if (connection === before) connection = null;
    // sip.js stumbles over dialogs that a broken message left half made; the connection is closed by now.
    await before?.agent.stop().catch((error: unknown) => { log(`telephone: the agent did not end well: ${String(error)}`); });
  }

  /** The line is left once at a time, and what was asked last is what it comes to. */
  function afterLeaving(open: () => void): Promise<void> {
    turn += 1;
    const mine = turn;
    const done = leaving.then(leaveLine).then(() => {
      if (mine === turn) open();
    });
    // Whoever asked is told; the next is done all the same.
    leaving = done.catch(() => undefined);
    return done;
  }

  return {
    ...placeCalls(parts),
    ...answerCalls(parts),
    ...talkOnCalls(parts),
    ...joinCalls(parts),
    audio,
    calls: () => [...calls.values()],
    configure: (account) => afterLeaving(() => {
      if (account === null) return;
      const { agent, socket } = createUserAgent({
        account, log,
        onInvite: (invitation) => {
          // The line is being left: whoever rings now would ring at nobody's.
          if (line.state().name === 'stopped') endSession(invitation, log);
          else invited(invitation);
        },
        onLost: (problem) => {
          lineLosses += 1;
          line.lost(problem);
          lineLost();
        },
        mediaOf: (session) => {
          const call = [...calls.values()].find((one) => one.session === session);
          if (call === undefined) throw new Error('a session without a call');
          return call.media;
        },
      });
      const line = createLine({ agent, socket, onState: (state) => { tell({ kind: 'line', line: state }); }, onRegistered: lineIsBack });
      connection = { agent, line, account };
      line.open();
    }),
    retry: () => { connection?.line.retry(); },
    chooseDevices: async (choice) => {
      devices = choice;
      await audio.request('choose-devices', choice);
    },
    audioPageLost: () => {
      audio.pageLost();
      tell({ kind: 'audio-page', alive: false });
      for (const call of calls.values()) call.soundIs(false);
    },
    shutdown: () => afterLeaving(() => undefined),
  };
}

