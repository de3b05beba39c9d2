/**
 * A whole shift: 40 cases with every outcome code, two collectors and a lead on the real app, by keyboard, against a
 * real hub that is gone for the second half.
 *
 * Invariants: what was typed is at the hub exactly once, under the customer it was typed for; what the lead decided
 * reaches the collector with its reason.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { z } from 'zod';
import { outcomeCodes } from '../../shared/case/outcome-codes.ts';
import { outcomeBodySchema } from '../../shared/facts/outcome-body.ts';
import type { AppProcess } from '../support/app-process.ts';
import { startApp } from '../support/app-process.ts';
import { openByName } from '../support/call-by-keyboard.ts';
import { HubProcess, runHub } from '../support/hub-process.ts';
import type { PlannedOutcome } from '../support/planned-shift.ts';
import { renderShiftFile, shiftPlan } from '../support/planned-shift.ts';
import { readCaseNames } from '../support/read-case-names.ts';
import { caseTitle, openNextCase, signIn, signOut } from '../support/screen-shift.ts';
import { word } from '../support/screen-words.ts';
import { saveAndSeeNext, typeOutcome } from '../support/type-outcome.ts';

const people = {
  carla: { username: 'carla', name: 'Carla Serra', role: 'collector', password: 'premura-demo' },
  marco: { username: 'marco', name: 'Marco Riva', role: 'collector', password: 'premura-demo' },
  laura: { username: 'laura', name: 'Laura Conti', role: 'lead', password: 'premura-demo' },
} as const;
/** Two for each collector are left over: the lead decides about one that is open on the screen. */
const CUSTOMERS = 44;
const LONGEST_WAIT_MS = 60_000;
const factLineSchema = z.object({ header: z.looseObject({ id: z.string(), type: z.string(), caseId: z.string().nullable() }), body: z.unknown() });

interface Saved extends PlannedOutcome { customer: string; note: string }

let folder: string;
let dataDir: string;
let hub: HubProcess;
let first: AppProcess;
let second: AppProcess;
const saved: Saved[] = [];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'premura-shift-'));
  dataDir = join(folder, 'hub');
  for (const { username, name, role, password } of Object.values(people)) {
    await runHub(['users', 'add', '--data', dataDir, '--username', username, '--name', name, '--role', role, '--password', password, '--certificates', 'full']);
  }
  writeFileSync(join(folder, 'acque.csv'), renderShiftFile(CUSTOMERS));
  const report: unknown = JSON.parse(await runHub(['import', join(folder, 'acque.csv'), '--data', dataDir, '--creditor', 'Acque del Sele', '--currency', 'EUR', '--json']));
  expect(report).toMatchObject({ invoices: { new: CUSTOMERS }, rejects: null });
  hub = await HubProcess.start(dataDir);
  [first, second] = await Promise.all([startApp({ profileDir: join(folder, 'first'), hubUrl: hub.url }), startApp({ profileDir: join(folder, 'second'), hubUrl: hub.url })]);
  for (const { page } of [first, second]) page.setDefaultTimeout(LONGEST_WAIT_MS);
});

