/** The practice line by its clock; its sound, and the app around it, are proved in tests/e2e/practice-line.test.ts. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { CallId } from '../../../shared/id.ts';
import { newId } from '../../../shared/id.ts';
import type { CallEnd } from '../../../shared/telephone/call-end.ts';
import { practiceTelephone } from '../../../shared/telephone/practice-account.ts';
import type { TelephoneEvent } from '../../../shared/telephone/telephone-event.ts';
import type { CommandLine } from '../command-line.ts';
import { planWorkplace } from '../plan-workplace.ts';
import type { InstalledPhone } from '../telephone/phone.ts';
import { ANSWERS_AFTER_MS, ANSWERS_LATE_AFTER_MS, DROPS_AFTER_MS, REFUSED_AFTER_MS, RINGS_AFTER_MS } from './practice-call.ts';
import { createPracticePhone, GIVES_UP_AFTER_MS, TRANSFERRED_AFTER_MS } from './practice-phone.ts';

const START_MS = 1_000_000;
const none: CommandLine = { profileDir: null, hubUrl: null, hubDataDir: null, demo: false };
const training = planWorkplace('training', none, '/profile');
let nowMs: number;
let events: TelephoneEvent[];

beforeEach(() => {
  vi.useFakeTimers();
  [nowMs, events] = [START_MS, []];
});
afterEach(() => { vi.useRealTimers(); });

async function onLine(): Promise<InstalledPhone> {
  const installed = createPracticePhone(training, { clock: { nowMs: () => nowMs }, sendToAudioPage: () => undefined, onEvent: (event) => events.push(event), log: () => undefined });
  await installed.phone.configure(practiceTelephone.account);
  return installed;
}

const permit = (number: string): { callId: CallId; number: string; expiresAtMs: number } => ({ callId: newId<CallId>(), number, expiresAtMs: nowMs + 10_000 });
const steps = (callId: CallId): string[] => events.flatMap((event) => (event.kind === 'call-stepped' && event.callId === callId ? [event.step.kind] : []));
function endOf(callId: CallId): CallEnd | null {
  const ended = events.find((event) => event.kind === 'call-stepped' && event.callId === callId && event.step.kind === 'ended');
  return ended?.kind === 'call-stepped' && ended.step.kind === 'ended' ? ended.step.end : null;
}

async function dial({ phone }: InstalledPhone, number: string): Promise<CallId> {
  const given = permit(number);
  expect(await phone.dial(given, null)).toMatchObject({ ok: true });
  return given.callId;
}

describe('where there is a practice line', () => {
  it('is in the training, and in a demo whose hub is the app’s own', () => {
    for (const plan of [training, planWorkplace('training', { ...none, hubUrl: 'https://hub.example' }, '/p'), planWorkplace('work', { ...none, demo: true }, '/p')]) {
      expect(createPracticePhone(plan, { clock: { nowMs: () => 0 }, sendToAudioPage: () => undefined, onEvent: () => undefined, log: () => undefined }).kind).toBe('practice');
    }
  });

  it('is nowhere else: making one throws', () => {
    for (const commandLine of [none, { ...none, hubUrl: 'https://hub.example' }, { ...none, hubUrl: 'https://hub.example', demo: true }, { ...none, hubDataDir: '/data' }]) {
      const plan = planWorkplace('work', commandLine, '/p');
      expect(() => createPracticePhone(plan, { clock: { nowMs: () => 0 }, sendToAudioPage: () => undefined, onEvent: () => undefined, log: () => undefined })).toThrow('demo only');
    }
  });

  it('takes no account of an exchange', async () => {
    const { phone } = await onLine();
    await phone.configure({ ...practiceTelephone.account, domain: 'sip.example', server: 'wss://sip.example' } as typeof practiceTelephone.account);
    expect(await phone.dial(permit('0971000123'), null)).toMatchObject({ ok: false, error: { code: 'telephone-line-lost' } });
    expect(events.at(-1)).toMatchObject({ kind: 'line', line: { name: 'stopped' } });
  });
});

describe('the permit on the practice line', () => {
  it('is needed, is good once, for its number, while it lasts', async () => {
    const { phone } = await onLine();
    for (const bad of [null, {}, { ...permit('0971000123'), expiresAtMs: nowMs }, { ...permit('0971000123'), expiresAtMs: nowMs + 60_000 }, { ...permit('x') }]) {
      expect(await phone.dial(bad, null)).toMatchObject({ ok: false });
    }
    expect(events.filter(({ kind }) => kind === 'call-begun')).toEqual([]);
    const good = permit('0971000123');
    expect(await phone.dial(good, null)).toMatchObject({ ok: true });
    expect(events.at(-1)).toMatchObject({ kind: 'call-begun', callId: good.callId, caller: { number: '0971000123' } });
    phone.hangUp(good.callId);
    expect(await phone.dial(good, null)).toMatchObject({ ok: false, error: { code: 'dial-permit-used' } });
  });

  it('is needed to pass a call on, too', async () => {
    const installed = await onLine();
    const callId = await dial(installed, '0971000123');
    vi.advanceTimersByTime(ANSWERS_AFTER_MS);
    expect(await installed.phone.transferBlind(callId, { number: '204' })).toMatchObject({ ok: false, error: { code: 'dial-without-permit' } });
    expect(await installed.phone.transferBlind(callId, permit('204'))).toMatchObject({ ok: true });
    vi.advanceTimersByTime(TRANSFERRED_AFTER_MS);
    expect(endOf(callId)).toMatchObject({ cause: 'transferred' });
  });
});

it('a call that rings is sent on by a permit, unanswered', async () => {
  const installed = await onLine();
  installed.ringUs?.();
  const callId = installed.phone.calls()[0]?.callId ?? newId<CallId>();
  expect(installed.phone.redirect(callId, null)).toMatchObject({ ok: false, error: { code: 'dial-without-permit' } });
  expect(installed.phone.redirect(callId, permit('204'))).toMatchObject({ ok: true });
  expect(endOf(callId)).toMatchObject({ cause: 'transferred', by: 'us' });
});

describe('the far end, by its number', () => {
  it.each([
    ['0971000123', RINGS_AFTER_MS, ['rings'], null],
    ['0971000123', ANSWERS_AFTER_MS, ['rings', 'connected'], null],
    ['0971000141', ANSWERS_AFTER_MS, ['rings'], null],
    ['0971000141', ANSWERS_LATE_AFTER_MS, ['rings', 'connected'], null],
    ['0971000140', REFUSED_AFTER_MS, ['ended'], { cause: 'busy', sipStatus: 486 }],
    ['0971000130', REFUSED_AFTER_MS, ['ended'], { cause: 'no-such-number', sipStatus: 404 }],
    ['0971000135', ANSWERS_AFTER_MS, ['rings', 'ended'], { cause: 'rejected', by: 'them', sipStatus: 603 }],
    ['0971000139', 25_000, ['rings', 'ended'], { cause: 'no-answer' }],
    ['0971000138', ANSWERS_AFTER_MS + DROPS_AFTER_MS, ['rings', 'connected', 'ended'], { cause: 'dropped', by: 'network' }],
  ] as const)('%s after %i ms', async (number, afterMs, seen, end) => {
    const callId = await dial(await onLine(), number);
    vi.advanceTimersByTime(afterMs);
    expect(steps(callId)).toEqual(seen);
    if (end === null) expect(endOf(callId)).toBeNull();
    else expect(endOf(callId)).toMatchObject(end);
  });

  it('does nothing more after the end', async () => {
    const installed = await onLine();
    const callId = await dial(installed, '0971000123');
    installed.phone.hangUp(callId);
    vi.advanceTimersByTime(60_000);
    expect(steps(callId)).toEqual(['ended']);
    expect(endOf(callId)).toMatchObject({ cause: 'cancelled', by: 'us' });
  });
});

describe('what can be done with a practice call', () => {
  it('is held and muted; one that rings meanwhile waits, holds the first when it is taken, and both are joined', async () => {
    const installed = await onLine();
    const { phone, ringUs } = installed;
    const first = await dial(installed, '0971000123');
    vi.advanceTimersByTime(ANSWERS_AFTER_MS);
    await phone.mute(first, true);
    expect(await phone.dial(permit('0971000124'), null)).toMatchObject({ ok: false, error: { code: 'telephone-call-in-front' } });
    expect(ringUs?.()).toMatchObject({ ok: true });
    const second = events.at(-1);
    if (second?.kind !== 'call-begun') throw new Error('nobody rang');
    expect(second).toMatchObject({ waiting: true, caller: { number: '0971000123' }, state: { phase: 'offered' } });
    expect(await phone.accept(second.callId)).toMatchObject({ ok: true });
    expect(phone.calls().map((call) => call.state())).toMatchObject([{ heldByUs: true, muted: true }, { phase: 'connected', heldByUs: false }]);
    expect(await phone.transferAttended(first, second.callId)).toMatchObject({ ok: true });
    expect([endOf(first)?.cause, endOf(second.callId)?.cause]).toEqual(['transferred', 'transferred']);
    expect(phone.calls()).toEqual([]);
  });

  it('is missed by whoever does not take it', async () => {
    const { phone, ringUs } = await onLine();
    ringUs?.();
    const [call] = phone.calls();
    vi.advanceTimersByTime(GIVES_UP_AFTER_MS);
    expect(call === undefined ? null : endOf(call.callId)).toMatchObject({ cause: 'missed', by: 'them' });
  });

  it('ends when its account is taken away', async () => {
    const installed = await onLine();
    const callId = await dial(installed, '0971000123');
    await installed.phone.configure(null);
    expect(endOf(callId)).not.toBeNull();
    expect(events.at(-1)).toMatchObject({ kind: 'line', line: { name: 'stopped' } });
  });
});
