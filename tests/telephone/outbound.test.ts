import { describe, expect, it } from 'vitest';
import { controlBaresip, startSipp } from './support/far-end.ts';
import { call, hangUp, register, soundBothWays, useTelephone, weHear, weHearNothing } from './support/telephone.ts';
import { MICROPHONE_HZ } from './support/telephone-app.ts';

const telephone = useTelephone();

describe('a call that goes out', () => {
  it('registers, is answered, and sounds at both ends', async () => {
    await register(telephone);
    const callId = await call(telephone, '2001');
    await telephone.app.next({ kind: 'call-heard', callId });
    await soundBothWays(telephone, callId);
    await hangUp(telephone, callId);
    const quality = await telephone.app.next({ kind: 'call-quality', callId });
    expect(quality).toMatchObject({ figures: { lossPercent: 0 } });
  });

  it('is heard on the speaker that was chosen before it began', async () => {
    const devices = await telephone.app.run(({ phone }) => phone.audio.request('list-devices', {}));
    const speaker = devices.ok ? devices.value.speakers.find(({ deviceId }) => deviceId !== 'default') : undefined;
    if (speaker === undefined) throw new Error('there is one speaker only');
    const choose = (speakerId: string | null): Promise<void> => telephone.app.run(({ phone }, id) => phone.chooseDevices({ microphoneId: null, speakerId: id, ringId: null, processing: false }), speakerId);
    await choose(speaker.deviceId);
    const page = telephone.app.electron.windows()[0];
    if (page === undefined) throw new Error('there is no audio page');
    // No player stands in the document.
    await page.evaluate(() => {
      const played: HTMLMediaElement[] = [];
      const play = Object.getOwnPropertyDescriptor(HTMLMediaElement.prototype, 'play')?.value as (this: HTMLMediaElement) => Promise<void>;
      HTMLMediaElement.prototype.play = function begin(this: HTMLMediaElement) {
        played.push(this);
        return play.call(this);
      };
      Object.assign(window, { sinks: () => played.filter(({ srcObject }) => srcObject !== null).map(({ sinkId }) => sinkId) });
    });
    const callId = await call(telephone, '2001');
    await soundBothWays(telephone, callId);
    expect(await page.evaluate(() => (window as unknown as { sinks(): string[] }).sinks())).toEqual([speaker.deviceId]);
    await hangUp(telephone, callId);
    await choose(null);
  });

  it.each([
    ['busy', { cause: 'busy', by: 'them', sipStatus: 486 }],
    ['not-found', { cause: 'no-such-number', by: 'network', sipStatus: 404 }],
    ['refuses', { cause: 'rejected', by: 'them', sipStatus: 603 }],
  ])('ends as the trunk says: %s', async (scenario, end) => {
    const trunk = await startSipp(telephone.rig, scenario);
    await telephone.app.mark();
    const dialled = await telephone.app.dial('0612345678');
    expect(dialled.ok).toBe(true);
    await telephone.app.next({ kind: 'call-stepped', step: { kind: 'ended', end } });
    await trunk.done;
  });

  it('is given up when nobody answers', async () => {
    const trunk = await startSipp(telephone.rig, 'never-answers');
    await register(telephone, { ringForMs: 5_000 });
    await telephone.app.dial('0612345678');
    await telephone.app.next({ kind: 'call-stepped', step: { kind: 'rings' } });
    await telephone.app.next({ kind: 'call-stepped', step: { kind: 'ended', end: { cause: 'no-answer', by: 'us' } } });
    await trunk.done;
    await register(telephone);
  });

  it('is cancelled while it rings', async () => {
    const trunk = await startSipp(telephone.rig, 'never-answers');
    await telephone.app.mark();
    const dialled = await telephone.app.dial('0612345678');
    if (!dialled.ok) throw new Error(dialled.error.code);
    await telephone.app.next({ kind: 'call-stepped', step: { kind: 'rings' } });
    await telephone.app.run(({ phone }, id) => phone.hangUp(id), dialled.value.callId);
    await telephone.app.next({ kind: 'call-stepped', step: { kind: 'ended', end: { cause: 'cancelled', by: 'us' } } });
    await trunk.done;
  });

  it('is ended by the far end', async () => {
    const trunk = await startSipp(telephone.rig, 'hangs-up');
    const callId = await call(telephone, '0612345678');
    await telephone.app.next({ kind: 'call-stepped', callId, step: { kind: 'ended', end: { cause: 'hung-up', by: 'them' } } });
    await trunk.done;
  });

  it('is not made without a permit, with a used one, or with an old one', async () => {
    await telephone.app.mark();
    const refusals = await telephone.app.run(async ({ phone, permit }) => {
      const fresh = permit('2001') as { expiresAtMs: number };
      const codeOf = (result: { ok: boolean; error?: { code: string } }): string | undefined => result.error?.code;
      const first = await phone.dial(fresh, null);
      for (const one of phone.calls()) phone.hangUp(one.callId);
      return [
        first.ok, codeOf(await phone.dial(fresh, null)), codeOf(await phone.dial(null, null)), codeOf(await phone.dial({ number: '2001' }, null)),
        codeOf(await phone.dial({ ...permit('2001'), expiresAtMs: fresh.expiresAtMs - 20_000 }, null)),
        codeOf(await phone.dial({ ...permit('2001'), expiresAtMs: fresh.expiresAtMs + 60_000 }, null)),
        codeOf(await phone.dial(permit('2001;transport=udp'), null)),
      ];
    });
    expect(refusals).toEqual([true, 'dial-permit-used', 'dial-without-permit', 'dial-without-permit', 'dial-permit-expired', 'dial-permit-expired', 'dial-without-permit']);
  });

  it('sends digits in the sound, heard by baresip, and by INFO', async () => {
    const baresip = await controlBaresip(telephone.rig);
    const callId = await call(telephone, '2001');
    await soundBothWays(telephone, callId);
    await telephone.app.run(({ phone }, id) => phone.sendTones(id, '5#'), callId);
    await baresip.event('CALL_DTMF_START', '5');
    await baresip.event('CALL_DTMF_START', '#');
    await hangUp(telephone, callId);
    baresip.close();

    const trunk = await startSipp(telephone.rig, 'takes-info');
    await register(telephone, { tones: 'info' });
    const other = await call(telephone, '0612345678');
    expect(await telephone.app.run(({ phone }, id) => phone.sendTones(id, '5'), other)).toMatchObject({ ok: true });
    await hangUp(telephone, other);
    await trunk.done;
    await register(telephone);
  });

  // The trunk echoes what it hears: our own tone comes back, or nothing does.
  it('holds and mutes: nothing is heard there, then we are heard again', async () => {
    const trunk = await startSipp(telephone.rig, 'stays');
    const callId = await call(telephone, '0612345678');
    await weHear(telephone, callId, MICROPHONE_HZ);
    for (const silence of ['hold', 'mute', 'hold'] as const) {
      const set = (on: boolean): Promise<unknown> => telephone.app.run(({ phone }, input) => phone[input.silence](input.callId, input.on), { silence, callId, on });
      expect(await set(true)).toMatchObject({ ok: true });
      await weHearNothing(telephone, callId);
      expect(await set(false)).toMatchObject({ ok: true });
      await weHear(telephone, callId, MICROPHONE_HZ);
    }
    await hangUp(telephone, callId);
    await trunk.done;
  });

  it('is held by the far end, and taken back', async () => {
    const trunk = await startSipp(telephone.rig, 'holds');
    const callId = await call(telephone, '0612345678');
    await weHear(telephone, callId, MICROPHONE_HZ);
    await telephone.app.next({ kind: 'call-stepped', callId, step: { kind: 'held', by: 'them', held: true } });
    await weHearNothing(telephone, callId);
    await telephone.app.next({ kind: 'call-stepped', callId, step: { kind: 'held', by: 'them', held: false } });
    await weHear(telephone, callId, MICROPHONE_HZ);
    await hangUp(telephone, callId);
    await trunk.done;
  });
});
