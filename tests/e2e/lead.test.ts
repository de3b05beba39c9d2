/**
 * A lead at the real app, a collector at a desk of her own, one hub between: what the lead decides is what the collector meets.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CommandInput, CommandName, CommandOutput, QueryOutput } from '../../shared/contract/contract.ts';
import type { WorklistRow } from '../../shared/contract/screens.ts';
import type { CaseId } from '../../shared/id.ts';
import { newId } from '../../shared/id.ts';
import { systemClock } from '../../shared/time.ts';
import type { AppProcess } from '../support/app-process.ts';
import { startApp } from '../support/app-process.ts';
import { checkAccessibility } from '../support/check-accessibility.ts';
import { DeskProcess } from '../support/desk-process.ts';
import { HubProcess } from '../support/hub-process.ts';
import { askDesk } from '../support/page-desk.ts';
import { signIn, signOut } from '../support/screen-shift.ts';
import { word } from '../support/screen-words.ts';
import { planForm } from '../../shared/testing/outcome-forms.ts';
import { demoPassword, plainForm, promiseForm, signInAs } from '../support/shift.ts';

const pictures = process.env['PREMURA_PICTURES'];
let folder: string;
let hub: HubProcess;
let carla: DeskProcess;
let running: AppProcess;
let row: WorklistRow;
/** More cases of hers: each is decided about in one test. */
let worked: { planned: WorklistRow; people: WorklistRow; corrected: WorklistRow; late: WorklistRow; oftener: WorklistRow };
const basedOn = { caseRevision: 0, scriptVersion: null };

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'premura-lead-'));
  hub = await HubProcess.start(join(folder, 'hub'), { demo: true });
  carla = await DeskProcess.start({ profileDir: join(folder, 'carla'), hubUrl: hub.url });
  await signInAs(carla, 'carla');
  const list = await carla.until('list-worklist', { view: 'to-work', creditorId: null }, (value) => value.rows.length > 8);
  // Each of another customer: a customer passes with all cases.
  const names = new Set<string>();
  const [first, planned, people, corrected, late, oftener] = list.rows.filter(({ customerName }) => !names.has(customerName) && names.add(customerName).size > 0);
  row = first!;
  worked = { planned: planned!, people: people!, corrected: corrected!, late: late!, oftener: oftener! };
  const saved = await carla.command('record-outcome', {
    // A plan always waits for a second person.
    caseId: worked.planned.caseId, locale: 'it', basedOn,
    form: planForm(await carla.until('show-plan-basis', { caseId: worked.planned.caseId }, () => true), { amountText: '90', perMonthText: '30', dayText: '10' }, { cause: 'forgot' }),
  });
  expect(saved).toMatchObject({ ok: true });
  await carlaSaves('record-outcome', { caseId: worked.corrected.caseId, locale: 'it', form: plainForm('PTP', { amountText: '20', dateText: '+5', method: 'bank-transfer', cause: 'forgot' }), basedOn });
  await meetPeople(worked.people.caseId);
  await carla.until('show-sync', {}, (value) => value.unsentCount === 0 && value.network === 'online');
  running = await startApp({ profileDir: join(folder, 'lead'), hubUrl: hub.url });
  await signIn(running.page, { username: 'laura.lead', password: demoPassword });
});

