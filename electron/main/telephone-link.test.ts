/** What main keeps for the desk, whatever desk comes and goes; the softphone itself is proved against an exchange (tests/telephone). */
import { describe, expect, it } from 'vitest';
import type { MainToDeskTelephone } from '../../shared/contract/telephone-host-protocol.ts';
import type { CallId, UserId } from '../../shared/id.ts';
import { newId } from '../../shared/id.ts';
import { fail, ok } from '../../shared/result.ts';
import type { Result } from '../../shared/result.ts';
import type { TelephoneAccount } from '../../shared/telephone/account.ts';
import { newCallState } from '../../shared/telephone/call-state.ts';
import { dialNumberSchema } from '../../shared/telephone/dial-target.ts';
import type { TelephoneEvent } from '../../shared/telephone/telephone-event.ts';
import { createTelephoneLink } from './telephone-link.ts';

const account: TelephoneAccount = {
  server: 'wss://pbx.example.it/ws', domain: 'pbx.example.it', user: '201', authenticationUser: null, password: 'segreto', privateAuthority: null, tones: 'sound', ringForMs: 60_000,
};
const [carla, marco] = [newId<UserId>(), newId<UserId>()];
const number = dialNumberSchema.parse('+390971000123');

/** Writes down what it is told to do; its calls are the ones that a test begins. */
function rig(answer: Result<null> = ok(null)) {
  const said: MainToDeskTelephone[] = [];
  const done: string[] = [];
  const living = new Map<CallId, { callId: CallId }>();
  const act = (what: string): Promise<Result<null>> => {
    done.push(what);
    return Promise.resolve(answer);
  };
  const link = createTelephoneLink({
    configure: (given) => {
      done.push(`configure ${given?.user ?? 'nobody'}`);
      living.clear();
      return Promise.resolve();
    },
    dial: (permit, caller) => act(`dial ${(permit as { number: string }).number} as ${String(caller)}`),
    hold: (_callId, held) => act(`hold ${String(held)}`),
    redirect: (_callId, permit) => { void act(`redirect to ${(permit as { number: string }).number}`); return ok(null); },
    transferBlind: (_callId, permit) => act(`transfer to ${(permit as { number: string }).number}`),
    calls: () => [...living.values()],
  }, 1_000, (message) => said.push(message), (line) => done.push(line));
  let count = 0;
  const begun = (callId: CallId): TelephoneEvent => {
    count += 1;
    living.set(callId, { callId });
    const event: TelephoneEvent = { kind: 'call-begun', number: count, atMs: 2_000, callId, caller: { number, name: null }, state: newCallState('inbound'), waiting: false };
    link.onEvent(event);
    return event;
  };
  const signIn = (ownerId: UserId | null): void => { link.fromDesk({ type: 'telephone-account', ownerId, account: ownerId === null ? null : account }); };
  return { link, said, done, begun, signIn };
}

describe('what happened on the line', () => {
  it('is told at once, kept until it is committed, and told again to the desk that comes next, whose account touches no call', () => {
    const { link, said, done, begun, signIn } = rig();
    signIn(carla);
    expect(said).toEqual([{ type: 'telephone-hello', ownerId: carla, sinceMs: 1_000, callIds: [], recordingIds: [] }]);
    const callId = newId<CallId>();
    const first = begun(callId);
    const second: TelephoneEvent = { kind: 'call-quality', number: 2, atMs: 3_000, callId, figures: { lossPercent: 0, jitterMs: 1, roundTripMs: null }, mos: 4.4 };
    link.onEvent(second);
    link.onEvent({ kind: 'audio-page', number: 3, atMs: 3_000, alive: true });
    expect(said.slice(1)).toEqual([first, second].map((event) => ({ type: 'telephone-events', ownerId: carla, events: [event] })));
    link.fromDesk({ type: 'telephone-committed', ownerId: carla, upTo: 1 });
    expect(link.uncommittedCount()).toBe(1);
    said.length = 0;
    signIn(carla);
    expect(said).toEqual([{ type: 'telephone-hello', ownerId: carla, sinceMs: 1_000, callIds: [callId], recordingIds: [] }, { type: 'telephone-events', ownerId: carla, events: [second] }]);
    expect(done).toEqual(['configure 201']);
  });

  it('is told in order to a desk that follows one that died: nothing new before what waits', () => {
    const { link, said, begun, signIn } = rig();
    signIn(carla);
    const callId = newId<CallId>();
    const first = begun(callId);
    link.deskLost();
    said.length = 0;
    const second = { ...first, number: 2 };
    // The next desk is there, and has not said its account yet.
    link.onEvent(second);
    expect(said).toEqual([]);
    signIn(carla);
    expect(said.at(-1)).toEqual({ type: 'telephone-events', ownerId: carla, events: [first, second] });
    link.onEvent({ ...first, number: 3 });
    expect(said.at(-1)).toEqual({ type: 'telephone-events', ownerId: carla, events: [{ ...first, number: 3 }] });
  });

  it('is told to its owner only, also when that one comes back', () => {
    const { link, said, done, begun, signIn } = rig();
    signIn(carla);
    const callId = newId<CallId>();
    const event = begun(callId);
    signIn(null);
    link.onEvent({ ...event, number: 2 });
    signIn(marco);
    expect(done).toEqual(['configure 201', 'configure nobody', 'configure 201']);
    expect(said.filter((message) => message.ownerId === marco)).toEqual([{ type: 'telephone-hello', ownerId: marco, sinceMs: 1_000, callIds: [], recordingIds: [] }]);
    link.fromDesk({ type: 'telephone-committed', ownerId: marco, upTo: 99 });
    signIn(null);
    signIn(carla);
    expect(said.at(-1)).toEqual({ type: 'telephone-events', ownerId: carla, events: [event, { ...event, number: 2 }] });
  });

  it('before anybody was on the line is nobody’s', () => {
    const { said, begun } = rig();
    begun(newId<CallId>());
    expect(said).toEqual([]);
  });
});

describe('what the desk orders', () => {
  const permit = { callId: newId<CallId>(), number, expiresAtMs: 20_000 };

  it('is dialled with the creditor’s number; where it cannot be, the desk hears why', async () => {
    const { link, said, done, signIn } = rig(fail('telephone-line-lost', 'error.telephoneLineLost'));
    signIn(carla);
    link.fromDesk({ type: 'telephone-dial', ownerId: carla, permit, callerNumber: number });
    await Promise.resolve();
    expect(done.at(-1)).toBe(`dial ${number} as ${number}`);
    expect(said.at(-1)).toEqual({ type: 'telephone-not-dialled', ownerId: carla, callId: permit.callId, code: 'telephone-line-lost' });
  });

  it('is transferred at once, or held and the colleague dialled first, or sent on while it rings', async () => {
    const { link, done, signIn } = rig();
    signIn(carla);
    const callId = newId<CallId>();
    const extension = { ...permit, number: dialNumberSchema.parse('204') };
    link.fromDesk({ type: 'telephone-transfer', ownerId: carla, callId, how: 'blind', permit: extension });
    link.fromDesk({ type: 'telephone-transfer', ownerId: carla, callId, how: 'attended', permit: extension });
    await new Promise((resolve) => setImmediate(resolve));
    link.fromDesk({ type: 'telephone-transfer', ownerId: carla, callId, how: 'redirect', permit: extension });
    expect(done.slice(1)).toEqual(['transfer to 204', 'hold true', 'dial 204 as null', 'redirect to 204']);
  });
});
