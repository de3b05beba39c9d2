/**
 * The app on the line: a real hub's account, a real exchange, and a call that outlives every process around it.
 *
 * Invariant: the exchange's own log says what left the machine; what is heard is what the far end sent back of our own voice.
 */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CallId, CaseId, CommandId } from '../../shared/id.ts';
import { newId } from '../../shared/id.ts';
import { queries } from '../../shared/contract/contract.ts';
import { draftSchema } from '../../shared/contract/screens.ts';
import { bodyOf, factsOfCall, openByName, ring, runningCall, types, untilSent } from '../support/call-by-keyboard.ts';
import { callOnLine, findCase, showCase } from '../support/call-on-line.ts';
import { askDesk } from '../support/page-desk.ts';
import { callOn } from '../support/page-line.ts';
import type { AppStage, OpenApp } from './support/app-stage.ts';
import { customers, openAppStage, shownNumber } from './support/app-stage.ts';
import { startSipp } from './support/far-end.ts';
import type { SippRun } from './support/far-end.ts';

/** Of the tone that comes back, as the page is told it; silence is far below. */
const HEARD = 0.02;
const soundBackWithinMs = 2_000;
const [called, forbidden] = customers;
let stage: AppStage;
let running: OpenApp;
let trunk: SippRun;
let callId: CallId;
let caseId: CaseId;

beforeAll(async () => {
  stage = await openAppStage();
  running = await stage.open();
});

afterAll(async () => {
  await running.close();
  await stage.close();
});

const weHear = (what: string): Promise<void> => running.line.untilLevel(({ received }) => received > HEARD, what);

async function pidOf(name: string): Promise<number> {
  const pid = await running.app.evaluate(({ app }, wanted) => app.getAppMetrics().find((metric) => metric.name === wanted)?.pid ?? null, name);
  if (pid === null) throw new Error(`there is no ${name}`);
  return pid;
}

async function killMain(): Promise<void> {
  const main = running.app.process();
  const gone = new Promise((resolve) => { main.once('exit', resolve); });
  main.kill('SIGKILL');
  await gone;
}

