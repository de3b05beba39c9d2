/** The hub's command line as a user runs it: separate processes, real files. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import Database from 'better-sqlite3';
import type { CaseId } from '../../shared/id.ts';
import { newId } from '../../shared/id.ts';
import type { HubToMain } from '../../shared/contract/host-protocol.ts';
import { hubToMainSchema } from '../../shared/contract/host-protocol.ts';
import { verifyReportSchema } from '../../hub/facts/verify-chains.ts';
import { importReportSchema } from '../../hub/receivables/import-report.ts';
import { hubReportSchema } from '../../hub/report/read-report.ts';
import { HubProcess } from '../support/hub-process.ts';
import { noAnswer, PASSWORD, pullPage, signInOver, startTestHub, TestDevice, addAndSignIn } from './hub-harness.ts';
import { writeXlsx } from '../support/write-xlsx.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const cli = join(root, 'hub', 'cli.ts');
const sample = join(root, 'assets', 'demo', 'receivables-2012-2013.csv');
const sampleMap = 'customerCode=customerID,invoiceNumber=invoiceNumber,issueDate=InvoiceDate,dueDate=DueDate,amount=InvoiceAmount,disputed=Disputed,settledDate=SettledDate';

let folder: string;
let counter = 0;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'premura-cli-'));
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

function freshData(): string {
  counter += 1;
  return join(folder, `hub-${String(counter)}`);
}

interface Ran { code: number | null; out: string; said: string }

async function run(args: string[], input = ''): Promise<Ran> {
  const child = spawn(process.execPath, [cli, ...args], { stdio: ['pipe', 'pipe', 'pipe'] });
  let out = '';
  let said = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text));
  child.stdin.end(input);
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, out, said };
}

async function importJson(data: string, file: string, ...more: string[]): Promise<ReturnType<typeof importReportSchema.parse>> {
  const ran = await run(['import', file, '--data', data, '--json', ...more]);
  expect(ran).toMatchObject({ code: 0 });
  const report = importReportSchema.parse(JSON.parse(ran.out));
  expect(ran.out.includes('"missing"'), 'missing is printed only where something is').toBe(report.missing.length > 0);
  return report;
}

const sampleOptions = ['--creditor', 'Sample', '--map', sampleMap, '--date-format', 'M/D/YYYY', '--currency', 'USD', '--as-of', '2013-06-30'];
const figures = {
  amount: { USD: '147703.18' }, open: { invoices: 84, customers: 52, amount: { USD: '5119.85' }, overdue: 12 }, rejects: null, missing: [],
};

describe('import', () => {
  it('gives the published figures; a dry run stores nothing; the same file again changes nothing', async () => {
    const data = freshData();
    const first = { customers: { new: 100, updated: 0, unchanged: 0 }, invoices: { new: 2466, updated: 0, unchanged: 0, rejected: 0 }, ...figures };
    const again = { customers: { new: 0, updated: 0, unchanged: 100 }, invoices: { new: 0, updated: 0, unchanged: 2466, rejected: 0 }, ...figures };
    await run(['users', 'add', '--data', data, '--username', 'anna', '--role', 'collector', '--password', PASSWORD]);
    expect(await importJson(data, sample, ...sampleOptions, '--dry-run')).toEqual(first);
    expect(await importJson(data, sample, ...sampleOptions)).toEqual(first);
    const before = feedLogLength(data);
    expect(await importJson(data, sample, ...sampleOptions)).toEqual(again);
    expect(feedLogLength(data)).toBe(before);
    const report = hubReportSchema.parse(JSON.parse((await run(['report', '--data', data, '--json', '--as-of', '2013-06-30'])).out));
    expect(report).toMatchObject({ customers: 100, unassignedCustomers: 0, open: { invoices: 84, overdue: 12, amount: { USD: '5119.85' } } });
  });

  it('reads a sheet of a workbook, and a file of customers', async () => {
    const data = freshData();
    const header = ['Codice cliente', 'Numero fattura', 'Data fattura', 'Scadenza', 'Importo'];
    const invoices = join(folder, 'invoices.xlsx');
    writeFileSync(invoices, writeXlsx({
      writer: 'libreoffice',
      sheets: [{ name: 'Uno', rows: [header, ['1', 'A', { date: 46086 }, { date: 46116 }, { number: 10.5 }]] }, { name: 'Due', rows: [header, ['2', 'B', { date: 46086 }, { date: 46116 }, { number: 20 }]] }],
    }));
    expect(await importJson(data, invoices, '--creditor', 'Uno', '--sheet', 'Due', '--as-of', '2026-11-01')).toMatchObject({ invoices: { new: 1 }, amount: { EUR: '20.00' } });
    const customers = join(folder, 'customers.xlsx');
    writeFileSync(customers, writeXlsx({ writer: 'excel', sheets: [{ name: 'a', rows: [['Codice cliente', 'Telefono'], ['2', { number: 3391234567 }], ['3', null]] }] }));
    expect(await importJson(data, customers, '--creditor', 'Uno', '--content', 'customers')).toMatchObject({ customers: { new: 1, updated: 1 }, invoices: { new: 0 }, missing: [] });
    expect((await run(['import', invoices, '--data', data, '--creditor', 'Uno', '--sheet', 'Tre'])).said).toContain('Uno, Due');
  });

  it('takes the good rows, writes the bad ones with their reason, and lists what a newer file no longer holds', async () => {
    const data = freshData();
    const header = 'Codice cliente;Ragione sociale;Numero fattura;Data fattura;Scadenza;Importo;Telefono;Codice fiscale\n';
    const older = join(folder, 'older.csv');
    writeFileSync(older, `${header}007;Maria Verdi;0012;01/02/2026;01/03/2026;1.234,56;0971 000 111;VRDMRA80A41F205X\n007;Maria Verdi;0013;01/02/2026;31/02/2026;10,00;;\n008;Gino Neri;0014;01/02/2026;01/03/2026;-20,00;;\n`);
    const report = await importJson(data, older, '--creditor', 'Uno', '--as-of', '2026-11-01');
    expect(report).toMatchObject({ customers: { new: 2 }, invoices: { new: 2, rejected: 1 }, amount: { EUR: '1214.56' }, missing: [] });
    expect(readFileSync(report.rejects ?? '', 'utf8')).toContain('0013');
    const newer = join(folder, 'newer.csv');
    writeFileSync(newer, `${header}008;Gino Neri;0014;01/02/2026;01/03/2026;-25,00;0971 000 222;\n`);
    const second = await importJson(data, newer, '--creditor', 'Uno', '--as-of', '2026-11-02');
    expect(second).toMatchObject({
      customers: { new: 0, updated: 1, unchanged: 0 }, invoices: { new: 0, updated: 1, unchanged: 0, rejected: 0 },
      missing: [{ customerCode: '007', invoiceNumber: '0012', issueDate: '2026-02-01', dueDate: '2026-03-01', residual: '1234.56', currency: 'EUR' }],
    });
    const told = await run(['import', newer, '--data', data, '--creditor', 'Uno', '--as-of', '2026-11-02']);
    expect(told.out).toMatch(/007 {2}0012 .*1234\.56/);
    // The same person with another creditor: two cases, one customer.
    const other = join(folder, 'other.csv');
    writeFileSync(other, `${header}A1;Verdi Maria;77;01/02/2026;01/03/2026;5,00;;VRDMRA80A41F205X\n`);
    await importJson(data, other, '--creditor', 'Due');
    const totals = hubReportSchema.parse(JSON.parse((await run(['report', '--data', data, '--json'])).out));
    expect(totals).toMatchObject({ customers: 2, cases: 3, unassignedCustomers: 2 });
  });

  it('an import beside a running hub reaches the operators', async () => {
    const data = freshData();
    await run(['users', 'add', '--data', data, '--username', 'anna', '--role', 'collector'], `${PASSWORD}\n`);
    const hub = await HubProcess.start(data);
    try {
      const anna = await signInOver({ url: hub.url }, 'anna');
      const start = await pullPage(anna, '');
      const live = await anna.call('GET', '/v1/live', undefined, { 'last-event-id': start.cursor.split(':')[0] ?? '' });
      const reader = live.body!.pipeThrough(new TextDecoderStream()).getReader();
      await importJson(data, sample, ...sampleOptions);
      let heard = '';
      while (!heard.includes('event: feed')) heard += (await reader.read()).value ?? '';
      await reader.cancel();
      const page = await pullPage(anna, start.cursor);
      expect(page.entities.filter((entity) => entity.kind === 'case').length).toBeGreaterThan(0);
    } finally {
      await hub.stop();
    }
  });
});

function feedLogLength(data: string): number {
  const database = new Database(join(data, 'hub.sqlite'), { readonly: true });
  const row = database.prepare('select count(*) as count from feed_log').get() as { count: number };
  database.close();
  return row.count;
}

describe('facts and verify', () => {
  it('lists what the hub holds, and finds an altered, a missing and a forged link; an erased body still verifies', async () => {
    const hub = await startTestHub({ dataDir: freshData() });
    const anna = await addAndSignIn(hub, 'anna', 'collector');
    const device = new TestDevice(anna.userId);
    for (let count = 0; count < 6; count += 1) device.add(newId<CaseId>(), 'outcome-recorded', noAnswer());
    await device.push(anna);
    await hub.stop();
    const data = hub.dataDir;

    const listed = await run(['facts', '--ids', '--data', data]);
    expect(listed.out.trim().split('\n')).toEqual(device.facts.map((fact): string => fact.header.id).sort());
    const whole = (await run(['facts', '--json', '--data', data])).out.trim().split('\n').map((line): unknown => JSON.parse(line));
    expect(whole).toHaveLength(6);
    expect(whole).toContainEqual(device.facts[3]);

    const verify = async (): Promise<{ code: number | null; faults: string[]; erased: number }> => {
      const ran = await run(['verify', '--json', '--data', data]);
      const report = verifyReportSchema.parse(JSON.parse(ran.out));
      expect(report.ok).toBe(report.broken.length === 0);
      return { code: ran.code, faults: report.broken.map((fault) => `${String(fault.seq)} ${fault.fault}`), erased: report.erased };
    };
    const change = (statement: string, ...values: unknown[]): void => {
      const database = new Database(join(data, 'hub.sqlite'));
      database.prepare(statement).run(...values);
      database.close();
    };
    expect(await verify()).toEqual({ code: 0, faults: [], erased: 0 });
    const id = (index: number): string => device.facts[index]?.header.id ?? '';
    change('update fact_content set salt = null, body = null where fact_id = ?', id(1));
    expect(await verify()).toEqual({ code: 0, faults: [], erased: 1 });
    change('update fact_content set body = ? where fact_id = ?', JSON.stringify({ ...noAnswer(), note: 'altered' }), id(2));
    expect(await verify()).toEqual({ code: 1, faults: ['3 body-mismatch'], erased: 1 });
    change('update facts set header = replace(header, ?, ?) where fact_id = ?', 'Europe/Rome', 'Europe/Oslo', id(3));
    expect((await verify()).faults).toEqual(['3 body-mismatch', '4 hash-mismatch']);
    change('delete from facts where fact_id = ?', id(4));
    expect((await verify()).faults).toEqual(['3 body-mismatch', '4 hash-mismatch', '6 gap']);
    change('delete from facts where fact_id = ?', id(5));
    expect((await verify()).faults).toEqual(['3 body-mismatch', '4 hash-mismatch', '4 last-link-mismatch']);
    const said = await run(['verify', '--data', data]);
    expect([said.code, said.out.split('.')[0]]).toEqual([1, 'The chains are BROKEN']);
  });
});

describe('usage', () => {
  it.each([
    [[]], [['dance']], [['serve']], [['serve', '--data', 'x', '--port', 'many']], [['import', '--data', 'x', '--creditor', 'y']],
    [['import', 'f.csv', '--data', 'x']], [['import', 'f.csv', '--data', 'x', '--creditor', 'y', '--map', 'nonsense=Column']],
    [['import', 'f.csv', '--data', 'x', '--creditor', 'y', '--as-of', '30/06/2013']], [['facts', '--data', 'x']], [['users', '--data', 'x']],
    [['users', 'add', '--data', 'x', '--username', 'a', '--role', 'king']], [['assign', '--data', 'x']], [['verify', '--data', 'x', '--nonsense']],
    [['verify', '--data', '/nonexistent/mistyped']],
  ])('%j is answered with a sentence and exit 2', async (args) => {
    const ran = await run(args);
    expect([ran.code, ran.out]).toEqual([2, '']);
    expect(ran.said.length).toBeGreaterThan(20);
    expect(ran.said).not.toMatch(/^\s+at /m);
  });

  it('a file that is not there is a sentence and exit 1', async () => {
    const ran = await run(['import', join(folder, 'nowhere.csv'), '--data', freshData(), '--creditor', 'y']);
    expect([ran.code, ran.out]).toEqual([1, '']);
    expect(ran.said).toMatch(/cannot be read/);
  });
});

describe('the embedded hub', () => {
  it('starts on a message, seeds the demo once, and stops on a message', async () => {
    const dataDir = freshData();
    const sizes: number[] = [];
    for (let round = 0; round < 2; round += 1) {
      const child = spawn(process.execPath, [join(root, 'hub', 'main.ts')], { stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
      const gone = once(child, 'exit');
      const answered = new Promise<HubToMain>((resolve) => child.once('message', (message) => resolve(hubToMainSchema.parse(message))));
      child.send({ type: 'start', config: { dataDir, host: '127.0.0.1', port: 0, demo: true } });
      const ready = await answered;
      if (ready.type !== 'ready') throw new Error(ready.message);
      const url = `http://127.0.0.1:${String(ready.port)}`;
      const carla = await signInOver({ url }, 'carla', 'premura-demo');
      const page = await pullPage(carla, '');
      sizes.push(page.entities.length);
      const recovery = page.entities.filter((entity) => entity.line === 'upsert' && entity.kind === 'case' && entity.body.recoveryApprovedOn !== null);
      expect(recovery.length).toBeGreaterThan(0);
      child.send({ type: 'shutdown' });
      expect(await gone).toEqual([0, null]);
    }
    expect(sizes[0]).toBeGreaterThan(20);
    expect(sizes[1]).toBe(sizes[0]);
  });
});
