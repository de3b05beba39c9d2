/**
 * Who is on the line hears, and whoever looks over the operator's shoulder reads, nothing of creditor, amount and reason before the gate is
 * confirmed: twelve people who answer, on the real app; and the control, an app built with one leak in each place, each found by name.
 *
 * Invariants: from the start of a call to its confirmed gate no planted word is in what is said, on the page outside what was peeked into, among
 * the accessible names, in a title, a notification, the clipboard, what the page keeps, a log or a file; the same look finds them as soon as the
 * gate is confirmed. The reason is the line that stood there before the call.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { reasonWords } from '../../shared/script/script-words.ts';
import { addDays, dateOfInstant, systemClock } from '../../shared/time.ts';
import type { AppProcess } from '../support/app-process.ts';
import { startApp } from '../support/app-process.ts';
import { takeCallInCase } from '../support/caller-gate.ts';
import { checkAccessibility } from '../support/check-accessibility.ts';
import type { Leak } from '../support/gate-lookout.ts';
import { GateLookout, placesOf } from '../support/gate-lookout.ts';
import { HubProcess, runHub } from '../support/hub-process.ts';
import { callerFault, leaks } from '../support/planted-leaks.ts';
import { buildPlanted } from '../support/planted-build.ts';
import { answerStep, meetObjection, pressAnswer, saveAndGo, startCall, untilGate } from '../support/screen-call.ts';
import { chooseFirstReason, typeCodeByKeys } from '../support/type-outcome.ts';
import { openNextCase, signIn } from '../support/screen-shift.ts';
import { word } from '../support/screen-words.ts';

const carla = { username: 'carla', password: 'premura-demo' };
const creditor = 'Sentinella Idrica';
const secrets = [creditor, 'SENT-', '7.777,', '7777,', '7,777.', 'settemilasettecentosettantasette', 'seven thousand seven hundred'];
const kinds = ['Persona fisica', 'Società', 'Condominio'];
const LONGEST_WAIT_MS = 60_000;

interface Desk { running: AppProcess; lookout: GateLookout; close: () => Promise<void> }

/** Persons, companies and condominiums; not yet due, just due, long due. */
function renderFile(names: readonly string[]): string {
  const today = dateOfInstant(systemClock.nowMs(), 'Europe/Rome');
  const typed = (days: number): string => addDays(today, days).split('-').reverse().join('/');
  const rows = names.map((name, at) => {
    const due = [6, -15, -150][at % 3] ?? 6;
    const code = String(at + 1).padStart(4, '0');
    return `K${code};Cliente ${name};${kinds[Math.floor(at / 3) % kinds.length] ?? ''};SENT-${name};${typed(due - 30)};${typed(due)};7777,${String(10 + at)};0828 00${code}`;
  });
  return ['Codice cliente;Intestatario;Tipo cliente;N. bolletta;Data emissione;Scadenza;Importo;Telefono', ...rows, ''].join('\r\n');
}

