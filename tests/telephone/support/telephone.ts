/** A rig and a softphone, for one file of tests, and what every test of them asks. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { waitUntil } from '../../../scripts/telephone-rig/rig-process.ts';
import type { Rig } from '../../../scripts/telephone-rig/start-rig.ts';
import { rigDomain, startRig } from '../../../scripts/telephone-rig/start-rig.ts';
import type { CallId } from '../../../shared/id.ts';
import type { TelephoneAccount } from '../../../shared/telephone/account.ts';
import type { ToneMeasure } from '../../../shared/telephone/measure-tones.ts';
import { BARESIP_HZ, baresipHears } from './far-end.ts';
import type { TelephoneApp } from './telephone-app.ts';
import { MICROPHONE_HZ, startTelephoneApp } from './telephone-app.ts';

export interface Telephone {
  rig: Rig;
  app: TelephoneApp;
}

/** Of the energy: more than this is a clean tone. */
const CLEAN = 0.8;
const LOUD_DB = -35;
const SILENT_DB = -60;

/** Starts both before the tests of a file, and ends them behind; nothing may have thrown in main by then. */
export function useTelephone(): Telephone {
  const telephone = {} as Telephone;
  const folder = mkdtempSync(path.join(tmpdir(), 'premura-telephone-'));
  beforeAll(async () => {
    telephone.rig = await startRig(path.join(folder, 'rig'));
    telephone.app = await startTelephoneApp(folder);
  });
  // A test that failed must not spoil the next one.
  afterEach(async () => {
    await telephone.app.run(({ phone }) => { for (const { callId } of phone.calls()) phone.hangUp(callId); });
  });
  afterAll(async () => {
    const uncaught = await telephone.app.run((harness) => harness.uncaught);
    await telephone.app.close();
    await telephone.rig.stop();
    rmSync(folder, { recursive: true, force: true });
    expect(uncaught).toEqual([]);
  });
  return telephone;
}

/** The account of the softphone at the rig. */
export function accountOf({ rig }: Telephone, change: Partial<TelephoneAccount> = {}): TelephoneAccount {
  return {
    server: rig.wsUrl, domain: rigDomain, user: '1001', authenticationUser: null, password: 'pw1001', privateAuthority: null, tones: 'sound',
    ringForMs: 20_000, ...change,
  };
}

/** Goes on the line. */
export async function register(telephone: Telephone, change: Partial<TelephoneAccount> = {}): Promise<void> {
  await telephone.app.mark();
  await telephone.app.configure(accountOf(telephone, change));
  await telephone.app.next({ kind: 'line', line: { name: 'registered' } });
}

/** Dials a number and waits until it is answered. */
export async function call({ app }: Telephone, number: string): Promise<CallId> {
  await app.mark();
  const dialled = await app.dial(number);
  if (!dialled.ok) throw new Error(dialled.error.code);
  await app.next({ kind: 'call-stepped', callId: dialled.value.callId, step: { kind: 'connected' } });
  return dialled.value.callId;
}

/** Hangs up and waits until the sound is closed. */
export async function hangUp({ app }: Telephone, callId: CallId): Promise<void> {
  await app.run(({ phone }, id) => phone.hangUp(id), callId);
  await app.next({ kind: 'call-stepped', callId, step: { kind: 'ended' } });
}

function isTone({ energyDb, shares }: ToneMeasure): boolean {
  return energyDb > LOUD_DB && (shares[0] ?? 0) > CLEAN;
}

async function hears(measure: () => Promise<ToneMeasure>, holds: (measured: ToneMeasure) => boolean, what: string): Promise<void> {
  let last: ToneMeasure | null = null;
  const heard = await waitUntil(async () => {
    last = await measure();
    return holds(last);
  });
  expect(heard, `${what}; last measured ${JSON.stringify(last)}`).toBe(true);
}

/** We hear the far end's tone, loud and clean. */
export async function weHear({ app }: Telephone, callId: CallId, frequencyHz: number): Promise<void> {
  await hears(() => app.heard(callId, [frequencyHz]), isTone, `hears ${String(frequencyHz)} Hz`);
}

export async function weHearNothing({ app }: Telephone, callId: CallId): Promise<void> {
  await hears(() => app.heard(callId, []), ({ energyDb }) => energyDb < SILENT_DB, 'hears nothing');
}

/** baresip hears our microphone. */
export async function baresipHearsUs({ rig }: Telephone): Promise<void> {
  await hears(async () => baresipHears(rig, [MICROPHONE_HZ]), isTone, `baresip hears ${String(MICROPHONE_HZ)} Hz`);
}

/** Sound both ways with baresip, by loudness and frequency. */
export async function soundBothWays(telephone: Telephone, callId: CallId): Promise<void> {
  await weHear(telephone, callId, BARESIP_HZ);
  await baresipHearsUs(telephone);
}