afterAll(async () => {
  await Promise.all([first.close(), second.close()]);
  await hub.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** Works the plan from the case in front on; gives the title of the case after the last. */
async function work(page: Page, outcomes: readonly PlannedOutcome[]): Promise<string> {
  let title = await caseTitle(page);
  for (const planned of outcomes) {
    const note = `${planned.code} · ${title} · perché è così`;
    await typeOutcome(page, planned.code, { ...planned.typed, note });
    const next = await saveAndSeeNext(page, title);
    saved.push({ ...planned, customer: title, note });
    title = next;
  }
  return title;
}

async function unsent(page: Page, count: number): Promise<void> {
  await page.getByTestId('unsent-count').filter({ hasText: new RegExp(`^${String(count)}$`) }).waitFor();
}

async function network(page: Page, state: 'online' | 'offline'): Promise<void> {
  await page.getByTestId('network-state').filter({ hasText: word(`network.${state}`) }).waitFor();
}

function customerOf(code: string): string {
  const found = saved.find((outcome) => outcome.code === code);
  if (found === undefined) throw new Error(`nobody typed ${code}`);
  return found.customer;
}

/** Finds any case of anybody as a lead and opens it. */
async function openAsLead(page: Page, name: string): Promise<void> {
  await page.keyboard.press('/');
  await page.getByLabel(word('lead.findLabel'), { exact: true }).and(page.locator(':focus')).waitFor();
  await page.keyboard.press('Control+A');
  await page.keyboard.insertText(name);
  await page.getByTestId('found-cases').getByRole('listitem').filter({ hasText: name }).waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.getByTestId('lead-case').getByTestId('case-title').filter({ hasText: name }).waitFor();
}

describe('a shift of 40 cases', () => {
  let open: string;

  it('is typed by two collectors at once, half of it while the hub is gone', async () => {
    await Promise.all([signIn(first.page, people.carla), signIn(second.page, people.marco)]);
    for (const { page } of [first, second]) {
      await page.getByTestId('worklist').getByRole('option').first().waitFor();
      await network(page, 'online');
      await openNextCase(page);
    }
    await Promise.all([work(first.page, shiftPlan.first.online), work(second.page, shiftPlan.second.online)]);
    await Promise.all([unsent(first.page, 0), unsent(second.page, 0)]);
    await hub.kill();
    await Promise.all([network(first.page, 'offline'), network(second.page, 'offline')]);
    [open] = await Promise.all([work(first.page, shiftPlan.first.offline), work(second.page, shiftPlan.second.offline)]);
    await Promise.all([unsent(first.page, shiftPlan.first.offline.length), unsent(second.page, shiftPlan.second.offline.length)]);
    expect(new Set(saved.map(({ customer }) => customer)).size).toBe(40);
    expect(new Set(saved.map(({ code }) => code))).toEqual(new Set(outcomeCodes));
  });

  it('reaches the hub as soon as it is back: every fact once, with what was typed, under its customer', async () => {
    hub = await HubProcess.start(dataDir, { port: hub.port });
    await Promise.all([unsent(first.page, 0), unsent(second.page, 0)]);
    await Promise.all([network(first.page, 'online'), network(second.page, 'online')]);

    const facts = (await runHub(['facts', '--json', '--data', dataDir])).split('\n').filter((line) => line !== '').map((line) => factLineSchema.parse(JSON.parse(line)));
    const outcomes = facts.filter(({ header }) => header.type === 'outcome-recorded');
    expect(new Set(outcomes.map(({ header }) => header.id)).size).toBe(40);
    expect(outcomes).toHaveLength(40);
    const names = await readCaseNames(hub.url, people.laura, outcomes.map(({ header }) => header.caseId ?? ''));
    const byCustomer = new Map(outcomes.map(({ header, body }) => [names.get(header.caseId ?? ''), outcomeBodySchema.parse(body)]));
    for (const { customer, code, note, expected } of saved) expect(byCustomer.get(customer), `${code} of ${customer}`).toMatchObject({ code, note, ...expected });
    expect(JSON.parse(await runHub(['verify', '--json', '--data', dataDir]))).toMatchObject({ ok: true });
  });

  it('lets the lead suspend the case that is on the collector’s screen, who reads the reason', async () => {
    const { page } = second;
    await signOut(page);
    await signIn(page, people.laura);
    await page.getByTestId('lists').waitFor();
    await openAsLead(page, open);
    await page.keyboard.press('s');
    const form = page.getByRole('form', { name: word('lead.suspend') });
    await form.locator(':focus').waitFor();
    await form.getByLabel(word('lead.reason'), { exact: true }).focus();
    await page.keyboard.insertText('Il creditore verifica la lettura del contatore');
    await page.keyboard.press('Enter');
    await page.getByText(word('lead.done.suspended'), { exact: true }).waitFor();
    expect(await caseTitle(first.page)).toBe(open);
    await first.page.getByText('Il creditore verifica la lettura del contatore').first().waitFor();
  });

  it('lets the lead turn down an agreement, and the collector reads why', async () => {
    const { page } = second;
    const customer = customerOf('PLN');
    await page.keyboard.press('4');
    const row = page.getByTestId('audits').getByRole('listitem').filter({ hasText: customer });
    await row.getByRole('button').first().focus();
    await page.keyboard.press('r');
    await page.getByRole('form', { name: word('lead.do.rejected') }).locator(':focus').waitFor();
    await page.keyboard.insertText('Manca la data della seconda rata');
    await page.keyboard.press('Enter');
    await page.getByText(word('lead.done.rejected'), { exact: true }).waitFor();
    await openByName(first.page, customer);
    await first.page.getByText('Manca la data della seconda rata').first().waitFor();
  });

  it('lets the lead give a customer to the other collector: gone here, there at once', async () => {
    const { page } = second;
    const customer = customerOf('RES');
    await openAsLead(page, customer);
    await page.keyboard.press('r');
    const form = page.getByRole('form', { name: word('lead.assign') });
    await form.getByLabel(word('lead.to'), { exact: true }).selectOption({ label: people.marco.name });
    await form.getByLabel(word('lead.reason'), { exact: true }).fill('Parla la sua lingua');
    await page.keyboard.press('Enter');
    await page.getByText(word('lead.done.assign'), { exact: true }).waitFor();
    await signOut(page);
    await signIn(page, people.marco);
    await page.getByTestId('worklist').waitFor();
    await openByName(page, customer);
    await first.page.keyboard.press('Control+K');
    await first.page.getByPlaceholder(word('search.placeholder')).and(first.page.locator(':focus')).waitFor();
    await first.page.keyboard.type(customer);
    await first.page.getByText(word('search.nothing').replace('{{text}}', customer)).waitFor();
  });
});
