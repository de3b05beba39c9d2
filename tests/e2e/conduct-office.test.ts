/**
 * The rules of the house at the real app, by keyboard: a lead writes a script with its checker and preview and publishes it, makes a
 * creditor's rules stricter, closes days; an administrator certifies. A collector's desk has what was published.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import type { AppProcess } from '../support/app-process.ts';
import { startApp } from '../support/app-process.ts';
import { checkAccessibility } from '../support/check-accessibility.ts';
import { HubProcess } from '../support/hub-process.ts';
import type { WalkScreen } from '../../shared/contract/conduct-channels.ts';
import type { QueryInput } from '../../shared/contract/contract.ts';
import type { WorklistRow } from '../../shared/contract/screens.ts';
import type { CaseId, NumberId } from '../../shared/id.ts';
import { standardPacks } from '../../shared/script/standard-packs.ts';
import { dateOfInstant, systemClock } from '../../shared/time.ts';
import { DeskProcess } from '../support/desk-process.ts';
import { picture } from '../support/picture.ts';
import { signIn } from '../support/screen-shift.ts';
import { told, word } from '../support/screen-words.ts';
import { demoPassword, plainForm, signInAs } from '../support/shift.ts';

let folder: string;
let hub: HubProcess;
let running: AppProcess;
let carla: DeskProcess;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'premura-conduct-office-'));
  hub = await HubProcess.start(join(folder, 'hub'), { demo: true });
  carla = await DeskProcess.start({ profileDir: join(folder, 'carla'), hubUrl: hub.url });
  await signInAs(carla, 'carla');
  running = await startApp({ profileDir: join(folder, 'lead'), hubUrl: hub.url });
  await signIn(running.page, { username: 'laura.lead', password: demoPassword });
  await running.page.getByRole('button', { name: word('conduct.nav'), exact: true }).press('Enter');
  await running.page.getByRole('heading', { name: word('conduct.tab.scripts') }).waitFor();
});

afterAll(async () => {
  await running.close();
  await carla.stop();
  await hub.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** The first case of the collector's list of which `look` finds something. */
async function firstCase<Found>(look: (row: WorklistRow) => Promise<Found | null> | Found | null): Promise<[WorklistRow, Found]> {
  const { rows } = await carla.until('list-worklist', { view: 'all', creditorId: null }, (list) => list.rows.length > 0);
  for (const row of rows) {
    const found = await look(row);
    if (found !== null) return [row, found];
  }
  throw new Error('no such case');
}

/** How the collector's desk would begin a call with this script, once it has another version than the one that came along. */
async function carlaPreviews(packId: string): Promise<WalkScreen> {
  const standard = standardPacks.find(({ id }) => id === packId)?.version;
  const preview = (caseId: CaseId): QueryInput<'preview-script'> => ({ caseId, locale: 'en', path: [] });
  const [{ caseId }] = await firstCase(async (row) => {
    const read = await carla.query('preview-script', preview(row.caseId));
    return read.ok && read.value.walk?.packId === packId ? row : null;
  });
  const { walk } = await carla.until('preview-script', preview(caseId), (read) => read.walk?.packVersion !== standard);
  if (walk === null) throw new Error('no script');
  return walk;
}

async function usableNumber(caseId: CaseId): Promise<NumberId> {
  const { numbers } = await carla.until('show-case', { caseId }, () => true);
  const number = numbers.find(({ usable }) => usable);
  if (number === undefined) throw new Error('no number');
  return number.numberId;
}

