/**
 * `popup`: from a ring on the practice line to the card that names the caller, at 1,000,000 numbers, in the built app on the real Electron; the caller is a
 * colleague's customer, so the case comes from the hub and is logged there.
 *
 * Reference, turn by turn in the same run: a read by primary key in a table of as many rows, the same look-up by bare HTTP at the same hub, and an empty
 * paint in the same page. Said beside it, and judged by nothing: how long the first 1,000,000 rows take to this desk.
 */
import { createHmac } from 'node:crypto';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { Page } from 'playwright-core';
import { z } from 'zod';
import { lookUpReplySchema } from '../../shared/protocol/inbound-protocol.ts';
import { signInReplySchema } from '../../shared/protocol/session-protocol.ts';
import { caseIdSchema, creditorIdSchema, newId, newRandomHex } from '../../shared/id.ts';
import type { CaseId } from '../../shared/id.ts';
import { monotonicMs } from '../../shared/time.ts';
import { HubProcess } from '../support/hub-process.ts';
import { startApp } from '../support/app-process.ts';
import { askDesk } from '../support/page-desk.ts';
import { callOn, followLine } from '../support/page-line.ts';
import { demoPassword } from '../support/shift.ts';
import { word } from '../support/screen-words.ts';
import { withBuiltApp } from './app-bench.ts';
import type { BenchResult } from './bench-result.ts';
import { compare } from './bench-result.ts';

const NUMBERS = 1_000_000;
const RUNS = 15;
const TARGET = 1.5;

interface Caller { caseId: CaseId; number: string; name: string }

export function benchPopup(say: (line: string) => void): Promise<BenchResult[]> {
  return withBuiltApp('popup', say, async ({ folder }) => {
    const profileDir = join(folder, 'profile');
    const dataDir = join(profileDir, 'hub');
    // The demo's hub is filled and stopped; then it gets its numbers, and the app starts over it.
    const filling = await HubProcess.start(dataDir, { demo: true });
    await filling.stop();
    const callers = plantNumbers(join(dataDir, 'hub.sqlite'));
    const bareHub = await bareLookUps(join(folder, 'reference'), callers);
    const running = await startApp({ profileDir, demo: true });
    const { page } = running;
    try {
      const line = await followLine(page);
      await page.getByRole('button', { name: new RegExp(`^${word('role.collector')}`) }).first().click();
      await page.getByTestId('worklist').getByRole('option').first().waitFor();
      const filledMs = await untilWhole(page, line);
      say(`the first ${String(NUMBERS)} numbers: ${(filledMs / 1000).toFixed(1)} s from the list to the whole directory`);
      const ours: number[] = [];
      const reference: number[] = [];
      for (const [run, caller] of callers.entries()) {
        const keyMs = bareHub.readKey(caller.number);
        const tripMs = await bareHub.lookUp(caller.caseId);
        const paintMs = await emptyPaint(page);
        const shownMs = await ringUntilNamed(page, caller);
        const screen = await line.until(({ calls }) => calls.some(({ state }) => state.phase === 'offered'), 'it rings');
        const callId = screen.calls[0]?.callId;
        if (callId === undefined) throw new Error('nobody rings');
        await line.order('reject-call', { callId, how: 'declined' });
        await line.until((now) => callOn(now, callId) === undefined && now.uncommittedCount === 0, 'it is over');
        await page.getByTestId('ring-card').waitFor({ state: 'detached' });
        // The first run only warms both.
        if (run === 0) continue;
        ours.push(shownMs);
        reference.push(keyMs + tripMs + paintMs);
        say(`run ${String(run)}: card ${shownMs.toFixed(1)} ms; key ${keyMs.toFixed(3)} + look-up ${tripMs.toFixed(1)} + paint ${paintMs.toFixed(1)} ms`);
      }
      return [compare('popup', 'ms', ours, reference, TARGET)];
    } finally {
      await running.close();
      await bareHub.stop();
    }
  });
}

const rowSchema = z.object({ case_id: caseIdSchema, name: z.string(), numbers: z.string() });

/** Fills the directory up to its million; answers colleagues' customers whose number is theirs alone. */
function plantNumbers(path: string): Caller[] {
  const db = new Database(path);
  const { creditor_id: creditorId } = z.object({ creditor_id: creditorIdSchema }).parse(db.prepare('SELECT creditor_id FROM creditors LIMIT 1').get());
  const rows = z.array(rowSchema).parse(db.prepare(`SELECT cases.case_id, cases.name, cases.numbers FROM cases JOIN assignments ON assignments.customer_id = cases.customer_id
    JOIN users ON users.user_id = assignments.owner_id WHERE users.username = 'marco' ORDER BY cases.case_id`).all());
  const held = z.array(z.object({ reaches: z.string() })).parse(db.prepare('SELECT reaches FROM case_reaches').all()).flatMap(({ reaches }) => z.array(z.string()).parse(JSON.parse(reaches)));
  const put = db.prepare('INSERT INTO case_reaches (case_id, creditor_id, reaches, revision) VALUES (?, ?, ?, NULL)');
  db.transaction(() => {
    for (let count = held.length; count < NUMBERS; count += 1) put.run(newId<CaseId>(), creditorId, JSON.stringify([`tel:+3939${String(count).padStart(8, '0')}`]));
  })();
  db.close();
  const callers = rows.flatMap(({ case_id: caseId, name, numbers }): Caller[] => {
    const number = z.array(z.object({ e164: z.string().nullable() })).parse(JSON.parse(numbers)).flatMap(({ e164 }) => e164 ?? [])
      .find((e164) => held.filter((reach) => reach === `tel:${e164}`).length === 1);
    return number === undefined ? [] : [{ caseId, number, name }];
  });
  if (callers.length <= RUNS) throw new Error(`only ${String(callers.length)} customers with a number of their own`);
  return callers.slice(0, RUNS + 1);
}

