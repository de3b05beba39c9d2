/**
 * A collector's shift on the real app: built bundles, real Electron, embedded hub, demo data.
 * Invariant: what the status line calls saved survives the death of the desk and of the page.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AppProcess } from '../support/app-process.ts';
import { startApp } from '../support/app-process.ts';
import { checkAccessibility } from '../support/check-accessibility.ts';
import { caseTitle, fillCallback, fillDispute, fillPromise, openNextCase, saveAndNext, signOut, typeCode, usualMethod } from '../support/screen-shift.ts';
import { word } from '../support/screen-words.ts';

let folder: string;
let running: AppProcess;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'premura-e2e-'));
  running = await startApp({ profileDir: join(folder, 'profile'), demo: true });
});

afterAll(async () => {
  await running.close();
  rmSync(folder, { recursive: true, force: true });
});

async function enterAs(role: 'collector' | 'lead'): Promise<void> {
  await running.page.getByRole('button', { name: new RegExp(`^${word(`role.${role}`)}`) }).first().click();
}

/** Kills a process of the app by the pid that Electron itself gives. */
async function killUtility(name: string): Promise<void> {
  const pid = await running.app.evaluate(({ app }, wanted) => app.getAppMetrics().find((metric) => metric.name === wanted)?.pid ?? null, name);
  if (pid === null) throw new Error(`there is no ${name}`);
  process.kill(pid, 'SIGKILL');
}

