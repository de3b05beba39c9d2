/**
 * The practice line: a telephone whose far ends are in this process.
 *
 * Invariants: it exists only in a workplace whose hub is the demo of this PC; it reaches no network; it takes no account but its own; a
 * permit of the desk is used before anything happens, by the same book as on an exchange.
 */
import type { AudioChoice } from '../../../shared/contract/audio-channels.ts';
import type { CallId } from '../../../shared/id.ts';
import { newId } from '../../../shared/id.ts';
import type { Result } from '../../../shared/result.ts';
import { fail, ok } from '../../../shared/result.ts';
import type { TelephoneAccount } from '../../../shared/telephone/account.ts';
import { plainEnd } from '../../../shared/telephone/call-state.ts';
import type { CallState } from '../../../shared/telephone/call-state.ts';
import type { DialNumber } from '../../../shared/telephone/dial-target.ts';
import { isPracticeAccount } from '../../../shared/telephone/practice-account.ts';
import { practiceBehaviour } from '../../../shared/telephone/practice-numbers.ts';
import type { Caller, LineState, TelephoneEvent } from '../../../shared/telephone/telephone-event.ts';
import { hasPracticeLine } from '../plan-workplace.ts';
import type { WorkplacePlan } from '../plan-workplace.ts';
import { createAudioClient } from '../softphone/audio-client.ts';
import { createPermitBook } from '../softphone/permit-book.ts';
import { ringKind } from '../softphone/ring-kind.ts';
import type { SoftphoneOptions } from '../softphone/softphone.ts';
import type { InstalledPhone, Phone } from '../telephone/phone.ts';
import type { PracticeCall } from './practice-call.ts';
import { behave, createPracticeCall } from './practice-call.ts';

/** An event before it has its number and its time. */
type Telling<Event = TelephoneEvent> = Event extends TelephoneEvent ? Omit<Event, 'number' | 'atMs'> : never;

export const GIVES_UP_AFTER_MS = 20_000;
export const TRANSFERRED_AFTER_MS = 1_000;
const MOST_CALLS = 4;

