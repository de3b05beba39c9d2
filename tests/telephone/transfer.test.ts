import { describe, expect, it } from 'vitest';
import { startSipp } from './support/far-end.ts';
import { call, hangUp, register, useTelephone, weHear } from './support/telephone.ts';
import { MICROPHONE_HZ } from './support/telephone-app.ts';

const telephone = useTelephone();

describe('a transfer', () => {
  it('sends the far end to another number, by a permit, and ends here', async () => {
    await register(telephone);
    const trunk = await startSipp(telephone.rig, 'takes-refer');
    const callId = await call(telephone, '0612345678');
    await weHear(telephone, callId, MICROPHONE_HZ);
    expect(await telephone.app.run(({ phone }, id) => phone.transferBlind(id, null), callId)).toMatchObject({ ok: false, error: { code: 'dial-without-permit' } });
    expect(await telephone.app.run(({ phone, permit }, id) => phone.transferBlind(id, permit('2001')), callId)).toMatchObject({ ok: true });
    await telephone.app.next({ kind: 'call-stepped', callId, step: { kind: 'transfer-begun', how: 'blind' } });
    await telephone.app.next({ kind: 'call-stepped', callId, step: { kind: 'ended', end: { cause: 'transferred', by: 'us' } } });
    await trunk.done;
  });

  it('that fails leaves the call as it was', async () => {
    const trunk = await startSipp(telephone.rig, 'refers-in-vain');
    const callId = await call(telephone, '0612345678');
    expect(await telephone.app.run(({ phone, permit }, id) => phone.transferBlind(id, permit('2001')), callId))
      .toMatchObject({ ok: false, error: { code: 'telephone-transfer-failed', details: { status: 486 } } });
    await telephone.app.next({ kind: 'call-stepped', callId, step: { kind: 'transfer-failed', sipStatus: 486 }, state: { phase: 'connected', transfer: 'none' } });
    await weHear(telephone, callId, MICROPHONE_HZ);
    await hangUp(telephone, callId);
    await trunk.done;
  });

  it('after a word with the colleague connects the two, and ends both here', async () => {
    const trunk = await startSipp(telephone.rig, 'takes-refer');
    const customer = await call(telephone, '0612345678');
    expect(await telephone.app.dial('2001')).toMatchObject({ ok: false, error: { code: 'telephone-call-in-front' } });
    expect(await telephone.app.run(({ phone }, id) => phone.hold(id, true), customer)).toMatchObject({ ok: true });
    const colleague = await call(telephone, '2001');
    await weHear(telephone, colleague, 1000);
    expect(await telephone.app.run(({ phone }, ids) => phone.transferAttended(ids.customer, ids.colleague), { customer, colleague })).toMatchObject({ ok: true });
    await telephone.app.next({ kind: 'call-stepped', callId: customer, step: { kind: 'ended', end: { cause: 'transferred' } } });
    await telephone.app.next({ kind: 'call-stepped', callId: colleague, step: { kind: 'ended', end: { cause: 'transferred' } } });
    await trunk.done;
  });

  it('that the far end asks for is declined: whoever we talk with cannot make us dial', async () => {
    const trunk = await startSipp(telephone.rig, 'refers-us');
    const callId = await call(telephone, '0612345678');
    await weHear(telephone, callId, MICROPHONE_HZ);
    // The scenario asks within a tenth of a second, long before a tone has been measured; it ends well only after our 603.
    await hangUp(telephone, callId);
    await trunk.done;
    expect(await telephone.app.run(({ events }) => events.filter((event) => event.kind === 'call-begun' && event.caller.number === '2001').length)).toBe(1);
  });
});
