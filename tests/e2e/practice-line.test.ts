/**
 * The practice line in the real app: a call from a case, its voice, and what is left of it.
 * Invariant: it goes by the same permit and leaves the same facts as a call on an exchange, told as practice.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { practiceBehaviour } from '../../shared/telephone/practice-numbers.ts';
import type { AppProcess } from '../support/app-process.ts';
import { startApp } from '../support/app-process.ts';
import { bodyOf, factsOfCall, runningCall, types, untilSent } from '../support/call-by-keyboard.ts';
import { callOnLine, findCase } from '../support/call-on-line.ts';
import type { PageLine } from '../support/page-line.ts';
import { callOn, followLine } from '../support/page-line.ts';
import { word } from '../support/screen-words.ts';

/** What a voice is louder than, and a held line is not. */
const HEARD = 0.01;
let folder: string;
let running: AppProcess;
let page: Page;
let line: PageLine;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'premura-practice-'));
  running = await startApp({ profileDir: join(folder, 'profile'), demo: true });
  ({ page } = running);
  line = await followLine(page);
});

afterAll(async () => {
  await running.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('the practice line', () => {
  it('is there as soon as somebody is signed in, and not before', async () => {
    await line.until(({ kind }) => kind === 'none', 'nobody on the line');
    expect(await line.ask('ring-practice-call', {})).toMatchObject({ ok: false, error: { code: 'telephone-line-lost' } });
    await page.getByRole('button', { name: new RegExp(`^${word('role.collector')}`) }).first().click();
    await page.getByTestId('worklist').getByRole('option').first().waitFor();
    await line.until(({ kind, line: { name }, audioPageAlive }) => kind === 'practice' && name === 'registered' && audioPageAlive, 'the practice line');
  });

  it('leads a call from a case: a voice is heard, held, muted, found again by a page that was loaded anew, and hung up', async () => {
    const found = await findCase(page, ({ numbers, blocked }) => blocked === null && practiceBehaviour(numbers[0]?.e164 ?? '') === 'answers' && numbers[0]?.usable === true);
    const started = await callOnLine(page, found);
    if (!started.ok) throw new Error(started.error.code);
    const { callId } = started.value;
    await line.until((screen) => callOn(screen, callId)?.state.phase === 'ringing', 'it rings');
    expect(await callOnLine(page, found)).toMatchObject({ ok: false, error: { code: 'call-open' } });
    await line.until((screen) => callOn(screen, callId)?.state.phase === 'connected', 'it is answered');
    await line.order('watch-level', { on: true });
    await line.untilLevel(({ received }) => received > HEARD, 'the voice is heard');
    await line.order('hold-call', { callId, held: true });
    await line.untilLevel(({ received }) => received === 0, 'nothing is heard on hold');
    await line.order('hold-call', { callId, held: false });
    await line.untilLevel(({ received }) => received > HEARD, 'the voice goes on');
    await line.order('mute-call', { callId, muted: true });
    await line.until((screen) => callOn(screen, callId)?.state.muted === true, 'it is muted');
    await page.reload();
    await line.followAgain();
    const again = await line.until((screen) => callOn(screen, callId) !== undefined, 'the page finds the call again');
    expect(callOn(again, callId)).toMatchObject({ state: { phase: 'connected', muted: true }, answeredAtMs: expect.any(Number) as number });
    await line.order('hang-up', { callId });
    await line.until(({ calls, uncommittedCount }) => calls.length === 0 && uncommittedCount === 0, 'it is over, and on the disk');
    expect((await runningCall(page)).telephone).toMatchObject({ shown: 'ended', ended: { cause: 'hung-up', by: 'us', isDropped: false } });
    await untilSent(page);
    const facts = await factsOfCall(join(folder, 'profile/hub'), callId);
    expect(types(facts)).toEqual(['contact-permitted', 'call-started', ...Array<string>(4).fill('call-moved'), 'call-ended']);
    expect(bodyOf(facts, 'call-started')).toMatchObject({ by: 'practice-line' });
  });

  it('rings by itself, and the ring is taken', async () => {
    await line.order('ring-practice-call', {});
    const { calls } = await line.until((screen) => screen.calls.some(({ state }) => state.phase === 'offered'), 'somebody rings');
    const [offered] = calls;
    if (offered === undefined) throw new Error('nobody rings');
    expect(offered.caller.number).not.toBeNull();
    await line.order('accept-call', { callId: offered.callId });
    await line.until((screen) => callOn(screen, offered.callId)?.state.phase === 'connected', 'it is taken');
    await line.order('hang-up', { callId: offered.callId });
    await line.until((screen) => screen.calls.length === 0, 'it is over');
  });
});
