/**
 * A call recorded by the whole app: a real exchange, a far end with a tone of its own, the hub's ledger.
 *
 * Invariant: what was recorded is proven by frequency: the far end's tone, our microphone's, and neither of what was said while it was paused.
 * Nothing lies anywhere before the yes.
 */
import { mkdirSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { commands } from '../../shared/contract/contract.ts';
import type { CallScreen } from '../../shared/contract/conduct-channels.ts';
import type { CallId, CommandId } from '../../shared/id.ts';
import { callIdSchema, newId } from '../../shared/id.ts';
import { recordingsLedgerEntrySchema, recordingsLedgerPath } from '../../hub/recordings/recordings-ledger.ts';
import { conductOverviewSchema, standardConduct } from '../../shared/protocol/conduct-protocol.ts';
import { signInReplySchema } from '../../shared/protocol/session-protocol.ts';
import { plainForm } from '../../shared/testing/outcome-forms.ts';
import { measureTones } from '../../shared/telephone/measure-tones.ts';
import type { ToneMeasure } from '../../shared/telephone/measure-tones.ts';
import { bodyOf, factsOfCall, openByName, runningCall, types, untilSent } from '../support/call-by-keyboard.ts';
import { runHub } from '../support/hub-process.ts';
import { findCase } from '../support/call-on-line.ts';
import { checkAccessibility } from '../support/check-accessibility.ts';
import { askDesk } from '../support/page-desk.ts';
import { callOn } from '../support/page-line.ts';
import { word } from '../support/screen-words.ts';
import type { AppStage, OpenApp } from './support/app-stage.ts';
import { customers, openAppStage } from './support/app-stage.ts';
import type { BaresipControl } from './support/far-end.ts';
import { BARESIP_HZ, controlBaresip } from './support/far-end.ts';
import { MICROPHONE_HZ } from './support/telephone-app.ts';

const pictures = process.env['PREMURA_PICTURES'];
const PASSWORD = 'premura-demo';
const HEARD = 0.02;
const RATE_HZ = 8_000;
const LOUD = 0.1;
const SILENT = 0.01;
/** As long as the screen may lag behind the sound. */
const SLOW_SECONDS = 2;
const [customer] = customers;
const listedSchema = z.object({ recordings: z.array(z.object({ factId: z.string(), seconds: z.number(), isHeld: z.boolean() })) });
let stage: AppStage;
let running: OpenApp;
let farEnd: BaresipControl;

beforeAll(async () => {
  stage = await openAppStage();
  await runHub(['users', 'add', '--data', stage.dataDir, '--username', 'ada', '--name', 'Ada Conti', '--role', 'admin', '--password', PASSWORD]);
  running = await stage.open();
  farEnd = await controlBaresip(stage.rig);
});

afterAll(async () => {
  farEnd.close();
  await running.close();
  await stage.close();
});

/** The far end rings, the call is taken and said to be the customer's, who is known to be the right party. */
async function talk(): Promise<CallId> {
  const { page, line } = running;
  farEnd.command('dial', 'sip:1001@rig.test');
  const { calls } = await line.until((screen) => screen.calls.some(({ state }) => state.phase === 'offered'), 'it rings');
  const callId = callIdSchema.parse(calls[0]?.callId);
  await line.order('accept-call', { callId });
  await line.until((screen) => callOn(screen, callId)?.state.phase === 'connected', 'it is taken');
  const { caseId, revision } = await findCase(page, (shown) => shown.customer.name === customer.name);
  await command('start-call', {
    commandId: newId<CommandId>(), caseId, direction: 'inbound', pointId: null, locale: 'it', basedOn: { caseRevision: revision, scriptVersion: null }, line: 'softphone', callId,
  });
  const { gate } = await runningCall(page);
  await command('check-identity', { commandId: newId<CommandId>(), callId, locale: 'it', result: 'confirmed', method: gate.methods[0], partyId: null });
  await line.order('watch-level', { on: true });
  await line.untilLevel(({ received }) => received > HEARD, 'the far end is heard');
  return callId;
}

async function command(name: 'start-call' | 'check-identity' | 'answer-recording', input: object): Promise<CallScreen> {
  return commands[name].output.parse(await askDesk(running.page, { kind: 'command', name, input })).call;
}

/** Until the call bar knows of this lock. */
async function untilLock(lock: string): Promise<void> {
  await running.page.locator(`[data-testid="recording"][data-lock="${lock}"]`).waitFor();
}

/** Until so many pieces are on the desk's disk. */
async function saved(pieces: number): Promise<void> {
  await running.line.until(({ recording }) => (recording?.savedPieces ?? 0) >= pieces, `${String(pieces)} pieces are on the disk`);
}

const state = (): ReturnType<OpenApp['page']['getByTestId']> => running.page.getByTestId('recording');
const stands = (key: string): Promise<void> => state().filter({ hasText: word(key) }).waitFor();

/** Looks at what stands there, in both themes. */
async function look(name: string): Promise<void> {
  for (const colorScheme of ['dark', 'light'] as const) {
    await running.page.emulateMedia({ colorScheme });
    if (pictures !== undefined) {
      mkdirSync(pictures, { recursive: true });
      await running.page.screenshot({ path: path.join(pictures, `recording-${name}-${colorScheme}.png`) });
    }
    expect(await checkAccessibility(running.page), `${name}, ${colorScheme}`).toEqual([]);
  }
}

/** Every file of the profile that could hold sound. */
function soundFiles(): string[] {
  return readdirSync(stage.profileDir, { recursive: true, encoding: 'utf8' }).filter((name) => /(^|\/)(recordings|attachments)\/.+/.test(name));
}

/** Gets a recording out of the hub and hears it: second by second, how much of each tone is in it. */
async function hear(factId: string): Promise<{ seconds: number; at: (second: number, lengthSeconds?: number) => ToneMeasure }> {
  const file = path.join(stage.dataDir, `${factId}.webm`);
  await runHub(['recording', 'export', '--data', stage.dataDir, '--fact', factId, '--reason', 'prova del collaudo', '--to', file]);
  const samples = Float32Array.from(await running.page.evaluate(async ({ base64, rate }) => {
    const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
    const sound = await new OfflineAudioContext(1, 1, rate).decodeAudioData(bytes.buffer);
    return [...sound.getChannelData(0)];
  }, { base64: readFileSync(file).toString('base64'), rate: RATE_HZ }));
  return {
    seconds: samples.length / RATE_HZ,
    at: (second, lengthSeconds = 0.5) => measureTones(samples.subarray(second * RATE_HZ, (second + lengthSeconds) * RATE_HZ), RATE_HZ, [BARESIP_HZ, MICROPHONE_HZ]),
  };
}

async function listed(): Promise<z.infer<typeof listedSchema>['recordings']> {
  return listedSchema.parse(JSON.parse(await runHub(['recording', 'list', '--data', stage.dataDir, '--json']))).recordings;
}

async function publishMandate(): Promise<void> {
  const signedIn = await fetch(`${stage.hubUrl}/v1/sign-in`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ username: 'ada', password: PASSWORD }) });
  const { tokens } = signInReplySchema.parse(await signedIn.json());
  const headers = { authorization: `Bearer ${tokens.accessToken}`, 'content-type': 'application/json' };
  const { creditors } = conductOverviewSchema.parse(await (await fetch(`${stage.hubUrl}/v1/conduct`, { headers })).json());
  for (const { creditorId } of creditors) {
    const { version: _none, ...draft } = standardConduct(creditorId);
    const done = await fetch(`${stage.hubUrl}/v1/conduct/${creditorId}`, { method: 'PUT', headers, body: JSON.stringify({ ...draft, mayRecord: true }) });
    expect(done.status).toBe(200);
  }
}