/** A hub of the same build with the same kind of cases, asked without an app; and a table as large as the directory. */
async function bareLookUps(dataDir: string, callers: readonly Caller[]): Promise<{ readKey: (number: string) => number; lookUp: (caseId: CaseId) => Promise<number>; stop: () => Promise<void> }> {
  const hub = await HubProcess.start(dataDir, { demo: true });
  const signedIn = signInReplySchema.parse(await (await fetch(`${hub.url}/v1/sign-in`, {
    method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ username: 'carla', password: demoPassword }),
  })).json());
  const demo = new Database(join(dataDir, 'hub.sqlite'), { readonly: true });
  const ids = z.array(z.object({ case_id: caseIdSchema })).parse(demo.prepare('SELECT case_id FROM cases ORDER BY case_id LIMIT 50').all()).map((row) => row.case_id);
  demo.close();
  const db = new Database(join(dataDir, 'key.sqlite'));
  db.exec('CREATE TABLE directory (hash BLOB NOT NULL, case_id BLOB NOT NULL, creditor_id BLOB NOT NULL, fill INTEGER NOT NULL, PRIMARY KEY (hash, case_id)) WITHOUT ROWID');
  const key = Buffer.from(newRandomHex(32), 'hex');
  const hashOf = (text: string): Buffer => createHmac('sha256', key).update(text).digest().subarray(0, 8);
  const put = db.prepare('INSERT INTO directory VALUES (?, ?, ?, 1)');
  db.transaction(() => {
    for (let count = 0; count < NUMBERS; count += 1) put.run(hashOf(String(count)), Buffer.alloc(16, count), Buffer.alloc(16));
  })();
  for (const { number } of callers) put.run(hashOf(number), Buffer.alloc(16), Buffer.alloc(16));
  const read = db.prepare('SELECT case_id, creditor_id FROM directory WHERE hash = ?');
  let turn = 0;
  return {
    readKey: (number) => {
      const hash = hashOf(number);
      const begun = monotonicMs();
      if (read.get(hash) === undefined) throw new Error('the reference lost a number');
      return monotonicMs() - begun;
    },
    lookUp: async () => {
      turn += 1;
      const begun = monotonicMs();
      const response = await fetch(`${hub.url}/v1/look-ups`, {
        method: 'POST', headers: { 'content-type': 'application/json', authorization: `Bearer ${signedIn.tokens.accessToken}` },
        body: JSON.stringify({ caseId: ids[turn % ids.length], reason: 'ring', callId: null }),
      });
      const body: unknown = await response.json();
      const tookMs = monotonicMs() - begun;
      lookUpReplySchema.parse(body);
      return tookMs;
    },
    stop: async () => {
      db.close();
      await hub.stop();
    },
  };
}

const callerSchema = z.object({ directory: z.string() });

/** Until this desk has the directory whole; asked by a call that rings from nowhere. */
async function untilWhole(page: Page, line: Awaited<ReturnType<typeof followLine>>): Promise<number> {
  const begun = monotonicMs();
  await line.order('ring-practice-call', {});
  const { calls } = await line.until((screen) => screen.calls.length > 0 && screen.uncommittedCount === 0, 'somebody rings');
  const callId = calls[0]?.callId;
  if (callId === undefined) throw new Error('nobody rings');
  await line.order('reject-call', { callId, how: 'declined' });
  await line.until(({ calls: left, uncommittedCount }) => left.length === 0 && uncommittedCount === 0, 'it is over');
  for (;;) {
    const { directory } = callerSchema.parse(await askDesk(page, { kind: 'query', name: 'show-caller', input: { callId, creditorId: null } }));
    if (directory === 'whole') return monotonicMs() - begun;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

/** From the ring to the frame that shows the caller's name. */
function ringUntilNamed(page: Page, { number, name }: Caller): Promise<number> {
  return page.evaluate(([from, wanted]) => new Promise<number>((resolve) => {
    const begun = performance.now();
    const look = new MutationObserver(() => {
      if (document.querySelector('[data-testid="ring-card"]')?.textContent.includes(wanted) !== true) return;
      look.disconnect();
      requestAnimationFrame(() => { setTimeout(() => { resolve(performance.now() - begun); }); });
    });
    look.observe(document.body, { childList: true, subtree: true, characterData: true });
    void window.premura.line.request('ring-practice-call', { number: from });
  }), [number, name] as const);
}

/** The same wait for one text node. */
function emptyPaint(page: Page): Promise<number> {
  return page.evaluate(() => new Promise<number>((resolve) => {
    const begun = performance.now();
    const node = document.createElement('p');
    const look = new MutationObserver(() => {
      look.disconnect();
      requestAnimationFrame(() => {
        setTimeout(() => {
          node.remove();
          resolve(performance.now() - begun);
        });
      });
    });
    look.observe(document.body, { childList: true, subtree: true, characterData: true });
    node.textContent = 'x';
    document.body.append(node);
  }));
}