describe('a shift', () => {
  it('says plainly that this build is for tests', async () => {
    // The sound has a hidden window of its own, and a title comes with its page.
    await expect.poll(() => running.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().map((window) => window.getTitle()))).toContain('premura-test');
    await running.page.getByText(word('signIn.notEncryptedTitle')).waitFor();
  });

  it('enters by one click in the demo and shows why each case is in the list', async () => {
    await enterAs('collector');
    const list = running.page.getByTestId('worklist');
    await list.getByRole('option').first().waitFor();
    expect(await list.getByRole('option').first().innerText()).toMatch(/\S/);
    await running.page.getByTestId('network-state').filter({ hasText: word('network.online') }).waitFor();
  });

  it('codes a call that nobody answered in three strokes from the list', async () => {
    const { page } = running;
    await page.keyboard.press('Enter');
    const title = await caseTitle(page);
    await page.keyboard.press('F9');
    await saveAndNext(page, title);
    await page.getByText(word('status.saved').replace('{{name}}', title).replace('{{what}}', word('outcome.NA'))).waitFor();
  });

  it('undoes the save from the next case, and what was typed is back in the draft', async () => {
    const { page } = running;
    const title = await caseTitle(page);
    await page.getByLabel(word('outcomeForm.note'), { exact: true }).fill('si sente male la linea');
    await typeCode(page, 'RPC');
    await saveAndNext(page, title);
    await page.keyboard.press('Control+Z');
    await page.getByRole('button', { name: word('undo.openLabel').replace('{{name}}', title) }).waitFor();
    await page.keyboard.press('Control+Z');
    await page.getByTestId('case-title').filter({ hasText: title }).waitFor();
    await page.getByRole('button', { name: `${word('outcome.RPC')} RPC`, pressed: true }).waitFor();
    await expect.poll(() => page.getByLabel(word('outcomeForm.note'), { exact: true }).inputValue()).toBe('si sente male la linea');
    await page.getByText(new RegExp(word('undo.reason'))).first().waitFor();
    await saveAndNext(page, title);
  });

  it('learns of a person, a number and wishes by keyboard alone, in the call', async () => {
    const { page } = running;
    await caseTitle(page);
    await page.keyboard.press('p');
    await page.getByRole('form', { name: word('people.addParty') }).locator(':focus').waitFor();
    await page.keyboard.type('Rag. Moretti');
    await page.getByLabel(word('fact.taxCode'), { exact: true }).fill('MRTLNE80A01H501');
    await page.keyboard.press('Control+Enter');
    await page.getByRole('alert').filter({ hasText: 'MRTLNE80A01H501' }).waitFor();
    await page.getByLabel(word('fact.taxCode'), { exact: true }).fill('');
    await page.keyboard.press('Control+Enter');
    await page.getByRole('list', { name: word('people.parties') }).getByText('Rag. Moretti').waitFor();
    await page.keyboard.press('r');
    await page.getByLabel(word('pointKind.phone'), { exact: true }).fill('333 1234567');
    await page.getByLabel(word('people.of'), { exact: true }).selectOption({ index: 1 });
    await page.keyboard.press('Control+Enter');
    const numbers = page.getByRole('list', { name: word('people.numbers') });
    await numbers.getByText(new RegExp(`${word('contactSource.given-by-person')}.*Rag. Moretti`)).waitFor();
    await page.keyboard.press('f');
    await page.getByLabel(word('people.hours'), { exact: true }).fill('13-9');
    await page.keyboard.press('Control+Enter');
    await page.getByRole('alert').filter({ hasText: word('error.hoursUnreadable') }).waitFor();
    await page.getByLabel(word('people.hours'), { exact: true }).fill('9-13');
    await page.keyboard.press('Control+Enter');
    await page.getByText(word('people.preferencesSaved')).waitFor();
    // No calls for this creditor: the call button says so at once, until the wish is taken back.
    for (const [chosen, sentence] of [['creditor', word('policy.do-not-call-creditor')], ['', word('call.allowed')]] as const) {
      await page.keyboard.press('f');
      await page.getByLabel(word('people.calls'), { exact: true }).selectOption(chosen);
      await page.keyboard.press('Control+Enter');
      await page.getByTestId('guard').getByText(sentence).waitFor();
      await expect.poll(() => page.locator('.wish-stop').count()).toBe(chosen === '' ? 0 : 1);
    }
    expect(await checkAccessibility(page)).toEqual([]);
  });

  it('proposes what removes the cause, warns of a delicate note, and keeps number, person and channel in the draft', async () => {
    const { page } = running;
    const title = await caseTitle(page);
    await page.getByLabel(word('outcomeForm.cause'), { exact: true }).selectOption('invoice-not-received');
    await page.getByText(word('advice.resend')).waitFor();
    await page.keyboard.press('Control+Enter');
    await page.getByRole('button', { name: `${word('outcome.RES')} RES`, pressed: true }).waitFor();
    await page.getByLabel(word('outcomeForm.number'), { exact: true }).selectOption({ index: 1 });
    await page.getByText(word('outcomeForm.channelIs').replace('{{channel}}', word('channel.phone-outbound'))).click();
    await page.getByLabel(word('outcomeForm.channel'), { exact: true }).selectOption('phone-inbound');
    await page.getByRole('button', { name: word('contactReason.not-received') }).click();
    await page.getByLabel(word('outcomeForm.note'), { exact: true }).fill('la moglie è in ospedale');
    await page.getByText(word('delicate.health').replace('{{word}}', 'ospedale')).waitFor();
    const chosen = await page.getByLabel(word('outcomeForm.number'), { exact: true }).inputValue();
    await page.getByText(word('draft.saved')).waitFor();
    await page.reload();
    await page.getByTestId('worklist').waitFor();
    await page.keyboard.press('Control+K');
    await page.getByPlaceholder(word('search.placeholder')).fill(title.replace(/[«»]/g, ''));
    await page.getByRole('option').first().waitFor();
    await page.keyboard.press('Enter');
    expect(await caseTitle(page)).toBe(title);
    await expect.poll(() => page.getByLabel(word('outcomeForm.number'), { exact: true }).inputValue()).toBe(chosen);
    await page.getByText(word('outcomeForm.channelIs').replace('{{channel}}', word('channel.phone-inbound'))).waitFor();
    await page.getByRole('button', { name: word('contactReason.not-received'), pressed: true }).waitFor();
    await expect.poll(() => page.getByLabel(word('outcomeForm.withWhom'), { exact: true }).innerText()).toContain('Rag. Moretti');
    await page.getByLabel(word('outcomeForm.resendBy'), { exact: true }).selectOption('pec');
    await page.getByLabel(word('outcomeForm.addressOf.RES'), { exact: true }).fill('moretti@pec.example');
    await page.getByLabel(word('outcomeForm.identityMethod'), { exact: true }).selectOption(usualMethod);
    await saveAndNext(page, title);
  });

  it('refuses what it does not understand, beside the field, and saves nothing', async () => {
    const { page } = running;
    const title = await caseTitle(page);
    await fillPromise(page, 'molto', '+3');
    await page.keyboard.press('F12');
    await page.getByRole('alert').first().waitFor();
    expect(await caseTitle(page)).toBe(title);
    await page.getByLabel(word('outcomeForm.amount'), { exact: true }).fill('12,34');
    await saveAndNext(page, title);
  });

  it('keeps a draft through a reload of the page and through the death of the desk', async () => {
    const { page } = running;
    const title = await caseTitle(page);
    await fillDispute(page, '2,50');
    await page.getByText(word('draft.saved')).waitFor();
    await killUtility('Premura desk');
    await page.getByTestId('case-title').filter({ hasText: title }).waitFor();
    await saveAndNext(page, title);
    const next = await caseTitle(page);
    await page.getByTestId('unsent-count').filter({ hasText: '0' }).waitFor();
    await page.reload();
    await page.getByTestId('worklist').or(page.getByTestId('case-title')).first().waitFor();
    expect(next).not.toBe(title);
  });

  it('finds a case by the beginning of a word, and opens it by Enter', async () => {
    const { page } = running;
    await page.keyboard.press('Control+K');
    await page.getByPlaceholder(word('search.placeholder')).fill('condom');
    await page.getByRole('option', { name: /Condominio/ }).first().waitFor();
    await page.keyboard.press('Enter');
    expect(await caseTitle(page)).toContain('Condominio');
  });

  it('corrects an own outcome with a reason; both stay in the history', async () => {
    const { page } = running;
    await fillCallback(page, 'lun 10:30');
    await page.keyboard.press('Control+S');
    await page.getByRole('button', { name: new RegExp(word('history.correctLabel').replace('{{what}}', '')) }).first().click();
    await page.getByLabel(word('correction.annul')).check();
    await page.getByLabel(word('correction.reason')).fill('cliente sbagliato');
    await page.getByRole('button', { name: word('correction.saveAnnul'), exact: true }).click();
    await page.getByText(word('history.annulment'), { exact: true }).waitFor();
    await page.getByText(/cliente sbagliato/).first().waitFor();
  });

  it.each(['light', 'dark'] as const)('passes axe in the %s theme on list, case and sign-in', async (scheme) => {
    const { page } = running;
    await page.emulateMedia({ colorScheme: scheme });
    await page.keyboard.press('Escape');
    await page.getByTestId('worklist').waitFor();
    expect(await checkAccessibility(page)).toEqual([]);
    await openNextCase(page);
    expect(await checkAccessibility(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await signOut(page);
    await page.getByRole('heading', { name: word('signIn.title') }).waitFor();
    expect(await checkAccessibility(page)).toEqual([]);
    await enterAs('collector');
    await page.getByTestId('worklist').waitFor();
  });

  it('works on while the embedded hub is killed, and sends when it is back', async () => {
    const { page } = running;
    await killUtility('Premura hub');
    const title = await openNextCase(page);
    await typeCode(page, 'LB');
    await saveAndNext(page, title);
    await page.getByTestId('unsent-count').filter({ hasText: '0' }).waitFor();
    await page.getByTestId('network-state').filter({ hasText: word('network.online') }).waitFor();
  });

  it.each(['light', 'dark'] as const)('passes axe in the %s theme on the lead’s first screen', async (scheme) => {
    const { page } = running;
    await page.emulateMedia({ colorScheme: scheme });
    await page.keyboard.press('Escape');
    await signOut(page);
    await enterAs('lead');
    await page.getByRole('navigation', { name: word('bar.screens') }).waitFor();
    expect(await checkAccessibility(page)).toEqual([]);
  });
});