describe('scripts', () => {
  it('are edited with a checker that leads to what is wrong, undone, kept and published', async () => {
    const { page } = running;
    const packId = await page.getByRole('row').filter({ has: page.getByRole('button', { name: /^Modifica «/ }) }).first().locator('th .dim').innerText();
    await page.getByRole('button', { name: /^Modifica «/ }).first().press('Enter');
    await page.getByText(word('conduct.editor.noFindings')).waitFor();
    expect(await checkAccessibility(page)).toEqual([]);
    await picture(page, 'script-editor');

    // Down from the sheet to the first step; its English words are taken away.
    await page.keyboard.press('ArrowDown');
    const english = page.getByLabel(told('conduct.inLanguage', { what: told('conduct.editor.paragraph', { number: '1' }), language: word('conduct.language.en') })).first();
    const before = await english.inputValue();
    expect(before).not.toBe('');
    await english.fill('');
    const finding = page.locator('#script-findings').getByText(word('scriptFinding.missing-translation').split('{{')[0]!.trim()).first();
    await finding.waitFor();

    // What the checker finds keeps it from being published.
    await page.getByRole('button', { name: word('conduct.editor.publish') }).first().press('Enter');
    await page.keyboard.press('Enter');
    await page.getByText(word('error.scriptHasFindings')).waitFor();
    await picture(page, 'script-findings');
    expect(await checkAccessibility(page)).toEqual([]);
    await page.keyboard.press('Escape');

    // From elsewhere the finding leads back.
    await page.locator('#script-places button').first().press('Enter');
    await page.locator('#script-findings button').first().press('Enter');
    await english.waitFor();
    expect(await english.inputValue()).toBe('');
    await page.keyboard.press('Control+z');
    await expect.poll(() => english.inputValue()).toBe(before);
    await page.getByText(word('conduct.editor.noFindings')).waitFor();

    // Typed words are heard in the preview, and are still there after the page was loaded anew.
    await english.fill(`${before} Good day!`);
    await page.getByText(word('conduct.editor.saved.kept')).waitFor();
    await page.reload();
    await page.getByRole('button', { name: word('conduct.nav'), exact: true }).press('Enter');
    await page.getByRole('button', { name: word('conduct.scripts.goOn') }).or(page.getByRole('button', { name: /^Continua la bozza/ })).first().press('Enter');
    await page.getByText(word('conduct.editor.noFindings')).waitFor();
    await page.getByLabel(word('conduct.preview.language')).selectOption('en');
    await page.locator('#script-preview').getByText('Good day!').waitFor();
    await page.locator('.preview-answers button').first().press('Enter');
    await expect.poll(() => page.locator('.preview-trail').innerText()).toContain('›');
    await picture(page, 'script-preview');

    await page.getByRole('button', { name: word('conduct.editor.publish') }).first().press('Enter');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: word('conduct.tab.scripts') }).waitFor();
    await page.getByRole('button', { name: /^Ritira «/ }).waitFor();
    // Every script says its tone, the published one too.
    const scripts = page.getByRole('row').filter({ has: page.getByRole('button', { name: /^Esporta «/ }) });
    await expect.poll(() => scripts.locator('.tag').count()).toBe(await scripts.count());
    expect(await page.getByRole('button', { name: /^Continua la bozza/ }).count()).toBe(0);
    expect(await checkAccessibility(page)).toEqual([]);
    await picture(page, 'scripts');
    // The list of keys has those of this screen.
    await page.keyboard.press('?');
    const keys = page.getByRole('dialog', { name: word('shortcuts.title') });
    await keys.getByRole('heading', { name: word('shortcuts.group.conduct') }).waitFor();
    expect(await keys.locator('dt').allInnerTexts()).toEqual(expect.arrayContaining([word('shortcuts.rulesTab'), word('shortcuts.publishRules'), word('shortcuts.nextPart')]));
    await page.keyboard.press('Escape');
    await keys.waitFor({ state: 'detached' });
    // Whoever calls has what was published, without starting anew: its version, and the words that were added.
    const published = await carlaPreviews(packId);
    expect(published.step?.say.join(' ')).toContain('Good day!');
  });

  it('come from a file and go into one', async () => {
    const { app, page } = running;
    const path = join(folder, 'script.json');
    await app.evaluate(({ session }, chosen) => {
      session.defaultSession.once('will-download', (_event, item) => {
        item.setSavePath(chosen);
        item.once('done', (_done, state) => { process.emit('message', { downloaded: state }, undefined); });
      });
    }, path);
    const done = app.evaluate(() => new Promise<unknown>((resolve) => { process.once('message', resolve); }));
    await page.getByRole('button', { name: /^Esporta «/ }).first().press('Enter');
    expect(await done).toEqual({ downloaded: 'completed' });
    const pack = JSON.parse(readFileSync(path, 'utf8')) as { id: string };
    writeFileSync(path, JSON.stringify({ ...pack, id: 'our-own-script', version: '1.0.0' }));
    await page.getByLabel(word('conduct.scripts.file')).setInputFiles(path);
    await page.getByRole('heading', { name: 'our-own-script · 1.0.0' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: told('conduct.scripts.goOnOf', { name: 'our-own-script' }) }).waitFor();

    writeFileSync(path, '{ "id": ');
    await page.getByLabel(word('conduct.scripts.file')).setInputFiles(path);
    await page.getByText(word('error.scriptFileUnreadable').split('(')[0]!.trim()).waitFor();
  });
});

