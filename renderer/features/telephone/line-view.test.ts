import { describe, expect, it } from 'vitest';
import type { LineCall, LineScreen } from '../../../shared/contract/line-channels.ts';
import type { TelephoneScreen } from '../../../shared/contract/telephone-channels.ts';
import type { CallId } from '../../../shared/id.ts';
import { newId } from '../../../shared/id.ts';
import type { CallStep } from '../../../shared/telephone/call-state.ts';
import { newCallState, nextCallState, plainEnd } from '../../../shared/telephone/call-state.ts';
import { dialNumberSchema } from '../../../shared/telephone/dial-target.ts';
import type { LineState } from '../../../shared/telephone/telephone-event.ts';
import { callBehind, callWord, consultation, frontCall, linePhase, missedSince, resumableUntil, ringingCalls, unclaimedCall, whatIsInTheWay, whatMayBeDone } from './line-view.ts';
import { notDialledKey } from './line-words.ts';

const connected: CallStep = { kind: 'connected' };
const held: CallStep = { kind: 'held', by: 'us', held: true };
const customerNumber = '+390828000111';

function call(direction: 'outbound' | 'inbound', steps: readonly CallStep[], number = customerNumber): LineCall {
  return {
    callId: newId<CallId>(), caller: { number: dialNumberSchema.parse(number), name: null }, waiting: false, begunAtMs: 0, answeredAtMs: null,
    state: steps.reduce(nextCallState, newCallState(direction)),
  };
}

function lineScreen(name: LineState['name'], kind: LineScreen['kind'] = 'exchange', audioPageAlive = true): LineScreen {
  return {
    kind, line: { name, problem: null, sipStatus: null, retryInMs: null }, calls: [], audioPageAlive, devices: { microphones: [], speakers: [] },
    choice: { microphoneId: null, speakerId: null, ringId: null, processing: true }, globalKeys: { on: false, taken: [] }, uncommittedCount: 0, recording: null, takenElsewhere: null,
  };
}

function caller(of: Partial<TelephoneScreen['calls'][number]>): TelephoneScreen['calls'][number] {
  return { callId: newId<CallId>(), atMs: 1_000, number: customerNumber, name: null, answeredAtMs: null, endedAtMs: null, isMissed: false, sentTo: null, ...of };
}

function telephone(calls: TelephoneScreen['calls']): TelephoneScreen {
  return { account: { user: '21', domain: 'exchange.example' }, reason: null, calls, unsavedCount: 0, notDialled: null };
}

describe('the call in front', () => {
  it('is the one that is not held, and never one that only rings', () => {
    const rings = call('inbound', []);
    expect(frontCall([rings])).toBeNull();
    expect(ringingCalls([rings])).toEqual([rings]);
    const kept = call('outbound', [connected, held]);
    const talks = call('inbound', [{ kind: 'accepted' }, connected]);
    expect(frontCall([kept, talks, rings])).toBe(talks);
    expect(callBehind([kept, talks, rings])).toBe(kept);
    expect(frontCall([kept])).toBe(kept);
    expect(callBehind([kept])).toBeNull();
  });

  it('that ended is not in front', () => {
    expect(frontCall([call('outbound', [connected, { kind: 'ended', end: plainEnd('hung-up', 'us') }])])).toBeNull();
  });

  it('two callers are never joined: only a colleague who was asked', () => {
    const customer = call('outbound', [connected, held]);
    const colleague = call('outbound', [connected], '204');
    const stranger = call('inbound', [{ kind: 'accepted' }, connected]);
    expect(consultation([customer, colleague])).toEqual({ colleague, customer });
    expect(consultation([customer, stranger])).toBeNull();
    expect(consultation([colleague])).toBeNull();
    const emergency = call('outbound', [connected], '112');
    expect(consultation([customer, emergency])).toBeNull();
  });

  it('of three: the customer stands behind the colleague, talks along, and is not held by a key', () => {
    const joined = { kind: 'joined', joined: true } as const;
    const [customer, colleague] = [call('outbound', [connected, joined]), call('outbound', [connected, joined], '204')];
    expect(callBehind([customer, colleague])).toBe(customer);
    expect(consultation([customer, colleague])).toEqual({ colleague, customer });
    expect(callWord(colleague)).toBe('joined');
    expect(whatMayBeDone(colleague)).toMatchObject({ hold: false, mute: true, digits: true });
  });

  it('is held, muted and passed on only while it stands', () => {
    expect(whatMayBeDone(call('outbound', [{ kind: 'rings' }]))).toEqual({ hold: false, mute: false, digits: false, transfer: false });
    expect(whatMayBeDone(call('outbound', [connected]))).toEqual({ hold: true, mute: true, digits: true, transfer: true });
    expect(whatMayBeDone(call('outbound', [connected, held]))).toMatchObject({ hold: true, digits: false });
    expect(whatMayBeDone(call('outbound', [connected, { kind: 'transfer-begun', how: 'blind' }]))).toMatchObject({ hold: false, transfer: false });
  });

  it('says who holds whom', () => {
    expect(callWord(call('outbound', [connected, held]))).toBe('held-by-us');
    expect(callWord(call('outbound', [connected, { kind: 'held', by: 'them', held: true }]))).toBe('held-by-them');
    expect(callWord(call('outbound', [connected]))).toBe('talking');
  });
});

