/**
 * A lead listens to a call: refused without an agreement, said on the operator's screen first, then dialled as the exchange's code, by the
 * lead's own softphone. The rig's exchange routes the code to a telephone that answers; mixing the voices is a real exchange's work.
 *
 * Invariant: the exchange's own log says what was dialled and when; nothing stands in it before the operator's screen said so.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { queries } from '../../shared/contract/contract.ts';
import type { CommandId, UserId } from '../../shared/id.ts';
import { newId } from '../../shared/id.ts';
import { addDays, dateOfInstant, systemClock } from '../../shared/time.ts';
import type { AppProcess } from '../support/app-process.ts';
import { startApp } from '../support/app-process.ts';
import { openByName, ring } from '../support/call-by-keyboard.ts';
import { runHub } from '../support/hub-process.ts';
import { askDesk } from '../support/page-desk.ts';
import type { PageLine } from '../support/page-line.ts';
import { callOn, followLine } from '../support/page-line.ts';
import { signIn } from '../support/screen-shift.ts';
import { word } from '../support/screen-words.ts';
import type { AppStage, OpenApp } from './support/app-stage.ts';
import { customers, openAppStage } from './support/app-stage.ts';
import { startSipp } from './support/far-end.ts';
import type { SippRun } from './support/far-end.ts';

const laura = { username: 'laura', password: 'premura-demo' };
const DOCUMENT = 'prot. 12/2026';
let stage: AppStage;
let operator: OpenApp;
let lead: AppProcess;
let leadLine: PageLine;
let trunk: SippRun;

beforeAll(async () => {
  stage = await openAppStage();
  const { dataDir } = stage;
  await runHub(['users', 'add', '--data', dataDir, '--username', laura.username, '--name', 'Laura Lead', '--role', 'lead', '--password', laura.password]);
  await runHub(['telephone', 'account', '--data', dataDir, '--username', laura.username, '--sip-user', '1002', '--password', 'pw1002']);
  await runHub(['telephone', 'features', '--data', dataDir, '--listen', '*90{extension}', '--barge', '*92{extension}']);
  operator = await stage.open();
  lead = await startApp({
    profileDir: `${stage.profileDir}-lead`, hubUrl: stage.hubUrl,
    switches: ['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream', '--allow-loopback-in-peer-connection'],
  });
  lead.page.setDefaultTimeout(30_000);
  leadLine = await followLine(lead.page);
  await signIn(lead.page, laura);
  await leadLine.until(({ kind, line: { name } }) => kind === 'exchange' && name === 'registered', 'the lead is on the line');
});

afterAll(async () => {
  trunk.stop();
  await lead.close();
  await operator.close();
  await stage.close();
});

/** What the exchange was asked for by the lead, by the code and by whom. */
function features(): string[] {
  const log = readFileSync(path.join(stage.rig.state, 'kamailio.log'), 'utf8');
  return [...new Set([...log.matchAll(/FEATURE (\S+) asked by (\S+)/g)].map(([, code, by]) => `${code ?? ''} ${by ?? ''}`))];
}

async function carla(): Promise<UserId> {
  const { helps } = queries['show-floor'].output.parse(await askDesk(lead.page, { kind: 'query', name: 'show-floor', input: {} }));
  return helps[0]!.userId;
}

const listen = async (how: 'listen' | 'whisper'): Promise<unknown> => {
  const input = { commandId: newId<CommandId>(), userId: await carla(), how };
  return lead.page.evaluate((sent) => window.premura.request({ kind: 'command', name: 'begin-listening', input: sent }), input);
};

it('is refused without an agreement: no code leaves the machine', async () => {
  const { page, line } = operator;
  await page.getByTestId('worklist').getByRole('option').first().waitFor();
  trunk = await startSipp(stage.rig, 'stays');
  await openByName(page, customers[0].name);
  const { callId } = await ring(page);
  await line.until((screen) => callOn(screen, callId)?.state.phase === 'connected', 'the customer answers');
  await page.keyboard.press('Control+H');
  await lead.page.getByTestId('helps').waitFor();
  expect(await listen('listen')).toMatchObject({ ok: false, error: { code: 'not-agreed' } });
  expect(features()).toEqual([]);
  expect(await page.getByTestId('heard').count()).toBe(0);
});

it('with one it stands on the operator\'s screen, and the code is dialled as configured', async () => {
  const today = dateOfInstant(systemClock.nowMs(), 'Europe/Rome');
  await runHub([
    'workers-agreement', 'record', '--data', stage.dataDir, '--kind', 'works-agreement', '--scopes', 'listening', '--signed-on', addDays(today, -10), '--from', addDays(today, -5),
    '--signatories', 'RSU, direzione', '--document', DOCUMENT,
  ]);
  // A code that the exchange has not: said, and nothing is dialled.
  await lead.page.getByTestId('helps').getByRole('button', { name: word('floor.way.whisper') }).click();
  await lead.page.getByTestId('helps').getByText(word('error.noFeatureCode')).waitFor();
  expect(features()).toEqual([]);
  await lead.page.getByTestId('helps').getByRole('button', { name: word('floor.way.listen') }).click();
  const heard = operator.page.getByTestId('heard');
  await heard.filter({ hasText: 'Laura Lead' }).filter({ hasText: DOCUMENT }).waitFor();
  await leadLine.until(({ calls }) => calls.some(({ state }) => state.phase === 'connected'), 'the exchange answers the code');
  expect(features()).toEqual(['*901001 1002']);
  expect(await heard.count()).toBe(1);
});

it('the operator\'s screen says so until the lead hangs up', async () => {
  const { calls } = await leadLine.until((screen) => screen.calls.some(({ state }) => state.phase === 'connected'), 'they listen');
  const [call] = calls;
  if (call === undefined) throw new Error('nobody listens');
  await leadLine.order('hang-up', { callId: call.callId });
  await operator.page.getByTestId('heard').waitFor({ state: 'detached' });
});

it('a screen that cannot say so keeps the code from being dialled', async () => {
  const before = features().length;
  const pid = await operator.app.evaluate(({ app }) => app.getAppMetrics().find(({ name }) => name === 'Premura desk')?.pid ?? null);
  if (pid === null) throw new Error('there is no desk');
  process.kill(pid, 'SIGSTOP');
  try {
    expect(await listen('listen')).toMatchObject({ ok: false, error: { code: 'listening-not-told' } });
  } finally {
    process.kill(pid, 'SIGCONT');
  }
  expect(features()).toHaveLength(before);
});