describe('rules per creditor', () => {
  it('may be stricter, and are refused at the field where they are looser', async () => {
    const { page } = running;
    await page.keyboard.press('Control+2');
    const perDay = page.getByLabel(new RegExp(`^${word('conduct.rules.stricter')}: ${word('conduct.rule.conversations.perWeek')}, Italia, privati`)).first();
    await perDay.fill('9');
    await page.getByText(word('error.policyLooser.conversationsPerWeek')).waitFor();
    await page.keyboard.press('Control+Enter');
    expect(await perDay.evaluate((field) => field === document.activeElement)).toBe(true);
    expect(await checkAccessibility(page)).toEqual([]);
    await picture(page, 'rules');
    await perDay.fill('1');
    await page.getByText(word('conduct.means.conversations.perWeek_one').replace('{{count}}', '1')).first().waitFor();
    await page.keyboard.press('Control+Enter');
    await page.getByText(told('conduct.rules.published', { name: 'Acque del Sele', version: '2' })).waitFor();
    await expect.poll(() => perDay.inputValue()).toBe('1');
    // One conversation, and the person's week is full: at the preset it would be the day.
    const [row] = await firstCase((found) => (found.creditorName === 'Acque del Sele' && found.kind === 'person' && found.blocked === null ? found : null));
    const form = plainForm('RPC', { channel: 'phone-outbound', numberId: await usableNumber(row.caseId) });
    expect(await carla.command('record-outcome', { caseId: row.caseId, locale: 'it', basedOn: { caseRevision: 1, scriptVersion: null }, form })).toMatchObject({ ok: true });
    await carla.until('show-guard', { caseId: row.caseId, locale: 'it' }, ({ points }) => points.some(({ code }) => code === 'conversations-week'));
  });
});

describe('what may be agreed', () => {
  it('is folded into one line, refused beside its field, and counts at the collector once it is published', async () => {
    const { page } = running;
    const terms = page.locator('details.terms');
    const field = (name: string): Locator => terms.getByLabel(word(`conduct.terms.field.${name}`), { exact: true });
    await page.getByText(/IBAN …2345/).waitFor();
    expect(await field('coordinates.iban').isVisible()).toBe(false);
    await picture(page, 'terms-folded');
    await terms.locator('summary').press('Enter');
    await field('planLimits.maxInstalments').fill('24');
    await field('coordinates.iban').fill('IT64 Y054 2811 1010 0000 0123 456');
    await page.getByText(word('error.iban.controlLetter')).waitFor();
    await terms.getByLabel(word('conduct.terms.business'), { exact: true }).selectOption('late-payment');
    await field('interest.lumpSumCents').fill('50');
    await picture(page, 'terms-wrong');
    expect(await checkAccessibility(page)).toEqual([]);
    // Folded again it still says that something is wrong, and publishing leads there.
    await field('coordinates.iban').fill('IT60 X054 2811 1010 0000 0123 456');
    await page.getByText(told('error.terms.durationTooShort', { count: '24' }).replace('{{count}}', '24')).waitFor();
    await terms.locator('summary').press('Enter');
    await terms.locator('summary .field-error').waitFor();
    await page.keyboard.press('Control+Enter');
    expect(await field('planLimits.maxDurationMonths').evaluate((element) => element === document.activeElement)).toBe(true);
    await field('planLimits.maxDurationMonths').fill('24');
    await field('interest.lumpSumCents').fill('40');
    await picture(page, 'terms');
    await terms.locator('section').last().scrollIntoViewIfNeeded();
    await picture(page, 'terms-end');
    await page.keyboard.press('Control+Enter');
    await page.getByText(told('conduct.rules.published', { name: 'Acque del Sele', version: '3' })).waitFor();
    await page.getByText(/IBAN …3456/).waitFor();
    const [{ caseId }] = await firstCase((found) => (found.creditorName === 'Acque del Sele' ? found : null));
    await carla.until('show-plan-basis', { caseId }, ({ limits }) => limits.maxInstalments === 24 && limits.maxDurationMonths === 24);
  });
});

