import { describe, expect, it } from 'vitest';
import type { CallId } from '../../shared/id.ts';
import { BARESIP_HZ, controlBaresip, startSipp } from './support/far-end.ts';
import type { SippRun } from './support/far-end.ts';
import { baresipHearsTone, call, hangUp, register, soundBothWays, useTelephone, weHear } from './support/telephone.ts';
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

  it('is sent on to a colleague before anybody answers, by a permit, and the two hear each other', async () => {
    const colleague = await controlBaresip(telephone.rig);
    const { caller, callId } = await ringing('calls-in');
    expect(await telephone.app.run(({ phone }, id) => phone.redirect(id, null), callId)).toMatchObject({ ok: false, error: { code: 'dial-without-permit' } });
    expect(await telephone.app.run(({ phone }) => phone.calls().map((one) => one.state().phase))).toEqual(['offered']);
    expect(await telephone.app.run(({ phone, permit }, id) => phone.redirect(id, permit('2001')), callId)).toMatchObject({ ok: true });
    await telephone.app.next({ kind: 'call-stepped', callId, step: { kind: 'ended', end: { cause: 'transferred', by: 'us' } } });
    await colleague.event('CALL_ESTABLISHED');
    // sipp sends back what it hears: the colleague hears their own tone.
    await baresipHearsTone(telephone, BARESIP_HZ);
    colleague.command('hangup');
    await caller.done;
    colleague.close();
    expect(await telephone.app.run(({ events }, id) => events.some((event) => event.kind === 'call-heard' && event.callId === id), callId)).toBe(false);
  });

  it('is missed when the caller gives up', async () => {
    const { caller, callId } = await ringing('calls-and-gives-up');
    await telephone.app.next({ kind: 'call-stepped', callId, step: { kind: 'ended', end: { cause: 'missed', by: 'them' } } });
    await caller.done;
  });

  it('is not missed where another place of its group takes it: the exchange says so', async () => {
    const colleague = await controlBaresip(telephone.rig);
    await telephone.app.mark();
    const caller = await startSipp(telephone.rig, 'calls-in', '3000');
    const event = await telephone.app.next({ kind: 'call-begun', state: { direction: 'inbound' } });
    const { callId } = event as { callId: CallId };
    await telephone.app.next({ kind: 'call-stepped', callId, step: { kind: 'ended', end: { cause: 'cancelled', by: 'them' } } });
    await colleague.event('CALL_ESTABLISHED');
    colleague.command('hangup');
    await caller.done;
    colleague.close();
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