afterAll(async () => {
  await running.close();
  await carla.stop();
  await hub.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function carlaSaves<Name extends CommandName>(name: Name, input: Omit<CommandInput<Name>, 'commandId'>): Promise<CommandOutput<Name>> {
  const result = await carla.command(name, input);
  if (!result.ok) throw new Error(`${name}: ${result.error.code} ${JSON.stringify(result.error.details)}`);
  return result.value;
}

/** What a collector learns of a case's people in one call: an accountant with a number, a wish, a number that does not exist. */
async function meetPeople(caseId: CaseId): Promise<void> {
  const { partyId } = await carlaSaves('save-party', {
    caseId, basedOn, form: { partyId: null, role: 'company-accounts', name: 'Rag. Ada Fossombra', mayBeTold: true, language: 'de', taxCode: '', note: 'solo il mattino', removed: false },
  });
  await carlaSaves('save-contact-point', { caseId, basedOn, form: { pointId: null, kind: 'phone', partyId, text: '0971 000 321', source: 'given-by-person', workplace: false, usable: true } });
  await carlaSaves('save-preferences', {
    caseId, basedOn, preferences: { partyId: null, channel: 'email', hours: { from: '09:00', to: '12:00' }, language: null, doNotCall: false, note: null },
  });
  const screen = await carla.until('show-case', { caseId }, (value) => value.numbers.length > 1);
  const dead = screen.numbers.find((number) => number.partyId === null && number.usable)!;
  await carlaSaves('record-outcome', { caseId, locale: 'it', form: plainForm('DC', { numberId: dead.numberId }), basedOn });
}

/** Nothing is amiss on this screen; with PREMURA_PICTURES a picture in both languages, light and dark. */
async function look(name: string): Promise<void> {
  const { page } = running;
  expect([name, await checkAccessibility(page)]).toEqual([name, []]);
  if (pictures === undefined) return;
  mkdirSync(pictures, { recursive: true });
  for (const language of ['it', 'en'] as const) {
    await askDesk(page, { kind: 'command', name: 'save-setting', input: { commandId: newId(), change: { key: 'language', value: language } } });
    await page.locator(`html[lang="${language}"]`).waitFor({ state: 'attached' });
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      await page.screenshot({ path: join(pictures, `${name}-${language}-${colorScheme}.png`) });
    }
    await page.emulateMedia({ colorScheme: 'light' });
  }
  await askDesk(page, { kind: 'command', name: 'save-setting', input: { commandId: newId(), change: { key: 'language', value: 'it' } } });
  await page.locator('html[lang="it"]').waitFor({ state: 'attached' });
}

/** Finds a case by its code and opens it, by keys. */
async function openByKeys({ customerName, customerCode }: WorklistRow): Promise<void> {
  const { page } = running;
  await page.keyboard.press('Control+K');
  await page.getByLabel(word('lead.findLabel'), { exact: true }).fill(customerName);
  await page.getByTestId('found-cases').getByRole('button', { name: new RegExp(customerCode) }).first().waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.getByTestId('case-title').filter({ hasText: customerName }).waitFor();
}

/** Waits until the collector's desk shows the case so. */
function caseAtCarla(caseId: CaseId, accepts: (reasonKey: string | null, params: Record<string, string | number>) => boolean): Promise<unknown> {
  return carla.until('show-case', { caseId }, (screen) => accepts(screen.blocked?.reason.key ?? null, screen.blocked?.reason.params ?? {}));
}

/** Tabs of the lead's desk by their number key. */
async function openTab(key: '1' | '2' | '3' | '4' | '5', testId: string): Promise<void> {
  await running.page.keyboard.press(key);
  await running.page.getByTestId(testId).waitFor();
}

describe('a lead', () => {
  it('sees lists in figures and the cases behind them', async () => {
    const { page } = running;
    await page.getByTestId('lists').waitFor();
    await look('lists');
    expect(await page.getByTestId('lists').innerText()).not.toContain('Carla');
    await page.getByTestId('lists').getByRole('button').first().click();
    await page.getByTestId('found-cases').getByRole('button').first().waitFor();
    await look('list-cases');
  });

  it('types digits in Find, changes the tab from inside the field, and steps out by Esc', async () => {
    const { page } = running;
    await page.keyboard.press('/');
    const field = page.getByLabel(word('lead.findLabel'), { exact: true });
    const focused = field.and(page.locator(':focus'));
    await focused.waitFor();
    await page.keyboard.type('3 1245');
    expect(await field.inputValue()).toBe('3 1245');
    await page.keyboard.press('Control+4');
    await page.getByTestId('audits').waitFor();
    await page.keyboard.press('Control+5');
    await focused.waitFor();
    expect(await field.inputValue()).toBe('3 1245');
    await page.keyboard.press('Escape');
    await page.getByRole('tab', { name: new RegExp(word('lead.tab.find')) }).and(page.locator(':focus')).waitFor();
    await page.keyboard.press('/');
    await focused.waitFor();
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
    await page.getByTestId('lists').locator('button:focus').waitFor();
  });

  it('reads the people of a case: who they are, which number is dead, what they asked for', async () => {
    const { page } = running;
    await openByKeys(worked.people);
    const parties = page.getByRole('list', { name: word('people.parties') });
    await parties.getByText('Rag. Ada Fossombra').waitFor();
    expect(await parties.innerText()).toContain(word('partyRole.company-accounts'));
    const numbers = page.getByRole('list', { name: word('people.numbers') });
    expect(await numbers.locator('.number-out').innerText()).toContain(word('outcome.DC'));
    expect(await numbers.innerText()).toContain('0971 000 321');
    expect(await page.locator('.wishes').innerText()).toContain('09:00');
    // To be read: nothing here changes them.
    expect(await page.getByRole('button', { name: word('people.addParty') }).count()).toBe(0);
    expect(await page.locator('main').innerText()).not.toContain('Carla');
    await look('case-people');
    await page.keyboard.press('Escape');
    await page.getByTestId('found-cases').locator('button:focus').filter({ hasText: worked.people.customerName }).waitFor();
  });

  it('corrects an outcome into another one with the collector’s own form; its operator reads both', async () => {
    const { page } = running;
    const { caseId } = worked.corrected;
    await openByKeys(worked.corrected);
    await page.keyboard.press('c');
    const form = page.getByRole('form', { name: word('correction.title') });
    await form.locator(':focus').waitFor();
    await form.getByLabel(word('outcomeForm.title'), { exact: true }).selectOption('RPC');
    await form.getByLabel(word('correction.reason'), { exact: true }).fill('no');
    await page.keyboard.press('Enter');
    await form.getByRole('alert').first().waitFor();
    await look('case-correct');
    await form.getByLabel(word('correction.reason'), { exact: true }).fill('non ha promesso nulla');
    await page.keyboard.press('Enter');
    await form.waitFor({ state: 'detached' });
    await carla.until('show-case', { caseId }, (screen) =>
      screen.promise === null && screen.history.some((entry) => entry.kind === 'correction' && entry.outcome?.code === 'RPC' && entry.reason === 'non ha promesso nulla'));
    // Then it is annulled: what was corrected once can be corrected again.
    await page.getByTestId('lead-timeline').getByText('non ha promesso nulla').first().waitFor();
    await page.keyboard.press('c');
    await form.getByRole('radio', { name: word('correction.annul') }).check();
    await form.getByLabel(word('correction.reason'), { exact: true }).fill('era un altro cliente');
    await page.keyboard.press('Enter');
    await carla.until('show-case', { caseId }, (screen) => screen.history.some((entry) => entry.kind === 'correction' && entry.outcome === null));
    await page.keyboard.press('Escape');
  });

  it('finds a case by name and suspends it by keyboard; its operator meets the reason, and goes on when it is resumed', async () => {
    const { page } = running;
    await openByKeys(row);
    const { caseId } = row;
    await page.keyboard.press('s');
    await page.getByLabel(word('lead.until'), { exact: true }).fill('ieri');
    await page.getByLabel(word('lead.reason'), { exact: true }).fill('il committente verifica');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').first().waitFor();
    await look('case-suspend');
    await page.getByLabel(word('lead.until'), { exact: true }).fill('+7');
    await page.getByLabel(word('lead.reason'), { exact: true }).press('Enter');
    await caseAtCarla(caseId, (key, params) => key === 'suspended' && params['reason'] === 'il committente verifica');
    await page.getByRole('list', { name: word('lead.stopped') }).getByRole('button').waitFor();
    await look('case-suspended');
    await page.getByRole('list', { name: word('lead.stopped') }).getByRole('button').press('Enter');
    await page.getByLabel(word('lead.reason'), { exact: true }).fill('verifica finita');
    await page.keyboard.press('Enter');
    await caseAtCarla(caseId, (key) => key !== 'suspended');
  });

  it('rejects a plan with a reason that its operator reads in the history', async () => {
    const { page } = running;
    await page.keyboard.press('Escape');
    await page.getByRole('tab', { name: new RegExp(word('lead.tab.audits')) }).click();
    const audits = page.getByTestId('audits');
    await audits.getByRole('button').first().focus();
    await page.keyboard.press('r');
    await page.getByLabel(word('lead.reason'), { exact: true }).and(page.locator(':focus')).waitFor();
    await look('audit');
    await page.getByLabel(word('lead.reason'), { exact: true }).fill('troppo lungo');
    await page.keyboard.press('Enter');
    await audits.getByText('troppo lungo').waitFor();
    await carla.until('show-case', { caseId: worked.planned.caseId }, (screen) =>
      screen.history.some((entry) => entry.kind === 'audit' && entry.verdict === 'rejected' && entry.reason === 'troppo lungo'));
  });

  it('shows what came in and what wants a look', async () => {
    await openTab('2', 'incoming-list');
    await look('incoming');
    await running.page.keyboard.press('3');
    await running.page.getByText(word('lead.noFlagsTitle')).waitFor();
    await look('flags-none');
  });

  it('gives a customer to another operator; what the first one saves late is flagged, understood and settled', async () => {
    const { page } = running;
    const { caseId, customerName } = worked.late;
    await openByKeys(worked.late);
    await page.keyboard.press('r');
    const form = page.getByRole('form', { name: word('lead.assign') });
    await form.getByRole('option', { name: /Marco/ }).waitFor({ state: 'attached' });
    await form.getByLabel(word('lead.to'), { exact: true }).selectOption({ label: 'Marco Ventimolini' });
    await form.getByLabel(word('lead.reason'), { exact: true }).fill('parla tedesco');
    await look('case-assign');
    await page.keyboard.press('Enter');
    await form.waitFor({ state: 'detached' });
    // She had the case open: what came of that call is saved all the same.
    await caseAtCarla(caseId, (key) => key === 'taken');
    await carlaSaves('record-outcome', { caseId, locale: 'it', form: promiseForm({ amountText: '15', cause: 'forgot' }), basedOn });
    const flags = page.getByTestId('lead-case-flags');
    await flags.getByText(word('flag.not-assigned')).waitFor();
    await look('case-flag');
    await page.keyboard.press('Escape');
    await openTab('3', 'flags');
    const found = page.getByTestId('flags').getByRole('listitem').filter({ hasText: customerName });
    await found.getByText(word('flagNext.not-assigned')).waitFor();
    expect(await page.getByTestId('flags').innerText()).not.toContain('Carla');
    await page.getByTestId('flags').locator('button:focus').waitFor();
    // Open it, come back to the same row, settle it.
    await page.keyboard.press('Enter');
    await page.getByTestId('case-title').filter({ hasText: customerName }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByTestId('flags').locator('button:focus').filter({ hasText: customerName }).waitFor();
    await page.keyboard.press('s');
    const note = page.getByRole('form', { name: word('lead.settle') }).getByLabel(word('lead.noteOptional'), { exact: true });
    await note.and(page.locator(':focus')).waitFor();
    await look('flag');
    await note.fill('una chiamata sola, va bene');
    await page.keyboard.press('Enter');
    await page.getByText(word('lead.noFlagsTitle')).waitFor();
  });

  it('lets a customer be called once more, with a reason; its operator sees until when, and the call comes back as something to look at', async () => {
    const { page } = running;
    const { caseId, customerName } = worked.oftener;
    const guard = (accepts: (points: QueryOutput<'show-guard'>['points']) => boolean): Promise<unknown> =>
      carla.until('show-guard', { caseId, locale: 'it' }, ({ points }) => accepts(points.filter(({ channel }) => channel === 'phone-outbound')));
    const { numbers } = await carla.until('show-case', { caseId }, () => true);
    const numberId = numbers.find(({ usable }) => usable)!.numberId;
    await carlaSaves('record-outcome', { caseId, locale: 'it', form: plainForm('RPC', { channel: 'phone-outbound', numberId }), basedOn });
    await guard((points) => points.every(({ allowed }) => !allowed));
    await carla.until('show-sync', {}, (value) => value.unsentCount === 0);
    await openByKeys(worked.oftener);
    await page.getByTestId('lead-frequency').getByText(word('policy.conversations-today').split('{{')[0]!).waitFor();
    await page.keyboard.press('p');
    const form = page.getByRole('form', { name: word('lead.allow') });
    await form.locator(':focus').waitFor();
    await page.keyboard.type('+9');
    await form.getByLabel(word('lead.reason'), { exact: true }).fill('aspetta una risposta');
    await page.keyboard.press('Enter');
    await form.getByText(word('error.allowanceTooFar').replace('{{days}}', '7')).waitFor();
    await look('case-allow');
    await form.getByLabel(word('lead.until'), { exact: true }).fill('');
    await page.keyboard.press('Enter');
    await form.waitFor({ state: 'detached' });
    await page.getByTestId('lead-frequency').getByText('aspetta una risposta').waitFor();
    expect(await page.getByRole('button', { name: word('lead.allow') }).count()).toBe(0);
    await look('case-allowed');
    await page.keyboard.press('Escape');

    await guard((points) => points.some(({ allowed, warnings }) => allowed && warnings.some(({ code, params }) => code === 'frequency-overridden' && Number(params['until']) > systemClock.nowMs())));
    // It is in her list again, to be called now; after that call it waits once more.
    const isReady = ({ rows }: QueryOutput<'list-worklist'>): boolean => rows.some((listed) => listed.caseId === caseId && listed.blocked === null);
    await carla.until('list-worklist', { view: 'to-work', creditorId: null }, isReady);
    await carlaSaves('record-outcome', { caseId, locale: 'it', form: plainForm('NA', { channel: 'phone-outbound', numberId }), basedOn });
    await carla.until('list-worklist', { view: 'to-work', creditorId: null }, (list) => !isReady(list));
    await openTab('3', 'flags');
    const found = page.getByTestId('flags').getByRole('listitem').filter({ hasText: customerName });
    await found.getByText('aspetta una risposta').waitFor();
    expect(await found.innerText()).toContain(word('flagNext.frequency-allowed'));
    expect(await page.getByTestId('flags').innerText()).not.toContain('Carla');
  });

  it('an operator reads beside the call button until when it was allowed', async () => {
    const { page } = running;
    await signOut(page);
    await signIn(page, { username: 'carla', password: demoPassword });
    await page.getByTestId('worklist').getByRole('option').first().waitFor();
    await page.keyboard.press('Control+K');
    await page.getByPlaceholder(word('search.placeholder')).and(page.locator(':focus')).waitFor();
    await page.keyboard.insertText(worked.oftener.customerName);
    await page.getByRole('option', { name: worked.oftener.customerName }).first().waitFor();
    await page.keyboard.press('Enter');
    await page.getByTestId('guard').getByText(word('policyWarning.frequency-overridden').split('{{')[0]!).waitFor();
    await look('case-allowed-operator');
  });
});
