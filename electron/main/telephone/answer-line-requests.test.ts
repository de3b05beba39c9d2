/** The gate between page and telephone: a phone that notes what it was asked stands for the real one, which tests/telephone proves. */
import { describe, expect, it } from 'vitest';
import type { CallId } from '../../../shared/id.ts';
import { newId } from '../../../shared/id.ts';
import { fail, ok } from '../../../shared/result.ts';
import type { CallState } from '../../../shared/telephone/call-state.ts';
import { newCallState } from '../../../shared/telephone/call-state.ts';
import { globalKeyChords } from '../../../shared/telephone/global-keys.ts';
import { answerLineRequests } from './answer-line-requests.ts';
import { createGlobalKeys, pressGlobalKey } from './global-keys.ts';
import type { Phone } from './phone.ts';

interface Noted { phone: Phone; asked: unknown[]; calls: { callId: CallId; state: () => CallState }[] }

function notingPhone(): Noted {
  const asked: unknown[] = [];
  const note = (...what: unknown[]) => {
    asked.push(what);
    return ok(null);
  };
  const calls: Noted['calls'] = [];
  const phone: Phone = {
    configure: () => Promise.resolve(), dial: () => Promise.resolve(ok(null)), retry: () => { note('retry'); },
    accept: (callId) => Promise.resolve(note('accept', callId)), reject: (callId, how) => note('reject', callId, how), hangUp: (callId) => note('hang-up', callId),
    hold: (callId, held) => Promise.resolve(note('hold', callId, held)), mute: (callId, muted) => Promise.resolve(note('mute', callId, muted)),
    sendTones: (callId, tones) => Promise.resolve(note('tones', callId, tones)), transferBlind: () => Promise.resolve(fail('never', 'error.unexpected')), redirect: () => fail('never', 'error.unexpected'), joinCalls: (callId, withCallId) => Promise.resolve(note('join', callId, withCallId)),
    transferAttended: (callId, to) => Promise.resolve(note('attended', callId, to)), chooseDevices: () => Promise.resolve(), calls: () => calls,
    audio: {
      request: (name, input) => {
        note('audio', name, input);
        return Promise.resolve(fail('no-microphone', 'error.audioNoMicrophone'));
      },
      receive: () => undefined, pageLost: () => undefined, page: () => 1,
    },
    audioPageLost: () => undefined, shutdown: () => Promise.resolve(),
  };
  return { phone, asked, calls };
}

function answering({ phone }: Noted): { answer: ReturnType<typeof answerLineRequests>; opened: () => number } {
  let openings = 0;
  const answer = answerLineRequests({
    installed: { kind: 'exchange', phone, ringUs: null }, recordings: { pause: () => Promise.resolve(ok({})) }, openAudio: () => { openings += 1; }, watch: () => undefined,
    chooseDevices: () => Promise.resolve(ok({})), setGlobalKeys: () => ok({}),
  });
  return { answer, opened: () => openings };
}

describe('what a page asks of the telephone', () => {
  it('is done by the phone, and answered by a Result of the contract', async () => {
    const noted = notingPhone();
    const { answer, opened } = answering(noted);
    const [callId, toCallId] = [newId<CallId>(), newId<CallId>()];
    expect(await answer('hang-up', { callId })).toEqual({ ok: true, value: {} });
    expect(await answer('complete-transfer', { callId, toCallId })).toEqual({ ok: true, value: {} });
    expect(noted.asked).toEqual([['hang-up', callId], ['attended', callId, toCallId]]);
    expect(opened()).toBe(0);
    expect(await answer('try-microphone', {})).toMatchObject({ ok: false, error: { code: 'no-microphone' } });
    expect(opened()).toBe(1);
  });

  it('cannot be a call: nothing that the contract does not name, nothing that does not parse, reaches the phone', async () => {
    const noted = notingPhone();
    const { answer } = answering(noted);
    const callId = newId<CallId>();
    for (const [name, input] of [
      ['dial', { number: '0612345678' }], ['transferBlind', { callId }], ['constructor', {}], ['__proto__', {}], [7, {}], [null, null],
      ['hang-up', {}], ['hang-up', { callId: 'x' }], ['send-tones', { callId, tones: '1; DROP' }], ['reject-call', { callId, how: 'blind' }],
    ] as const) {
      expect(await answer(name, input), JSON.stringify([name, input])).toMatchObject({ ok: false });
    }
    expect(noted.asked).toEqual([]);
  });

  it('rings by itself on the practice line only', async () => {
    expect(await answering(notingPhone()).answer('ring-practice-call', {})).toMatchObject({ ok: false, error: { code: 'practice-line-only' } });
  });
});

describe('keys that work everywhere', () => {
  it('answer what rings, mute and hang up what is in front, and do nothing where there is nothing', async () => {
    const noted = notingPhone();
    for (const name of ['answer', 'hang-up', 'mute'] as const) await pressGlobalKey(noted.phone, name);
    expect(noted.asked).toEqual([]);
    const [held, inFront, offered] = [newId<CallId>(), newId<CallId>(), newId<CallId>()];
    const talking: CallState = { ...newCallState('outbound'), phase: 'connected' };
    noted.calls.push(
      { callId: held, state: () => ({ ...talking, heldByUs: true }) },
      { callId: inFront, state: () => ({ ...talking, muted: true }) },
      { callId: offered, state: () => newCallState('inbound') },
    );
    for (const name of ['answer', 'mute', 'hang-up'] as const) await pressGlobalKey(noted.phone, name);
    expect(noted.asked).toEqual([['accept', offered], ['mute', inFront, false], ['hang-up', inFront]]);
  });

  it('says which another program has, and lets go of its own', () => {
    const held = new Set<string>();
    const keys = createGlobalKeys({
      register: (chord) => {
        if (chord === globalKeyChords.mute) return false;
        held.add(chord);
        return true;
      },
      unregister: (chord) => { held.delete(chord); },
    }, notingPhone().phone, () => undefined);
    expect(keys.set(true)).toEqual(['mute']);
    expect(held.size).toBe(2);
    expect(keys.set(false)).toEqual([]);
    expect(held.size).toBe(0);
  });
});