/** Throws in every workplace but a demo's. */
export function createPracticePhone(plan: WorkplacePlan, { clock, sendToAudioPage, onEvent, onSound = () => undefined, log }: SoftphoneOptions): InstalledPhone {
  if (!hasPracticeLine(plan)) throw new Error('the practice line is for the demo only');
  let account: TelephoneAccount | null = null;
  let devices: AudioChoice | null = null;
  let lastNumber: DialNumber | null = null;
  let eventNumber = 0;
  let rings = 'none';
  const calls = new Map<CallId, PracticeCall>();
  const permits = createPermitBook(clock);

  function tell(event: Telling): void {
    eventNumber += 1;
    onEvent({ ...event, number: eventNumber, atMs: clock.nowMs() });
  }

  function tellLine(change: Partial<LineState> & Pick<LineState, 'name'>): void {
    tell({ kind: 'line', line: { problem: null, sipStatus: null, retryInMs: null, ...change } });
  }

  const audio = createAudioClient({
    send: sendToAudioPage, log,
    onMessage: (message) => {
      switch (message.kind) {
        case 'ready':
          pageBegan();
          return;
        case 'connection':
          calls.get(message.callId)?.step({ kind: 'sound', there: message.there });
          return;
        case 'heard':
          if (calls.has(message.callId)) tell({ kind: 'call-heard', callId: message.callId });
          return;
        case 'devices':
        case 'level':
          onSound(message);
          return;
        case 'network-changed':
        case 'recorded':
      }
    },
  });

  function pageBegan(): void {
    tell({ kind: 'audio-page', alive: true });
    rings = 'none';
    if (devices !== null) void audio.request('choose-devices', devices);
    ringAsNeeded();
    for (const call of calls.values()) sound(call);
  }

  function ringAsNeeded(): void {
    const kind = ringKind([...calls.values()].map((call) => call.state()));
    if (kind === rings) return;
    rings = kind;
    void audio.request('ring', { kind });
  }

  /** The far end is heard while the call stands and nobody holds it. */
  function sound(call: PracticeCall): void {
    const { phase, heldByUs, muted } = call.state();
    if (phase === 'connected') void audio.request('play-far-end', { callId: call.callId, heard: !heldByUs, muted: muted || heldByUs });
    else if (phase === 'ended') void audio.request('close', { callId: call.callId });
  }

  function begin(callId: CallId, direction: CallState['direction'], caller: Caller): PracticeCall {
    const call = createPracticeCall(callId, direction, (one, step) => {
      tell({ kind: 'call-stepped', callId, step, state: one.state() });
      if (step.kind === 'ended') calls.delete(callId);
      const leaves = step.kind === 'ended' || (step.kind === 'held' && step.by === 'us' && step.held);
      if (leaves && one.state().isJoined) for (const joined of [...calls.values(), one]) joined.step({ kind: 'joined', joined: false });
      if (step.kind === 'connected' || step.kind === 'held' || step.kind === 'muted' || step.kind === 'ended') sound(one);
      ringAsNeeded();
    });
    const waiting = calls.size > 0;
    calls.set(callId, call);
    tell({ kind: 'call-begun', callId, caller, state: call.state(), waiting });
    ringAsNeeded();
    return call;
  }

  const connected = (callId: CallId): PracticeCall | null => {
    const call = calls.get(callId);
    return call?.state().phase === 'connected' ? call : null;
  };

  async function leave(): Promise<void> {
    for (const call of [...calls.values()]) call.end(plainEnd('hung-up', 'us'));
    if (account === null) return;
    account = null;
    tellLine({ name: 'stopped' });
    await Promise.resolve();
  }

  const phone: Phone = {
    audio,
    configure: async (wanted) => {
      await leave();
      if (wanted === null) return;
      if (!isPracticeAccount(wanted)) {
        log('practice line: an account of an exchange was refused');
        return;
      }
      account = wanted;
      tellLine({ name: 'registered' });
    },
    dial: (given) => Promise.resolve(dial(given)),
    accept: (callId) => {
      const call = calls.get(callId);
      if (call?.state().phase !== 'offered') return Promise.resolve(notSo());
      call.step({ kind: 'accepted' });
      for (const other of calls.values()) if (other !== call) other.step({ kind: 'held', by: 'us', held: true });
      call.step({ kind: 'connected' });
      return Promise.resolve(ok(null));
    },
    reject: (callId) => {
      const call = calls.get(callId);
      if (call?.state().phase !== 'offered') return notSo();
      call.end(plainEnd('rejected', 'us'));
      return ok(null);
    },
    redirect: (callId, given) => {
      const call = calls.get(callId);
      if (call?.state().phase !== 'offered') return notSo();
      const permit = permits.use(given);
      if (!permit.ok) return permit;
      call.end(plainEnd('transferred', 'us'));
      return ok(null);
    },
    hangUp: (callId) => {
      const call = calls.get(callId);
      if (call === undefined) return notSo();
      const { phase, direction } = call.state();
      call.end(plainEnd(phase === 'connected' ? 'hung-up' : direction === 'outbound' ? 'cancelled' : 'rejected', 'us'));
      return ok(null);
    },
    hold: (callId, held) => {
      const call = connected(callId);
      call?.step({ kind: 'held', by: 'us', held });
      return Promise.resolve(call === null ? notSo() : ok(null));
    },
    mute: (callId, muted) => {
      const call = calls.get(callId);
      call?.step({ kind: 'muted', muted });
      return Promise.resolve(call === undefined ? notSo() : ok(null));
    },
    sendTones: (callId) => Promise.resolve(connected(callId) === null ? notSo() : ok(null)),
    transferBlind: (callId, given) => {
      const call = connected(callId);
      if (call === null || call.state().transfer !== 'none') return Promise.resolve(notSo());
      const permit = permits.use(given);
      if (!permit.ok) return Promise.resolve(permit);
      call.step({ kind: 'transfer-begun', how: 'blind' });
      call.later(TRANSFERRED_AFTER_MS, () => { call.end(plainEnd('transferred', 'us')); });
      return Promise.resolve(ok(null));
    },
    transferAttended: (callId, toCallId) => {
      const [call, other] = [connected(callId), connected(toCallId)];
      if (call === null || other === null || call === other) return Promise.resolve(notSo());
      call.step({ kind: 'transfer-begun', how: 'attended' });
      call.end(plainEnd('transferred', 'us'));
      other.end(plainEnd('transferred', 'us'));
      return Promise.resolve(ok(null));
    },
    joinCalls: (callId, withCallId) => {
      const [one, other] = [connected(callId), connected(withCallId)];
      if (one === null || other === null || one === other || [...calls.values()].some((call) => call.state().isJoined)) return Promise.resolve(notSo());
      for (const call of [one, other]) {
        call.step({ kind: 'joined', joined: true });
        call.step({ kind: 'held', by: 'us', held: false });
      }
      return Promise.resolve(ok(null));
    },
    retry: () => undefined,
    chooseDevices: async (choice) => {
      devices = choice;
      await audio.request('choose-devices', choice);
    },
    calls: () => [...calls.values()],
    audioPageLost: () => {
      audio.pageLost();
      tell({ kind: 'audio-page', alive: false });
      for (const call of calls.values()) call.step({ kind: 'sound', there: false });
    },
    shutdown: leave,
  };

  function dial(given: unknown): Result<{ callId: CallId }> {
    if (account === null) return fail('telephone-line-lost', 'error.telephoneLineLost', {}, true);
    if ([...calls.values()].some((call) => !call.state().heldByUs)) return fail('telephone-call-in-front', 'error.telephoneCallInFront');
    const permit = permits.use(given);
    if (!permit.ok) return permit;
    const { callId, number } = permit.value;
    lastNumber = number;
    behave(begin(callId, 'outbound', { number, name: null }), practiceBehaviour(number), account.ringForMs);
    return ok({ callId });
  }

  /** From this number, or whoever was dialled last calls back; before that, somebody without a number. */
  function ringUs(from?: DialNumber): Result<null> {
    if (account === null) return fail('telephone-line-lost', 'error.telephoneLineLost', {}, true);
    if (calls.size >= MOST_CALLS) return notSo();
    const call = begin(newId<CallId>(), 'inbound', { number: from ?? lastNumber, name: null });
    call.later(GIVES_UP_AFTER_MS, () => {
      if (call.state().phase === 'offered') call.end(plainEnd('missed', 'them'));
    });
    return ok(null);
  }

  return { kind: 'practice', phone, ringUs };
}

function notSo(): Result<never> {
  return fail('telephone-call-not-so', 'error.telephoneCallNotSo');
}