describe('the app on the line', () => {
  it('sends nothing without a permit, and none is given against the rules', async () => {
    const { page, line } = running;
    await page.getByTestId('worklist').getByRole('option').first().waitFor();
    const found = await findCase(page, ({ customer }) => customer.name === forbidden.name);
    const refused = await callOnLine(page, found);
    expect(refused).toMatchObject({ ok: false, error: { code: 'contact-blocked' } });
    for (const name of ['dial', 'telephone-dial', 'place-call']) {
      expect(await line.ask(name as 'retry-line', {})).toMatchObject({ ok: false });
    }
    expect(stage.invites()).toEqual([]);
  });

  it('calls from a case by keyboard: one INVITE, with the creditor’s number, and sound both ways', async () => {
    const { page, line } = running;
    trunk = await startSipp(stage.rig, 'stays');
    await openByName(page, called.name);
    ({ callId, caseId } = await ring(page));
    await line.until((screen) => callOn(screen, callId)?.state.phase === 'connected', 'it is answered');
    await line.order('watch-level', { on: true });
    await weHear('our voice comes back');
    expect(stage.invites()).toMatchObject([{ called: '+390828001001', shown: expect.stringContaining(`sip:${shownNumber}@`) as string }]);
  });

  it('goes on while the page is loaded anew, and the page finds it', async () => {
    await running.page.reload();
    await running.line.followAgain();
    const screen = await running.line.until(({ calls }) => calls.length > 0, 'the call');
    expect(callOn(screen, callId)).toMatchObject({ state: { phase: 'connected', direction: 'outbound' } });
    await running.line.order('watch-level', { on: true });
    await weHear('the call');
  });

  it('has its sound back within two seconds when the audio page dies', async () => {
    const { app, line } = running;
    const killedAtMs = performance.now();
    await app.evaluate(({ BrowserWindow }) => {
      const sound = BrowserWindow.getAllWindows().find(({ webContents }) => webContents.getURL().includes('/audio/'));
      setImmediate(() => sound?.webContents.forcefullyCrashRenderer());
    });
    await line.until(({ audioPageAlive }) => !audioPageAlive, 'the page is gone');
    await weHear('the sound is back');
    const tookMs = performance.now() - killedAtMs;
    console.info(`sound back after ${tookMs.toFixed(0)} ms`);
    expect(tookMs).toBeLessThan(soundBackWithinMs);
  });

  it('goes on while the desk dies, and what happened meanwhile is committed by the next one', async () => {
    const { line } = running;
    const pid = await pidOf('Premura desk');
    process.kill(pid, 'SIGSTOP');
    await line.order('hold-call', { callId, held: true });
    await line.until(({ uncommittedCount }) => uncommittedCount > 0, 'it waits in main');
    process.kill(pid, 'SIGKILL');
    await line.order('hold-call', { callId, held: false });
    await weHear('the call goes on');
    await line.until((screen) => screen.uncommittedCount === 0 && callOn(screen, callId)?.state.phase === 'connected', 'the next desk has it');
    await untilSent(running.page);
    const moves = (await factsOfCall(stage.dataDir, callId)).filter(({ header }) => header.type === 'call-moved').map(({ body }) => body['move']);
    expect(moves.filter((move) => move === 'held' || move === 'resumed')).toEqual(['held', 'resumed']);
    expect(stage.invites()).toHaveLength(1);
  });

  it('goes on while the page crashes, and the page that follows finds it', async () => {
    const draft = draftSchema.parse({
      code: 'CBK', amountText: '', dateText: '', method: '', cause: '', disputeReason: '', disputeInvoiceId: '', callbackAudience: '', note: 'richiamare in mattinata', scriptStepId: '',
    });
    await askDesk(running.page, { kind: 'command', name: 'save-draft', input: { commandId: newId<CommandId>(), caseId, draft } });
    const found = await running.app.evaluate(async ({ BrowserWindow }) => {
      const contents = BrowserWindow.getAllWindows().find(({ webContents }) => !webContents.getURL().includes('/audio/'))?.webContents;
      if (contents === undefined) throw new Error('there is no page');
      const loaded = new Promise<void>((resolve) => { contents.once('did-finish-load', () => { resolve(); }); });
      setImmediate(() => { contents.forcefullyCrashRenderer(); });
      await loaded;
      // The test's own page went with the crash.
      return await (contents.executeJavaScript(`new Promise((resolve) => {
        window.premura.line.onMessage((message) => { if (message.kind === 'line' && message.screen.calls.length > 0) resolve(message.screen.calls); });
      })`) as Promise<unknown>);
    });
    expect(found).toMatchObject([{ callId, state: { phase: 'connected', sound: 'there' } }]);
  });

  it('is closed as interrupted when main dies, with its draft, and asks for its outcome', async () => {
    await killMain();
    trunk.stop();
    running = await stage.open();
    const call = await runningCall(running.page);
    expect(call).toMatchObject({ callId, telephone: { shown: 'ended', ended: { cause: 'interrupted', by: 'network', isDropped: true } } });
    expect((await showCase(running.page, caseId)).draft).toMatchObject({ code: 'CBK', note: 'richiamare in mattinata' });
    await untilSent(running.page);
    const facts = await factsOfCall(stage.dataDir, callId);
    expect(types(facts).at(-1)).toBe('call-ended');
    expect(bodyOf(facts, 'call-ended')).toMatchObject({ cause: 'interrupted', isDropped: true });
    expect(stage.invites()).toHaveLength(1);
  });

  it('ends its calls when it is closed, and the desk has them', async () => {
    const caller = await startSipp(stage.rig, 'calls-in');
    const { calls } = await running.line.until((screen) => screen.calls.some(({ state }) => state.phase === 'offered'), 'it rings');
    const offered = calls[0]?.callId;
    if (offered === undefined) throw new Error('nobody rings');
    await running.line.order('accept-call', { callId: offered });
    await running.line.until((screen) => callOn(screen, offered)?.state.phase === 'connected', 'it is taken');
    await running.close();
    await caller.done;
    running = await stage.open();
    const shown = queries['show-telephone'].output.parse(await askDesk(running.page, { kind: 'query', name: 'show-telephone', input: {} }));
    expect(shown.calls.find((one) => one.callId === offered)).toMatchObject({ isMissed: false, endedAtMs: expect.any(Number) as number });
    expect(existsSync(path.join(stage.rig.state, 'kamailio.log')) && readFileSync(path.join(stage.rig.state, 'kamailio.log'), 'utf8')).not.toContain('CRITICAL');
  });

  it('leaves a missed call, and its task, where main dies while it rings', async () => {
    const caller = await startSipp(stage.rig, 'calls-in');
    const { calls } = await running.line.until((screen) => screen.calls.some(({ state }) => state.phase === 'offered') && screen.uncommittedCount === 0, 'it rings, and the desk has it');
    const rings = calls[0]?.callId;
    await killMain();
    caller.stop();
    running = await stage.open();
    const missed = async (): Promise<{ isMissed: boolean | undefined; tasks: string[] }> => {
      const shown = queries['show-telephone'].output.parse(await askDesk(running.page, { kind: 'query', name: 'show-telephone', input: {} }));
      const { rows } = queries['list-contact-tasks'].output.parse(await askDesk(running.page, { kind: 'query', name: 'list-contact-tasks', input: {} }));
      return { isMissed: shown.calls.find((one) => one.callId === rings)?.isMissed, tasks: rows.map(({ who }) => who) };
    };
    // Main greets the desk once the account is there.
    await expect.poll(missed, { timeout: 30_000 }).toEqual({ isMissed: true, tasks: ['+390612345678'] });
  });
});