describe('the line', () => {
  it('is one word, and none where calls are made by hand', () => {
    expect(linePhase(null)).toBe('none');
    expect(linePhase(lineScreen('registered', 'none'))).toBe('none');
    expect(linePhase(lineScreen('registered'))).toBe('ready');
    expect(linePhase(lineScreen('registered', 'practice'))).toBe('ready');
    expect(linePhase(lineScreen('registered', 'exchange', false))).toBe('no-sound');
    expect(linePhase(lineScreen('registering'))).toBe('connecting');
    expect(linePhase(lineScreen('waiting'))).toBe('waiting');
    expect(linePhase(lineScreen('refused'))).toBe('refused');
  });
});

describe('dialling', () => {
  it('is told what is in the way, each with what to do about it', () => {
    const messageOf = (screen: LineScreen | null): string | null => whatIsInTheWay(screen)?.messageKey ?? null;
    expect(messageOf(lineScreen('registered'))).toBeNull();
    expect(messageOf({ ...lineScreen('registered'), calls: [call('inbound', [])] })).toBeNull();
    expect(messageOf({ ...lineScreen('registered'), calls: [call('outbound', [])] })).toBe('error.telephoneCallInFront');
    expect(messageOf(lineScreen('registered', 'exchange', false))).toBe('error.telephoneNoSound');
    expect(messageOf(lineScreen('waiting'))).toBe('error.telephoneLineLost');
    expect(messageOf(null)).toBe('error.telephoneLineLost');
  });

  it('that failed for the sound says so, and what nobody foresaw says what to do', () => {
    expect(notDialledKey('audio-page-silent')).toBe('error.telephoneNoSound');
    expect(notDialledKey('no-microphone')).toBe('error.audioNoMicrophone');
    expect(notDialledKey('something-new')).toBe('error.telephoneNotDialled');
  });
});

describe('calls that came in', () => {
  it('the one that is on the line and answered is asked for its case', () => {
    const talks = call('inbound', [{ kind: 'accepted' }, connected]);
    const mine = caller({ callId: talks.callId, answeredAtMs: 2_000 });
    const earlier = caller({ answeredAtMs: 500, endedAtMs: 900 });
    expect(unclaimedCall(telephone([mine, earlier]), [talks])?.callId).toBe(talks.callId);
    expect(unclaimedCall(telephone([caller({ isMissed: true, endedAtMs: 3_000 })]), [])).toBeNull();
    expect(unclaimedCall(null, [talks])).toBeNull();
  });

  it('one is taken as soon as the line has it, before the desk has heard that it was answered', () => {
    const [rings, talks] = [call('inbound', []), call('inbound', [{ kind: 'accepted' }])];
    expect(unclaimedCall(telephone([caller({ callId: rings.callId }), caller({ callId: talks.callId })]), [rings, talks])?.callId).toBe(talks.callId);
    expect(unclaimedCall(telephone([caller({ callId: rings.callId })]), [rings])).toBeNull();
  });

  it('missed ones count until they were looked at', () => {
    const screen = telephone([caller({ isMissed: true, atMs: 5_000 }), caller({ isMissed: true, atMs: 2_000 }), caller({ answeredAtMs: 6_000, atMs: 6_000 })]);
    expect(missedSince(screen, 0)).toHaveLength(2);
    expect(missedSince(screen, 2_000)).toHaveLength(1);
    expect(missedSince(screen, 5_000)).toHaveLength(0);
  });
});

describe('a call that fell', () => {
  it('may be taken up again until its time is over', () => {
    const ended = { cause: 'dropped', by: 'network', talkSeconds: 40, isDropped: true, suggestCode: 'DRP', resumeUntilMs: 10_000 } as const;
    const shown = { shown: 'ended', heldByUs: false, heldByThem: false, sound: 'lost', answeredAtMs: 1, ended } as const;
    expect(resumableUntil(shown, 9_999)).toBe(10_000);
    expect(resumableUntil(shown, 10_000)).toBeNull();
    expect(resumableUntil(null, 0)).toBeNull();
  });
});