describe('a call', () => {
  let callId: CallId;

  it('is not recorded without mandate, agreement and yes: nothing lies anywhere', async () => {
    const { page } = running;
    await page.getByTestId('worklist').getByRole('option').first().waitFor();
    await openByName(page, customer.name);
    callId = await talk();
    await untilLock('not-mandated');
    await stands('recording.off');
    await page.keyboard.press('Alt+V');
    await expect(command('answer-recording', { commandId: newId<CommandId>(), callId, locale: 'it', answer: 'yes' })).rejects.toThrow('not-mandated');
    await publishMandate();
    await untilLock('no-agreement');
    await expect(command('answer-recording', { commandId: newId<CommandId>(), callId, locale: 'it', answer: 'yes' })).rejects.toThrow('no-agreement');
    await runHub([
      'workers-agreement', 'record', '--data', stage.dataDir, '--kind', 'works-agreement', '--scopes', 'recording', '--signed-on', '2026-01-10', '--from', '2026-01-11',
      '--signatories', 'RSU e direzione', '--document', 'prot. 12/2026',
    ]);
    await untilLock('not-asked');
    await page.keyboard.press('Alt+V');
    await page.getByRole('button', { name: word('recording.saidNo') }).waitFor();
    await look('notice');
    await page.getByRole('button', { name: word('recording.saidNo') }).click();
    await stands('recording.refused');
    await running.line.untilLevel(({ received }) => received > HEARD, 'the call goes on');
    expect(soundFiles()).toEqual([]);
  });

  it('is recorded after the yes, both directions, and not while it is paused', async () => {
    const { page, line } = running;
    await page.keyboard.press('Alt+V');
    await page.getByRole('button', { name: word('recording.saidYes') }).click();
    await stands('recording.on');
    const onAtMs = performance.now();
    await saved(1);
    await look('on');
    expect(soundFiles()).toHaveLength(1);
    await page.keyboard.press('F8');
    const { recording } = await line.until((screen) => callOn(screen, callId)?.state.muted === true, 'muted');
    const quietFrom = Math.ceil((performance.now() - onAtMs) / 1_000) + SLOW_SECONDS;
    const before = recording?.savedPieces ?? 0;
    await saved(before + 3);
    await page.keyboard.press('Alt+V');
    await stands('recording.paused');
    await look('paused');
    await page.keyboard.press('F8');
    for (let heard = 0; heard < 15; heard += 1) await line.untilLevel(({ microphone }) => microphone > HEARD, 'we speak while it is paused');
    await page.keyboard.press('F8');
    await line.until((screen) => callOn(screen, callId)?.state.muted === true, 'muted again');
    await page.keyboard.press('Alt+V');
    await stands('recording.on');
    await saved(before + 4);
    await page.keyboard.press('F10');
    await line.until(({ recording }) => recording === null, 'it ended with its call');
    await untilSent(page);
    const [recorded, ...others] = await listed();
    expect(others).toEqual([]);
    expect(recorded).toMatchObject({ isHeld: true });
    const facts = await factsOfCall(stage.dataDir, callId);
    expect(types(facts).filter((type) => type.includes('record')).toSorted()).toEqual(['call-recorded', 'recording-answered', 'recording-answered']);
    const body = bodyOf(facts, 'call-recorded');
    expect(body).toMatchObject({ end: 'call-ended', pauses: [{ from: expect.any(Number) as number, to: expect.any(Number) as number }], agreementVersion: 1 });
    const sound = await hear(String(recorded?.factId));
    expect(Math.abs(sound.seconds - Number(recorded?.seconds))).toBeLessThan(1.5);
    expect(sound.at(0.5).shares.map((share) => share > LOUD)).toEqual([true, true]);
    // From where we were muted on there is the far end alone: nothing of what we said while it was paused.
    const later = Array.from({ length: Math.floor((sound.seconds - quietFrom) * 2) - 1 }, (_, half) => sound.at(quietFrom + half / 2));
    expect(later.length).toBeGreaterThan(5);
    for (const { shares: [far = 0, near = 1] } of later) {
      expect(far).toBeGreaterThan(LOUD);
      expect(near).toBeLessThan(SILENT);
    }
    const ledger = readFileSync(recordingsLedgerPath(stage.dataDir), 'utf8').trim().split('\n').map((line_) => recordingsLedgerEntrySchema.parse(JSON.parse(line_)));
    expect(ledger).toMatchObject([{ what: 'exported', factId: recorded?.factId, reason: 'prova del collaudo' }]);
    await look('history');
  });

  it('that was cut off by a killed app is kept as far as it was on the disk, and can be heard', async () => {
    const { page } = running;
    const { caseId, revision } = await findCase(page, (shown) => shown.customer.name === customer.name);
    await askDesk(page, {
      kind: 'command', name: 'record-outcome',
      input: { commandId: newId<CommandId>(), caseId, locale: 'it', form: plainForm('HU'), basedOn: { caseRevision: revision, scriptVersion: null } },
    });
    callId = await talk();
    await command('answer-recording', { commandId: newId<CommandId>(), callId, locale: 'it', answer: 'yes' });
    await saved(2);
    const main = running.app.process();
    const gone = new Promise((resolve) => { main.once('exit', resolve); });
    main.kill('SIGKILL');
    await gone;
    expect((await listed()).length).toBe(1);
    running = await stage.open();
    await untilSent(running.page);
    const [, recorded] = await listed();
    expect(bodyOf(await factsOfCall(stage.dataDir, callId), 'call-recorded')).toMatchObject({ end: 'interrupted' });
    const sound = await hear(String(recorded?.factId));
    expect(sound.seconds).toBeGreaterThan(4);
    // Most of it: a busy machine may leave a gap in the microphone's tone, never in half of the recording.
    const halves = Array.from({ length: Math.floor((sound.seconds - 1) * 2) }, (_, half) => sound.at(0.5 + half / 2).shares.map((share) => share > LOUD));
    for (const direction of [0, 1]) expect(halves.filter((loud) => loud[direction] === true).length, JSON.stringify(halves)).toBeGreaterThan(halves.length * 0.75);
    expect(soundFiles().filter((name) => name.includes('recordings'))).toEqual([]);
  });
});
