/**
 * A small agency to be rung by keyboard: one customer for each call that a test leads, a hub, and the app with its operator signed in.
 *
 * Invariant: every customer belongs to one journey, so that no call stands in the way of another.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { z } from 'zod';
import { openStore } from '../../hub/store/open-store.ts';
import { projectDirectory } from '../../scripts/project.ts';
import { fieldTypes } from '../../shared/contract/conduct-channels.ts';
import type { PlainDate } from '../../shared/time.ts';
import { addDays, dateOfInstant, systemClock } from '../../shared/time.ts';
import { startApp } from './app-process.ts';
import { HubProcess, runHub } from './hub-process.ts';
import { signInByKeys } from './screen-shift.ts';
import { whileDeskStands } from './while-desk-stands.ts';

/** Stands on no page where nobody has said who they are. */
export const creditor = 'Sentinella Idrica';
const carla = { username: 'carla', password: 'premura-demo' };
const LONGEST_WAIT_MS = 30_000;
export const today = dateOfInstant(systemClock.nowMs(), 'Europe/Rome');

/** Who is rung: kind, and days until (or since) the due date. */
export const customers = {
  courtesy: { name: 'Cortesi Ada', kind: 'Persona fisica', due: 6 },
  recovery: { name: 'Recuperi Bruno', kind: 'Persona fisica', due: -150 },
  thirdParty: { name: 'Terzi Carmela', kind: 'Persona fisica', due: -30 },
  company: { name: 'Delta Impianti', kind: 'Società', due: -40 },
  dropped: { name: 'Linea Ettore', kind: 'Persona fisica', due: -35 },
  refused: { name: 'Freno Fabio', kind: 'Persona fisica', due: -45 },
  fields: { name: 'Comune di Prova', kind: 'Ente pubblico', due: 8 },
  hurriedFirst: { name: 'Prossima Ilda', kind: 'Persona fisica', due: -60 },
  hurriedSecond: { name: 'Prossimo Lino', kind: 'Persona fisica', due: -61 },
  reloaded: { name: 'Ripresa Gina', kind: 'Persona fisica', due: -50 },
} as const;

export interface CallStage {
  dataDir: string;
  page: Page;
  /** As Ctrl+R in a browser: the page is loaded anew in the middle of whatever it was. */
  reload(): Promise<void>;
  whileDeskStands(press: () => Promise<void>): Promise<void>;
  close(): Promise<void>;
}

export async function openCallStage(): Promise<CallStage> {
  const folder = mkdtempSync(join(tmpdir(), 'premura-calls-'));
  const dataDir = join(folder, 'hub');
  await runHub(['users', 'add', '--data', dataDir, '--username', carla.username, '--name', 'Carla Serra', '--role', 'collector', '--password', carla.password, '--certificates', 'full']);
  writeFileSync(join(folder, 'file.csv'), renderFile());
  await runHub(['import', join(folder, 'file.csv'), '--data', dataDir, '--creditor', creditor, '--currency', 'EUR', '--json']);
  writeFileSync(join(folder, 'fields.json'), renderFieldsScript());
  await runHub(['script', '--file', join(folder, 'fields.json'), '--data', dataDir]);
  await approveRecovery(dataDir, customers.recovery.name);
  const hub = await HubProcess.start(dataDir);
  const { app, page, close } = await startApp({ profileDir: join(folder, 'profile'), hubUrl: hub.url });
  page.setDefaultTimeout(LONGEST_WAIT_MS);
  await signInByKeys(page, carla);
  await page.getByTestId('worklist').getByRole('option').first().waitFor();
  return {
    dataDir,
    page,
    reload: () => app.evaluate(({ BrowserWindow }) => { BrowserWindow.getAllWindows().find(({ webContents }) => !webContents.getURL().includes('/audio/'))?.webContents.reload(); }),
    whileDeskStands: (press) => whileDeskStands(app, press),
    close: async () => {
      await close();
      await hub.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function renderFile(): string {
  const typed = (date: PlainDate): string => date.split('-').reverse().join('/');
  const rows = Object.values(customers).map(({ name, kind, due }, at) => {
    const code = `J${String(at + 1).padStart(4, '0')}`;
    return `${code};${name};${kind};SENT-${code};${typed(addDays(today, due - 30))};${typed(addDays(today, due))};7777,${String(10 + at)};0828 00${code.slice(1)}`;
  });
  return ['Codice cliente;Intestatario;Tipo cliente;N. bolletta;Data emissione;Scadenza;Importo;Telefono', ...rows, ''].join('\r\n');
}

/** The creditor has approved recovery of this customer. */
async function approveRecovery(dataDir: string, name: string): Promise<void> {
  const store = await openStore({ dataDir, postgresUrl: null });
  try {
    await store.write((tx) => tx.updateTable('cases').set({ recovery_approved_on: today, needs_publish: 1 }).where('name', '=', name).execute());
  } finally {
    await store.close();
  }
}

/** The courtesy script of companies and public bodies, with one step that captures every type of field there is. */
function renderFieldsScript(): string {
  const pack = z.looseObject({ steps: z.array(z.looseObject({ id: z.string() })) })
    .parse(JSON.parse(readFileSync(join(projectDirectory, 'assets/scripts/company-accounts-courtesy.json'), 'utf8')));
  const both = (text: string): { it: string; en: string } => ({ it: text, en: text });
  const choices = [{ value: 'morning', label: both('Mattina') }, { value: 'evening', label: both('Sera') }];
  const fields = fieldTypes.map((type) => ({ id: `${type}Field`, type, label: both(`Campo ${type}`), required: true, ...(type === 'choice' ? { choices } : {}) }));
  const details = {
    kind: 'capture', id: 'details', title: both('Dettagli'), say: [both('Mi detta i dati, con calma.')], fields,
    answers: [
      { id: 'given', label: both('Dati presi'), goTo: 'farewell', suggestCode: 'RPC' },
      { id: 'not-given', label: both('Nessun dato'), goTo: 'farewell', suggestCode: 'RPC', withoutFields: true },
    ],
  };
  const steps = pack.steps.flatMap((step) => (step.id === 'introduction' ? [{ ...step, answers: toDetails(step['answers']) }, details] : [step]));
  return JSON.stringify({ ...pack, $schema: undefined, id: 'house-details', version: '1.0.0', steps });
}

/** The first answer of a step leads to the details. */
function toDetails(answers: unknown): unknown {
  const [first, ...others] = z.array(z.looseObject({})).parse(answers);
  return [{ ...first, goTo: 'details' }, { ...first, id: 'registered-well', label: { it: 'Tutto a posto', en: 'All well' } }, ...others];
}