describe('the calendar', () => {
  it('is published when every day of it can be read', async () => {
    const { page } = running;
    await page.keyboard.press('Control+3');
    await page.getByRole('button', { name: word('conduct.calendar.addSaint') }).press('Enter');
    const of = (field: string): string => told('conduct.inLanguage', { what: told('conduct.calendar.saint', { number: '1' }), language: word(`conduct.calendar.${field}`) });
    await page.getByLabel(of('city')).fill('Matera');
    await page.getByLabel(of('day')).fill('31/2');
    await page.keyboard.press('Control+Enter');
    await page.getByText(word('conduct.calendar.problem.day')).waitFor();
    expect(await checkAccessibility(page)).toEqual([]);
    await picture(page, 'calendar');
    await page.getByLabel(of('day')).fill('2/7');
    await page.keyboard.press('Control+Enter');
    await page.getByText(told('conduct.calendar.published', { version: '1' })).waitFor();
    // A closure from today on shuts everybody's list, without anybody starting anew.
    await page.getByRole('button', { name: word('conduct.calendar.addClosure') }).press('Enter');
    const closure = (field: string): string => told('conduct.inLanguage', { what: told('conduct.calendar.closure', { number: '1' }), language: word(`conduct.calendar.${field}`) });
    const today = dateOfInstant(systemClock.nowMs(), 'Europe/Rome');
    await page.getByLabel(closure('from')).fill(today);
    await page.getByLabel(closure('name')).fill('inventario');
    await page.keyboard.press('Control+Enter');
    await page.getByText(told('conduct.calendar.published', { version: '2' })).waitFor();
    const list = await carla.until('list-worklist', { view: 'to-work', creditorId: null }, (value) => value.callableFrom !== null);
    expect(dateOfInstant(list.callableFrom ?? 0, 'Europe/Rome') > today).toBe(true);
  });
});

describe('certificates', () => {
  it('are read by a lead and set by an administrator', async () => {
    const { page } = running;
    await page.keyboard.press('Control+4');
    await page.getByText(word('conduct.certificates.readText')).waitFor();
    expect(await page.getByRole('button', { name: /^Salva gli attestati/ }).count()).toBe(0);
    expect(await checkAccessibility(page)).toEqual([]);

    const admin = await startApp({ profileDir: join(folder, 'admin'), hubUrl: hub.url });
    try {
      await signIn(admin.page, { username: 'admin', password: demoPassword });
      await admin.page.getByRole('button', { name: word('conduct.nav'), exact: true }).press('Enter');
      await admin.page.getByRole('heading', { name: word('conduct.tab.scripts') }).waitFor();
      await admin.page.keyboard.press('Control+4');
      const level = admin.page.getByLabel(told('conduct.inLanguage', { what: 'Marco Ventimolini', language: word('tone.recovery') }), { exact: true });
      await level.selectOption('trainee');
      await picture(admin.page, 'certificates');
      expect(await checkAccessibility(admin.page)).toEqual([]);
      await admin.page.getByRole('button', { name: told('conduct.certificates.saveOf', { name: 'Marco Ventimolini' }) }).press('Enter');
      await admin.page.getByText(told('conduct.certificates.saved', { name: 'Marco Ventimolini' })).waitFor();
    } finally {
      await admin.close();
    }
    await page.keyboard.press('Control+1');
    await page.keyboard.press('Control+4');
    await page.getByRole('row', { name: /^Marco Ventimolini/ }).getByText(word('conduct.level.trainee')).waitFor();
  });
});
