/**
 * The whole of it: the built app, a real hub with an account provisioned by its command line, the exchange, one operator signed in.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Rig } from '../../../scripts/telephone-rig/start-rig.ts';
import { rigDomain, startRig } from '../../../scripts/telephone-rig/start-rig.ts';
import { writeTone } from '../../../scripts/telephone-rig/write-tone.ts';
import type { PlainDate } from '../../../shared/time.ts';
import { addDays, dateOfInstant, systemClock } from '../../../shared/time.ts';
import type { AppProcess } from '../../support/app-process.ts';
import { startApp } from '../../support/app-process.ts';
import { HubProcess, runHub } from '../../support/hub-process.ts';
import type { PageLine } from '../../support/page-line.ts';
import { followLine } from '../../support/page-line.ts';
import { signIn } from '../../support/screen-shift.ts';
import { MICROPHONE_HZ } from './telephone-app.ts';

export const creditor = 'Acque di Prova';
/** What customers of this creditor see. */
export const shownNumber = '+390828555000';
export const demoPassword = 'premura-demo';
const carla = { username: 'carla', name: 'Carla Serra', role: 'collector' };
/** The second may not be called now: where their number is, it is night. */
export const customers = [
  { name: 'Serena Diurni', number: '0828 001001' },
  { name: 'Notturni Oltremare', number: '+1 212 555 0147' },
] as const;

export interface Person { username: string; name: string; role: string }

export interface OpenApp extends AppProcess {
  line: PageLine;
}

export interface AppStage {
  rig: Rig;
  dataDir: string;
  hubUrl: string;
  /** Where the app keeps what it keeps. */
  profileDir: string;
  /** The hub names another address of the exchange: a tap in front of it. */
  moveExchange(url: string): Promise<void>;
  /** Another creditor's file, or more of this one's. */
  importFile(creditor: string, people: readonly { name: string; number: string }[]): Promise<void>;
  addPerson(person: Person): Promise<void>;
  /** Opens the app on the same profile, with a microphone that sounds a tone. */
  open(): Promise<OpenApp>;
  /** Call-IDs that the exchange was asked for by the operator, with whom they asked for and what they wanted to be shown as. */
  invites(): { id: string; called: string; shown: string }[];
  close(): Promise<void>;
}

interface StageOptions {
  customers?: readonly { name: string; number: string }[];
  /** Who sits at the app; the customers are Carla's all the same. */
  operator?: Person;
}

export async function openAppStage({ customers: people = customers, operator = carla }: StageOptions = {}): Promise<AppStage> {
  const folder = mkdtempSync(path.join(tmpdir(), 'premura-app-telephone-'));
  const dataDir = path.join(folder, 'hub');
  const rig = await startRig(path.join(folder, 'rig'));
  const addPerson = async ({ username, name, role }: Person): Promise<void> => {
    await runHub(['users', 'add', '--data', dataDir, '--username', username, '--name', name, '--role', role, '--password', demoPassword, ...(role === 'collector' ? ['--certificates', 'full'] : [])]);
  };
  const importFile: AppStage['importFile'] = async (of, rows) => {
    writeFileSync(path.join(folder, 'file.csv'), renderFile(rows));
    await runHub(['import', path.join(folder, 'file.csv'), '--data', dataDir, '--creditor', of, '--currency', 'EUR', '--json']);
  };
  await addPerson(carla);
  if (operator.username !== carla.username) await addPerson(operator);
  await importFile(creditor, people);
  const moveExchange = async (url: string): Promise<void> => {
    await runHub(['telephone', 'exchange', '--data', dataDir, '--server', url, '--domain', rigDomain]);
  };
  await moveExchange(rig.wsUrl);
  await runHub(['telephone', 'account', '--data', dataDir, '--username', operator.username, '--sip-user', '1001', '--password', 'pw1001']);
  await runHub(['telephone', 'caller-id', '--data', dataDir, '--creditor', creditor, '--number', shownNumber]);
  const hub = await HubProcess.start(dataDir);
  const microphone = path.join(folder, 'microphone.wav');
  writeTone(microphone, { frequencyHz: MICROPHONE_HZ, sampleRateHz: 48_000, durationMs: 10_000, amplitude: 0.4 });
  return {
    rig, dataDir, moveExchange, addPerson, importFile, hubUrl: hub.url, profileDir: path.join(folder, 'profile'),
    open: async () => {
      const running = await startApp({
        profileDir: path.join(folder, 'profile'), hubUrl: hub.url,
        switches: ['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream', `--use-file-for-fake-audio-capture=${microphone}`, '--allow-loopback-in-peer-connection'],
      });
      running.page.setDefaultTimeout(30_000);
      const line = await followLine(running.page);
      await signIn(running.page, { username: operator.username, password: demoPassword });
      await line.until(({ kind, line: { name } }) => kind === 'exchange' && name === 'registered', 'on the line');
      // What takes echo and noise away takes a steady tone for one of them.
      await line.order('choose-devices', { microphoneId: null, speakerId: null, ringId: null, processing: false });
      return { ...running, line };
    },
    invites: () => {
      const log = readFileSync(path.join(rig.state, 'kamailio.log'), 'utf8');
      const seen = [...log.matchAll(/INVITE (\S+) of 1001 for (\S+), shown (.*)$/gm)].map(([, id = '', called = '', shown = '']) => ({ id, called, shown }));
      return [...new Map(seen.map((one) => [one.id, one])).values()];
    },
    close: async () => {
      await hub.stop();
      await rig.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function renderFile(people: readonly { name: string; number: string }[]): string {
  const typed = (date: PlainDate): string => date.split('-').reverse().join('/');
  const today = dateOfInstant(systemClock.nowMs(), 'Europe/Rome');
  const rows = people.map(({ name, number }, at) => {
    const code = `T${String(at + 1).padStart(4, '0')}`;
    return `${code};${name};Persona fisica;TEL-${code};${typed(addDays(today, -60))};${typed(addDays(today, -30))};${String(100 + at)},00;${number}`;
  });
  return ['Codice cliente;Intestatario;Tipo cliente;N. bolletta;Data emissione;Scadenza;Importo;Telefono', ...rows, ''].join('\r\n');
}
