/**
 * Three in one conversation, proved by what each hears: baresip is the colleague and plays 1 kHz, our microphone is at 700 Hz, and the
 * customer's end sends back whatever comes to it, so what comes to the colleague of the customer is the colleague's own tone.
 */
import { describe, expect, it } from 'vitest';
import type { CallId } from '../../shared/id.ts';
import { BARESIP_HZ, startSipp } from './support/far-end.ts';
import type { SippRun } from './support/far-end.ts';
import { baresipHearsBoth, call, hangUp, register, useTelephone, weHear, weHearBoth } from './support/telephone.ts';
import { MICROPHONE_HZ } from './support/telephone-app.ts';

const telephone = useTelephone();

interface Three { trunk: SippRun; customer: CallId; colleague: CallId }

/** A customer on hold, a colleague asked, and then all in one. */
async function three(): Promise<Three> {
  const trunk = await startSipp(telephone.rig, 'stays');
  const customer = await call(telephone, '0612345678');
  expect(await telephone.app.run(({ phone }, id) => phone.hold(id, true), customer)).toMatchObject({ ok: true });
  const colleague = await call(telephone, '2001');
  await weHear(telephone, colleague, BARESIP_HZ);
  await telephone.app.mark();
  expect(await telephone.app.run(({ phone }, ids) => phone.joinCalls(ids.colleague, ids.customer), { customer, colleague })).toMatchObject({ ok: true });
  for (const callId of [colleague, customer]) await telephone.app.next({ kind: 'call-stepped', callId, step: { kind: 'joined', joined: true } });
  return { trunk, customer, colleague };
}

const states = (): Promise<{ isJoined: boolean; phase: string }[]> => telephone.app.run(({ phone }) => phone.calls().map((one) => one.state()));

describe('three in one conversation', () => {
  it('each far end hears us and the other one, and when the colleague leaves the customer is an ordinary call', async () => {
    await register(telephone);
    const { trunk, customer, colleague } = await three();
    // The customer's echo holds what the customer hears: our voice and the colleague's.
    await weHearBoth(telephone, customer, [MICROPHONE_HZ, BARESIP_HZ]);
    // The colleague hears us, and the customer, who sends back what both of us said.
    await baresipHearsBoth(telephone, [MICROPHONE_HZ, BARESIP_HZ]);
    await hangUp(telephone, colleague);
    expect(await states()).toMatchObject([{ isJoined: false, phase: 'connected' }]);
    await weHear(telephone, customer, MICROPHONE_HZ);
    await hangUp(telephone, customer);
    await trunk.done;
  });

  it('a mute is heard by nobody, and the two go on hearing each other', async () => {
    const { trunk, customer, colleague } = await three();
    await weHearBoth(telephone, customer, [MICROPHONE_HZ, BARESIP_HZ]);
    await telephone.app.run(({ phone }, id) => phone.mute(id, true), colleague);
    expect(await telephone.app.run(({ phone }) => phone.calls().map((one) => one.state().muted))).toEqual([true, true]);
    await weHear(telephone, customer, BARESIP_HZ);
    await hangUp(telephone, customer);
    await weHear(telephone, colleague, BARESIP_HZ);
    await hangUp(telephone, colleague);
    await trunk.done;
  });

  it('outlives the audio page', async () => {
    const { trunk, customer, colleague } = await three();
    await weHearBoth(telephone, customer, [MICROPHONE_HZ, BARESIP_HZ]);
    await telephone.app.run((harness) => { harness.killAudioPage(); });
    await telephone.app.next({ kind: 'audio-page', alive: false });
    await telephone.app.next({ kind: 'audio-page', alive: true });
    await weHearBoth(telephone, customer, [MICROPHONE_HZ, BARESIP_HZ]);
    await hangUp(telephone, colleague);
    await hangUp(telephone, customer);
    await trunk.done;
  });

  it('is over when one is put on hold; a call is not joined with itself, nor with one that does not stand', async () => {
    const { trunk, customer, colleague } = await three();
    const refused = { ok: false, error: { code: 'telephone-call-not-so' } };
    expect(await telephone.app.run(({ phone }, ids) => phone.joinCalls(ids.customer, ids.colleague), { customer, colleague })).toMatchObject(refused);
    expect(await telephone.app.run(({ phone }, id) => phone.hold(id, true), customer)).toMatchObject({ ok: true });
    expect(await states()).toMatchObject([{ isJoined: false }, { isJoined: false }]);
    expect(await telephone.app.run(({ phone }, id) => phone.joinCalls(id, id), colleague)).toMatchObject(refused);
    await hangUp(telephone, customer);
    expect(await telephone.app.run(({ phone }, ids) => phone.joinCalls(ids.customer, ids.colleague), { customer, colleague })).toMatchObject(refused);
    await hangUp(telephone, colleague);
    await trunk.done;
  });
});