/** A hub with these customers, and an app whose list they stand in. */
async function openDesk(names: readonly string[], appDirectory?: string): Promise<Desk> {
  const folder = mkdtempSync(join(tmpdir(), 'premura-gate-'));
  const [dataDir, profileDir] = [join(folder, 'hub'), join(folder, 'profile')];
  await runHub(['users', 'add', '--data', dataDir, '--username', carla.username, '--name', 'Carla Serra', '--role', 'collector', '--password', carla.password, '--certificates', 'full']);
  writeFileSync(join(folder, 'file.csv'), renderFile(names));
  await runHub(['import', join(folder, 'file.csv'), '--data', dataDir, '--creditor', creditor, '--currency', 'EUR', '--json']);
  const hub = await HubProcess.start(dataDir);
  const running = await startApp({ profileDir, hubUrl: hub.url, ...(appDirectory === undefined ? {} : { appDirectory }) });
  running.page.setDefaultTimeout(LONGEST_WAIT_MS);
  const lookout = await GateLookout.start(running, profileDir);
  await signIn(running.page, carla);
  await running.page.getByTestId('worklist').getByRole('option').first().waitFor();
  const close = async (): Promise<void> => {
    await running.close();
    await hub.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  return { running, lookout, close };
}

/** Why the case is in front, as it stands there before the call. */
async function readReason(page: Page): Promise<string> {
  const line = await page.locator('.case-state .why').first().innerText();
  return line.replace(`${word('case.whyNow')}:`, '').trim();
}

function wordsOf(found: readonly Leak[]): string[] {
  return found.map((leak) => leak.word);
}

async function saveAs(page: Page, code: string, title: string): Promise<string> {
  const field = page.getByLabel(word('outcomeForm.code'), { exact: true });
  await field.fill(code);
  await field.press('Enter');
  return saveAndGo(page, title);
}

const identity = new RegExp(word('identityMethod.customer-code'));
/** Each by what is answered, up to the gate, and the outcome in which it ends. */
const people: { who: string; answers: RegExp[]; outcome: string; objections?: boolean; inbound?: boolean; peeks?: boolean; prepares?: boolean; reloads?: boolean }[] = [
  { who: 'the right person', answers: [/^Sì/, identity], outcome: 'RPC', peeks: true },
  { who: 'somebody else', answers: [/^No, /, /^Richiamo/], outcome: 'TPC' },
  { who: 'somebody who puts us through', answers: [/^No, /, /^Mi passa/, /^Sì/, identity], outcome: 'RPC' },
  { who: 'a minor', answers: [/^Risponde un minore/], outcome: 'MIN' },
  { who: 'an answering machine', answers: [/^Segreteria/, /^Nessun messaggio/], outcome: 'AM' },
  { who: 'somebody in a hurry', answers: [/^Ora non può/, /^Non indica/], outcome: 'HU' },
  { who: 'somebody who rather says nothing', answers: [/^Sì/, /^Preferisce non/, /^Richiamerà/], outcome: 'IDR' },
  { who: 'another person after all', answers: [/^Sì/, /^È un’altra/], outcome: 'TPC', peeks: true },
  { who: 'somebody with every objection', answers: [/^Sì/, identity], outcome: 'RPC', objections: true },
  { who: 'somebody whose promise was typed too early', answers: [/^Sì/, identity], outcome: 'RPC', prepares: true, reloads: true },
  { who: 'a caller', answers: [/^È la persona/, identity], outcome: 'RPC', inbound: true },
  { who: 'a wrong number', answers: [/^Numero sbagliato/], outcome: 'WN' },
];

describe('before the gate is confirmed', () => {
  let desk: Desk;
  beforeAll(async () => {
    desk = await openDesk(people.map((_, at) => `${'ABCDEFGHILMN'[at] ?? ''}lfonsi`));
  });
  afterAll(() => desk.close());

  it('twelve people on the line neither hear nor leave to be read what is not for everybody', async () => {
    const { running: { page }, lookout } = desk;
    let title = await openNextCase(page);
    for (const person of people) {
      const words = [...secrets, await readReason(page)];
      // The control before the call: what must be hidden can be found, the reason too.
      expect(wordsOf(await lookout.look(words)), `${person.who} before the call`).toEqual(expect.arrayContaining([creditor, 'SENT-', '7.777,', words.at(-1)]));
      const expectNothing = async (when: string): Promise<void> => {
        expect(await lookout.look(words), `${person.who}, ${title}, ${when}`).toEqual([]);
        const said = await page.locator('.script-body .say').allInnerTexts();
        expect(said.join('\n'), `${person.who}, ${title}, ${when}`).not.toMatch(reasonWords.it);
      };
      if (person.prepares === true) {
        await typeCodeByKeys(page, 'PTP');
        await page.getByLabel(word('outcomeForm.amount'), { exact: true }).fill('7777,00');
      }
      await startCall(page, person.inbound === true ? 'inbound' : 'outbound');
      await expectNothing('at the opening');
      if (person.reloads === true) {
        await lookout.beforeReload();
        await page.reload();
        await untilGate(page, 'unconfirmed');
        await expectNothing('after the page was loaded anew');
      }
      if (person.objections === true) {
        const labels = await page.locator('.objections button').count();
        for (let at = 0; at < labels; at += 1) {
          await meetObjection(page, at);
          await expectNothing(`at objection ${String(at)}`);
          await answerStep(page, /^Riprendo/);
        }
      }
      for (const answer of person.answers) {
        if (answer === identity && person.peeks === true) {
          expect(await checkAccessibility(page)).toEqual([]);
          await page.keyboard.press('F3');
          await page.getByTestId('peek').getByText('SENT-').first().waitFor();
          await expectNothing('beside what was peeked into');
          await page.keyboard.press('F3');
          await page.getByTestId('peek').waitFor({ state: 'detached' });
        }
        if (answer === identity) await pressAnswer(page, answer);
        else await answerStep(page, answer);
        if (answer !== identity) await expectNothing(`after ${answer.source}`);
      }
      if (person.answers.at(-1) === identity) {
        await untilGate(page, 'confirmed');
        // The control after the gate.
        const found = await lookout.look(words);
        expect(placesOf(found), `${person.who} after the gate`).toEqual(expect.arrayContaining(['page', 'name']));
        expect(wordsOf(found), `${person.who} after the gate`).toEqual(expect.arrayContaining([creditor, 'SENT-', '7.777,']));
      }
      if (person.inbound === true) await chooseFirstReason(page);
      title = await saveAs(page, person.outcome, title);
    }
    expect(lookout.lookAtFiles(secrets)).toEqual([]);
  });
});

describe('an app built with a leak in each place', () => {
  let desk: Desk;
  let planted: string;
  beforeAll(async () => {
    planted = await buildPlanted([...Object.values(leaks).flatMap(({ faults }) => faults), callerFault]);
    desk = await openDesk(Object.keys(leaks), planted);
  });
  afterAll(async () => {
    await desk.close();
    rmSync(planted, { recursive: true });
  });

  it('is found out, each leak where it is', async () => {
    const { running: { page }, lookout } = desk;
    let title = await openNextCase(page);
    const found: Record<string, unknown> = {};
    while (title !== '') {
      const name = title.replace('Cliente ', '');
      await startCall(page);
      if (leaks[name]?.peek === true) {
        await page.keyboard.press('F3');
        await page.getByTestId('peek').getByText('SENT-').first().waitFor();
      }
      found[name] = placesOf([...await lookout.look([`SENT-${name}`]), ...lookout.lookAtFiles([`SENT-${name}`])]);
      title = await saveAs(page, 'NA', title);
    }
    expect(found).toEqual(Object.fromEntries(Object.entries(leaks).map(([name, leak]) => [name, leak.places])));
  });

  it('is found out by who calls, too', async () => {
    const profileDir = mkdtempSync(join(tmpdir(), 'premura-gate-'));
    const running = await startApp({ profileDir, demo: true, appDirectory: planted });
    try {
      running.page.setDefaultTimeout(LONGEST_WAIT_MS);
      const { found, words } = await takeCallInCase(running, await GateLookout.start(running, profileDir));
      expect(placesOf(found.talking)).toEqual(['page', 'name']);
      expect(wordsOf(found.talking)).toEqual(expect.arrayContaining(words));
    } finally {
      await running.close();
      rmSync(profileDir, { recursive: true, force: true });
    }
  });
});
