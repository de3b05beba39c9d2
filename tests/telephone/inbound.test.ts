import { describe, expect, it } from 'vitest';
import type { CallId } from '../../shared/id.ts';
import { startSipp } from './support/far-end.ts';
import type { SippRun } from './support/far-end.ts';
import { call, hangUp, register, soundBothWays, useTelephone, weHear } from './support/telephone.ts';
import { MICROPHONE_HZ } from './support/telephone-app.ts';

const telephone = useTelephone();

async function ringing(scenario: string): Promise<{ caller: SippRun; callId: CallId; event: object }> {
  await telephone.app.mark();
  const caller = await startSipp(telephone.rig, scenario);
  const event = await telephone.app.next({ kind: 'call-begun', state: { direction: 'inbound' } });
  return { caller, callId: (event as { callId: CallId }).callId, event };
}

describe('a call that comes in', () => {
  it('shows who calls, is accepted, and sounds', async () => {
    await register(telephone);
    const { caller, callId, event } = await ringing('calls-in');
    expect(event).toMatchObject({ caller: { number: '+390612345678', name: 'Mario Rossi' }, waiting: false });
    expect(await telephone.app.run(({ phone }, id) => phone.accept(id), callId)).toMatchObject({ ok: true });
    await telephone.app.next({ kind: 'call-stepped', callId, step: { kind: 'connected' } });
    await weHear(telephone, callId, MICROPHONE_HZ);
    await hangUp(telephone, callId);
    await caller.done;
  });

  it.each([
    ['declined', 'calls-and-is-refused'],
    ['busy', 'calls-and-is-busy'],
  ] as const)('is %s', async (how, scenario) => {
    const { caller, callId } = await ringing(scenario);
    await telephone.app.run(({ phone }, input) => phone.reject(input.callId, input.how), { callId, how });
    await telephone.app.next({ kind: 'call-stepped', callId, step: { kind: 'ended', end: { cause: 'rejected', by: 'us' } } });
    await caller.done;
  });

  it('is missed when the caller gives up', async () => {
    const { caller, callId } = await ringing('calls-and-gives-up');
    await telephone.app.next({ kind: 'call-stepped', callId, step: { kind: 'ended', end: { cause: 'missed', by: 'them' } } });
    await caller.done;
  });

  it('waits while another is in front, and holds that one when it is taken', async () => {
    const first = await call(telephone, '2001');
    await soundBothWays(telephone, first);
    const { caller, callId: second, event } = await ringing('calls-in');
    expect(event).toMatchObject({ waiting: true });
    expect(await telephone.app.run(({ phone }) => phone.calls().map((one) => one.state().phase))).toEqual(['connected', 'offered']);
    await telephone.app.run(({ phone }, id) => phone.accept(id), second);
    await telephone.app.next({ kind: 'call-stepped', callId: first, step: { kind: 'held', by: 'us', held: true } });
    await telephone.app.next({ kind: 'call-stepped', callId: second, step: { kind: 'connected' } });
    await weHear(telephone, second, MICROPHONE_HZ);
    await hangUp(telephone, second);
    await caller.done;
    await telephone.app.run(({ phone }, id) => phone.hold(id, false), first);
    await weHear(telephone, first, 1000);
    await hangUp(telephone, first);
  });

  it('waits and gives up without touching the one in front', async () => {
    const first = await call(telephone, '2001');
    const { caller, callId: second } = await ringing('calls-and-gives-up');
    await telephone.app.next({ kind: 'call-stepped', callId: second, step: { kind: 'ended', end: { cause: 'missed' } } });
    await caller.done;
    await soundBothWays(telephone, first);
    expect(await telephone.app.run(({ phone }) => phone.calls().map((one) => one.callId))).toEqual([first]);
    await hangUp(telephone, first);
  });
});
