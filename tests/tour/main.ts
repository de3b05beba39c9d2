/**
 * The tour: a first shift, driven as a user does, on the real Electron against a real hub.
 *
 *   bash scripts/start --tour [--json] [--file CSV --creditor NAME --map … --date-format … --currency … --as-of …] [--out DIR]
 *
 * Invariant: every step asserts what stands on the screen and leaves a numbered picture; at the
 * end the hub's own rows must equal what was typed, to the cent, or the tour fails.
 */
import '../support/test-clock.ts';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startApp } from '../support/app-process.ts';
import { HubProcess, runHub } from '../support/hub-process.ts';
import { compareWithHub } from './compare-with-hub.ts';
import type { TypedOutcome } from './compare-with-hub.ts';
import { people, prepareHub } from './prepare-hub.ts';
import { word } from '../support/screen-words.ts';
import { fillCallback, fillDispute, fillPromise, openNextCase, saveAndNext, signIn, typeCode } from '../support/screen-shift.ts';
import { callRightParty } from './call-right-party.ts';
import { agreePlan, lookAsCollector, lookAsLead } from './look-around.ts';
import { lookAtRules } from './look-at-rules.ts';
import { practiseCall } from './practise-call.ts';
import type { SecondDesk } from './second-desk.ts';
import { openSecondDesk } from './second-desk.ts';
import { Steps } from './steps.ts';
import { readTourOptions } from './tour-options.ts';

const options = readTourOptions(process.argv.slice(2));
const folder = mkdtempSync(join(tmpdir(), 'premura-tour-'));
const dataDir = join(folder, 'hub');
rmSync(options.outDirectory, { recursive: true, force: true });
mkdirSync(options.outDirectory, { recursive: true });

const imported = await prepareHub(dataDir, options);
let hub = await HubProcess.start(dataDir);
const { app, page, close } = await startApp({ profileDir: join(folder, 'profile'), hubUrl: hub.url });
const steps = new Steps(page, options.outDirectory, (line) => process.stderr.write(`${line}\n`));
const typed: TypedOutcome[] = [];
let secondDesk: SecondDesk | null = null;

try {
  await steps.run('sign-in', async () => {
    await steps.expectText(page.getByRole('heading', { name: word('signIn.title') }), word('signIn.title'));
  });
  await steps.run('guide', async () => {
    await signIn(page, people.collector);
    await page.getByTestId('worklist').getByRole('option').first().waitFor();
    await steps.expectText(page.getByRole('complementary', { name: word('guide.label') }), word('guide.skip'));
  });
  await steps.run('worklist', async () => {
    await page.getByRole('button', { name: word('guide.skip') }).click();
    await page.getByRole('complementary', { name: word('guide.label') }).waitFor({ state: 'detached' });
    await steps.expectText(page.getByTestId('network-state'), word('network.online'));
  });
  let title = '';
  await steps.run('next-case', async () => {
    title = await openNextCase(page);
    await steps.expectText(page.getByTestId('case-title'), title);
  });
  await callRightParty(steps, page);
  await steps.run('promise-typed', async () => {
    await fillPromise(page, '5,25', '+3');
    await steps.expectText(page.locator('.understood').first(), '5,25');
  });
  await steps.run('promise-saved', async () => {
    typed.push({ customer: title, code: 'PTP', amountCents: 525 });
    await saveAndNext(page, title);
    title = await page.getByTestId('case-title').innerText();
    await steps.expectText(page.getByTestId('unsent-count'), '0');
  });
  await steps.run('dispute-typed', async () => {
    await fillDispute(page, '1,10');
    await steps.expectText(page.locator('.understood').first(), '1,10');
  });
  await steps.run('dispute-saved', async () => {
    typed.push({ customer: title, code: 'DSP', amountCents: 110 });
    await saveAndNext(page, title);
    title = await page.getByTestId('case-title').innerText();
    await steps.expectText(page.getByTestId('unsent-count'), '0');
  });
  await steps.run('offline', async () => {
    await hub.kill();
    await steps.expectText(page.getByTestId('network-state'), word('network.offline'));
  });
  await steps.run('offline-no-answer', async () => {
    await typeCode(page, 'NA');
    typed.push({ customer: title, code: 'NA', amountCents: null });
    await saveAndNext(page, title);
    title = await page.getByTestId('case-title').innerText();
    await steps.expectText(page.getByTestId('unsent-count'), '1');
  });
  await steps.run('offline-promise', async () => {
    await fillPromise(page, '3,40', '+5');
    typed.push({ customer: title, code: 'PTP', amountCents: 340 });
    await saveAndNext(page, title);
    title = await page.getByTestId('case-title').innerText();
    await steps.expectText(page.getByTestId('unsent-count'), '2');
  });
  await steps.run('offline-callback', async () => {
    await fillCallback(page, steps.nextWorkingMoment());
    typed.push({ customer: title, code: 'CBK', amountCents: null });
    await saveAndNext(page, title);
    await steps.expectText(page.getByTestId('unsent-count'), '3');
  });
  await steps.run('back-online', async () => {
    hub = await HubProcess.start(dataDir, { port: hub.port });
    await steps.expectText(page.getByTestId('unsent-count'), '0');
    await steps.expectText(page.getByTestId('network-state'), word('network.online'));
  });
  let planned = '';
  await steps.run('plan-saved', async () => {
    await page.keyboard.press('Escape');
    planned = await agreePlan(steps, page, typed, steps.nextWorkingMoment().slice(0, 10));
    await page.keyboard.press('Escape');
  });
  await lookAsCollector(steps, page, planned);
  await steps.run('signed-out', async () => {
    await steps.expectText(page.getByText(people.collector.name), people.collector.name);
  });
  await steps.run('lead-lists', async () => {
    await signIn(page, people.lead);
    await steps.expectText(page.getByTestId('lists'), word('lead.column.creditor'));
  });
  await steps.run('lead-sees-them', async () => {
    await page.keyboard.press('2');
    const list = page.getByTestId('incoming-list');
    await list.waitFor();
    for (const outcome of typed) await steps.expectText(list.getByRole('row', { name: outcome.customer }).first(), word(`outcome.${outcome.code}`));
    await steps.expectNoText(page.locator('main'), people.collector.name);
  });
  secondDesk = await openSecondDesk(folder, hub.url, people.collector.username, planned);
  await lookAsLead(steps, page, planned, typed, secondDesk.saveLate);
  await lookAtRules(steps, page);
  await practiseCall(steps, app, page);
} catch (error) {
  await steps.fail(error);
} finally {
  await close();
  await secondDesk?.stop();
  await hub.stop();
}

const facts = await runHub(['facts', '--json', '--data', dataDir]);
const verified = JSON.parse(await runHub(['verify', '--json', '--data', dataDir])) as unknown;
const comparison = compareWithHub(typed, facts);
if (!comparison.equal) steps.note(`The hub's rows differ from what was typed: ${comparison.sentence}`);
const passed = !steps.failed && comparison.equal;
const report = { passed, steps: steps.list, imported, factIds: comparison.factIds, verified };
if (options.json) process.stdout.write(`${JSON.stringify(report)}\n`);
else {
  process.stdout.write(`${String(steps.list.filter((step) => step.passed).length)} of ${String(steps.list.length)} steps passed; `);
  process.stdout.write(comparison.equal ? `the hub's ${String(typed.length)} rows equal the typed values.\n` : `${comparison.sentence}\n`);
  process.stdout.write(`Pictures: ${options.outDirectory}\n`);
}
rmSync(folder, { recursive: true, force: true });
process.exitCode = passed ? 0 : 1;
