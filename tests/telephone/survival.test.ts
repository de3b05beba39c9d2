import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { CallId } from '../../shared/id.ts';
import { startSipp } from './support/far-end.ts';
import { startLinkProxy } from './support/link-proxy.ts';
import { call, hangUp, register, soundBothWays, useTelephone, weHear, weHearNothing } from './support/telephone.ts';
import { MICROPHONE_HZ } from './support/telephone-app.ts';

const telephone = useTelephone();
const soundBackWithinMs = 2_000;
const noticedWithinMs = 10_000;

describe('a call survives', () => {
  it('the death of the exchange: sound goes on, and after its return both ends hear and can hang up', async () => {
    await register(telephone);
    const trunk = await startSipp(telephone.rig, 'stays');
    const callId = await call(telephone, '0612345678');
    await weHear(telephone, callId, MICROPHONE_HZ);
    await telephone.rig.killExchange();
    await telephone.app.next({ kind: 'line', line: { name: 'waiting', problem: 'connection-lost' } });
    await weHear(telephone, callId, MICROPHONE_HZ);
    await telephone.rig.restartExchange();
    await telephone.app.next({ kind: 'line', line: { name: 'registered' } });
    await weHear(telephone, callId, MICROPHONE_HZ);
    // A hold needs the far end to agree: the call stands in the signalling too.
    expect(await telephone.app.run(({ phone }, id) => phone.hold(id, true), callId)).toMatchObject({ ok: true });
    expect(await telephone.app.run(({ phone }, id) => phone.hold(id, false), callId)).toMatchObject({ ok: true });
    await weHear(telephone, callId, MICROPHONE_HZ);
    await hangUp(telephone, callId);
    await trunk.done;
  });

  it('a link that goes dead without a word: noticed within ten seconds, agreed anew, hung up there too', async () => {
    const link = await startLinkProxy(telephone.rig.ports.ws);
    await register(telephone, { server: link.url });
    const trunk = await startSipp(telephone.rig, 'stays');
    const callId = await call(telephone, '0612345678');
    await weHear(telephone, callId, MICROPHONE_HZ);
    const deadAtMs = performance.now();
    link.blackHole();
    await telephone.app.next({ kind: 'line', line: { name: 'waiting', problem: 'no-answer' } });
    expect(performance.now() - deadAtMs).toBeLessThan(noticedWithinMs);
    await weHear(telephone, callId, MICROPHONE_HZ);
    link.restore();
    await telephone.app.next({ kind: 'line', line: { name: 'registered' } });
    await weHear(telephone, callId, MICROPHONE_HZ);
    expect(await telephone.app.run(({ phone }, id) => phone.hold(id, true), callId)).toMatchObject({ ok: true });
    await weHearNothing(telephone, callId);
    expect(await telephone.app.run(({ phone }, id) => phone.hold(id, false), callId)).toMatchObject({ ok: true });
    await weHear(telephone, callId, MICROPHONE_HZ);
    await hangUp(telephone, callId);
    await trunk.done;
    await register(telephone);
    await link.close();
  });

  it('without being heard of: a hang-up while the line is gone is said when it is back', async () => {
    const link = await startLinkProxy(telephone.rig.ports.ws);
    await register(telephone, { server: link.url });
    const trunk = await startSipp(telephone.rig, 'stays');
    const callId = await call(telephone, '0612345678');
    link.blackHole();
    await telephone.app.next({ kind: 'line', line: { name: 'waiting' } });
    await hangUp(telephone, callId);
    link.restore();
    await telephone.app.next({ kind: 'line', line: { name: 'registered' } });
    await trunk.done;
    await register(telephone);
    await link.close();
  });

  it('a link that is dead and not yet noticed: a hang-up into it is said when it is back', async () => {
    const link = await startLinkProxy(telephone.rig.ports.ws);
    await register(telephone, { server: link.url });
    const trunk = await startSipp(telephone.rig, 'stays');
    const callId = await call(telephone, '0612345678');
    link.blackHole();
    await hangUp(telephone, callId);
    await telephone.app.next({ kind: 'line', line: { name: 'waiting', problem: 'no-answer' } });
    link.restore();
    await telephone.app.next({ kind: 'line', line: { name: 'registered' } });
    await trunk.done;
    await register(telephone);
    await link.close();
  });

  it('the death of what relays its sound: agreed anew with the next one, and heard again', async () => {
    await register(telephone);
    const trunk = await startSipp(telephone.rig, 'stays');
    const callId = await call(telephone, '0612345678');
    await weHear(telephone, callId, MICROPHONE_HZ);
    await telephone.rig.replaceRelay();
    await telephone.app.next({ kind: 'call-stepped', callId, step: { kind: 'sound', there: false } });
    await telephone.app.next({ kind: 'call-stepped', callId, step: { kind: 'sound', there: true } });
    await weHear(telephone, callId, MICROPHONE_HZ);
    await hangUp(telephone, callId);
    await trunk.done;
  });

  it('the death of the audio page: the sound is back within two seconds', async () => {
    await register(telephone);
    const trunk = await startSipp(telephone.rig, 'stays');
    const callId = await call(telephone, '0612345678');
    await weHear(telephone, callId, MICROPHONE_HZ);
    const sinceMs = performance.now();
    await telephone.app.run((harness) => { harness.killAudioPage(); });
    await telephone.app.next({ kind: 'audio-page', alive: false });
    await telephone.app.next({ kind: 'call-heard', callId });
    const tookMs = performance.now() - sinceMs;
    await weHear(telephone, callId, MICROPHONE_HZ);
    expect(tookMs).toBeLessThan(soundBackWithinMs);
    await hangUp(telephone, callId);
    await trunk.done;
  });

  it('its page dying while it rings', async () => {
    await register(telephone);
    const trunk = await startSipp(telephone.rig, 'stays');
    const dialled = await telephone.app.dial('0612345678');
    if (!dialled.ok) throw new Error(dialled.error.code);
    const { callId } = dialled.value;
    await telephone.app.run((harness) => { harness.killAudioPage(); });
    await telephone.app.next({ kind: 'call-stepped', callId, step: { kind: 'connected' } });
    await weHear(telephone, callId, MICROPHONE_HZ);
    await hangUp(telephone, callId);
    await trunk.done;
  });

  it('its answer coming while the next page is not there yet', async () => {
    await register(telephone);
    const trunk = await startSipp(telephone.rig, 'stays');
    const dialled = await telephone.app.dial('0612345678');
    if (!dialled.ok) throw new Error(dialled.error.code);
    const { callId } = dialled.value;
    await killAudioPage();
    await telephone.app.next({ kind: 'call-stepped', callId, step: { kind: 'connected' } });
    await openNextPage();
    await weHear(telephone, callId, MICROPHONE_HZ);
    await hangUp(telephone, callId);
    await trunk.done;
  });

  it('being accepted while no page is there', async () => {
    await register(telephone);
    const caller = await startSipp(telephone.rig, 'calls-in');
    const { callId } = (await telephone.app.next({ kind: 'call-begun' })) as { callId: CallId };
    await killAudioPage();
    const accepted = telephone.app.run(({ phone }, id) => phone.accept(id), callId);
    await telephone.app.next({ kind: 'call-stepped', callId, step: { kind: 'accepted' } });
    await openNextPage();
    expect(await accepted).toMatchObject({ ok: true });
    await weHear(telephone, callId, MICROPHONE_HZ);
    await hangUp(telephone, callId);
    await caller.done;
  });
});

/** Nothing is heard of the next page until it is opened. */
async function killAudioPage(): Promise<void> {
  await telephone.app.run((harness) => {
    harness.holdAudioPage(true);
    harness.killAudioPage();
  });
  await telephone.app.next({ kind: 'audio-page', alive: false });
}

async function openNextPage(): Promise<void> {
  await telephone.app.run((harness) => { harness.holdAudioPage(false); });
  await telephone.app.next({ kind: 'audio-page', alive: true });
}

describe('twenty calls in a row', () => {
  it('all sound, and leave nothing behind', async () => {
    for (let round = 0; round < 20; round += 1) {
      const callId = await call(telephone, '2001');
      await telephone.app.next({ kind: 'call-heard', callId });
      await hangUp(telephone, callId);
    }
    const callId = await call(telephone, '2001');
    await soundBothWays(telephone, callId);
    await hangUp(telephone, callId);
    expect(await telephone.app.run(({ phone }) => phone.calls().length)).toBe(0);
    const log = readFileSync(path.join(telephone.rig.state, 'kamailio.log'), 'utf8');
    expect(log).not.toContain('CRITICAL');
  });
});
