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
const GOOD_PART = 0.1;
const LOUD_DB = -35;
const SILENT_DB = -60;

/** Starts both before the tests of a file, and ends them behind; nothing may have thrown in main by then. `oneCall`: it lasts from test to test. */
export function useTelephone({ oneCall = false }: { oneCall?: boolean } = {}): Telephone {
  const telephone = {} as Telephone;
  const folder = mkdtempSync(path.join(tmpdir(), 'premura-telephone-'));
  beforeAll(async () => {
    telephone.rig = await startRig(path.join(folder, 'rig'));
    telephone.app = await startTelephoneApp(folder);
  });
  // A test that failed must not spoil the next one.
  afterEach(async () => {
    if (oneCall) return;
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

/** Each tone is a good part of what is heard, and together they are nearly all of it. */
function areTones({ energyDb, shares }: ToneMeasure): boolean {
  return energyDb > LOUD_DB && shares.every((share) => share > GOOD_PART) && shares.reduce((sum, share) => sum + share, 0) > CLEAN;
}

/** We hear several tones at once. */
export async function weHearBoth({ app }: Telephone, callId: CallId, frequenciesHz: readonly number[]): Promise<void> {
  await hears(() => app.heard(callId, frequenciesHz), areTones, `hears ${frequenciesHz.join(' and ')} Hz`);
}

export async function baresipHearsBoth({ rig }: Telephone, frequenciesHz: readonly number[]): Promise<void> {
  await hears(async () => baresipHears(rig, frequenciesHz), areTones, `baresip hears ${frequenciesHz.join(' and ')} Hz`);
}

/** baresip hears our microphone. */
export async function baresipHearsUs(telephone: Telephone): Promise<void> {
  await baresipHearsTone(telephone, MICROPHONE_HZ);
}

export async function baresipHearsTone({ rig }: Telephone, frequencyHz: number): Promise<void> {
  await hears(async () => baresipHears(rig, [frequencyHz]), isTone, `baresip hears ${String(frequencyHz)} Hz`);
}

/** Sound both ways with baresip, by loudness and frequency. */
export async function soundBothWays(telephone: Telephone, callId: CallId): Promise<void> {
  await weHear(telephone, callId, BARESIP_HZ);
  await baresipHearsUs(telephone);
}
