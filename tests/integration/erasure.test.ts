/**
 * A person is erased (ADR 0011): real hub, real desks, real files.
 *
 * Invariants: no byte of the person is left in the hub's folder; every chain verifies before and after; erased stays
 * erased through an offline desk, a restored desk, a restored hub and a crash between ledger and database.
 */
import { appendFileSync, copyFileSync, cpSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { openStore } from '../../hub/store/open-store.ts';
import { importFile, rejectsFileName } from '../../hub/receivables/import-file.ts';
import { reassignCustomer } from '../../hub/receivables/reassign-customer.ts';
import type { ErasureReport } from '../../hub/erasure/erase-person.ts';
import { erasureReportSchema } from '../../hub/erasure/erase-person.ts';
import type { VerifyReport } from '../../hub/facts/verify-chains.ts';
import { verifyReportSchema } from '../../hub/facts/verify-chains.ts';
import type { CaseId } from '../../shared/id.ts';
import { newId } from '../../shared/id.ts';
import { plainDateSchema, systemClock } from '../../shared/time.ts';
import type { Agency } from '../support/agency.ts';
import { allSent, openAgency } from '../support/agency.ts';
import type { DeskProcess } from '../support/desk-process.ts';
import { runHub } from '../support/hub-process.ts';
import { promiseForm, signInAs } from '../support/shift.ts';

/** What the hub knows of the person, and what operators write. */
const known = ['Ermenegildo Bianchi', 'BNCRNG60A01H501T', 'ermenegildo@esempio.it', 'Vicolo Stretto 7', '0971000555', 'FT-SEGRETA-1'];
const written = 'ne parla solo con il nipote Teofilo';

const headers = 'Codice cliente;Ragione sociale;Codice fiscale;Email;Indirizzo;Telefono;Numero fattura;Data fattura;Scadenza;Importo';
const person = (code: string, number: string, due = '28/02/2026', amount = '150,00'): string =>
  `${code};Ermenegildo Bianchi;BNCRNG60A01H501T;ermenegildo@esempio.it;Vicolo Stretto 7;0971000555;${number};31/01/2026;${due};${amount}`;
const other = 'K-2;Lucrezia Verdi;VRDLRZ70A41H501Q;lucrezia@esempio.it;Piazza Larga 1;0971000556;FT-ALTRA-1;31/01/2026;28/02/2026;200,00';

interface Stage { agency: Agency; caseIds: CaseId[]; customerId: string; otherCase: CaseId }

async function erase(agency: Agency, ...more: string[]): Promise<ErasureReport> {
  const target = ['--customer', 'K-1', '--creditor', 'Luce del Sele'];
  return erasureReportSchema.parse(JSON.parse(await runHub(['erase', '--data', agency.hub.dataDir, ...target, '--reason', 'richiesta del 3 marzo', '--json', ...more])));
}

async function verify(agency: Agency): Promise<VerifyReport> {
  return verifyReportSchema.parse(JSON.parse(await runHub(['verify', '--json', '--data', agency.hub.dataDir])));
}

/** One person with two creditors, somebody else beside, both worked by carla. */
async function openStage(): Promise<Stage> {
  const agency = await openAgency();
  const { dataDir } = agency.hub;
  const store = await openStore({ dataDir, postgresUrl: null });
  try {
    const bring = async (creditorName: string, rows: string[]): Promise<void> => {
      const path = join(agency.folder, `${newId<string>()}.csv`);
      writeFileSync(path, [headers, ...rows].join('\n'));
      const rejectsPath = join(dataDir, 'rejects', rejectsFileName(systemClock, creditorName));
      const done = await importFile(store, systemClock, { file: { path }, creditorName, options: {}, asOf: plainDateSchema.parse('2026-03-10'), dryRun: false, rejectsPath });
      expect(done.ok).toBe(true);
    };
    await bring('Luce del Sele', [person('K-1', 'FT-SEGRETA-1'), other, person('K-1', 'FT-SEGRETA-2', 'mai'), 'K-2;Lucrezia Verdi;;;;;FT-ROTTA;31/01/2026;mai;1,00']);
    await bring('Gas del Sele', [person('ZZ9', 'FT-SEGRETA-3')]);
    const people = await store.read((tx) => tx.selectFrom('cases').select(['case_id', 'customer_id', 'name'])
      .where('name', 'in', ['Ermenegildo Bianchi', 'Lucrezia Verdi']).orderBy('case_id').execute());
    const carla = await store.read((tx) => tx.selectFrom('users').select('user_id').where('username', '=', 'carla').executeTakeFirstOrThrow());
    for (const customerId of new Set(people.map((row) => row.customer_id))) {
      expect((await reassignCustomer(store, systemClock, { customerId, ownerId: carla.user_id })).ok).toBe(true);
    }
    const [theirs, others] = [people.filter((row) => row.name.startsWith('Erm')), people.filter((row) => row.name.startsWith('Luc'))];
    return { agency, caseIds: theirs.map((row) => row.case_id), customerId: theirs[0]!.customer_id, otherCase: others[0]!.case_id };
  } finally {
    await store.close();
  }
}

/** A desk that has the person's cases. */
async function startCarla(stage: Stage, profile = 'pc'): Promise<DeskProcess> {
  const desk = await stage.agency.startDesk(profile);
  await signInAs(desk, 'carla');
  return desk;
}

async function holdsCases(desk: DeskProcess, caseIds: readonly CaseId[], held: boolean): Promise<void> {
  await desk.until('list-worklist', { view: 'all', creditorId: null }, ({ rows }) =>
    rows.length > 0 && caseIds.every((caseId) => rows.some((row) => row.caseId === caseId) === held));
}

const basedOn = { caseRevision: 1, scriptVersion: null };

/** Two facts: what was agreed, and that the right party was known. */
async function work(desk: DeskProcess, caseId: CaseId, note = written): Promise<string> {
  const saved = await desk.command('record-outcome', { caseId, locale: 'it', form: promiseForm({ amountText: '10,00', note }), basedOn });
  if (!saved.ok) throw new Error(saved.error.code);
  return saved.value.factId;
}

/** The files under a folder that hold one of the texts, as bytes. */
function filesWith(folder: string, texts: readonly string[]): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).flatMap((entry) => {
    const bytes = readFileSync(join(entry.parentPath, entry.name));
    return texts.filter((text) => bytes.includes(text)).map((text) => `${entry.name}: ${text}`);
  });
}

describe('erasing a person', () => {
  it('leaves nothing at the hub and on the desks, and the chains as they were; a dry run leaves everything', async () => {
    const stage = await openStage();
    const { agency, caseIds, otherCase } = stage;
    const desk = await startCarla(stage);
    const lead = await agency.startDesk('lead');
    await signInAs(lead, 'laura.lead');
    await holdsCases(desk, [...caseIds, otherCase], true);
    const factIds = [await work(desk, caseIds[0]!), await work(desk, otherCase, 'di Lucrezia'), await work(desk, caseIds[1]!)];
    const bytes = new TextEncoder().encode('%PDF-1.4 disdetta firmata da Eufrasia per lui');
    const attached = await desk.command('attach-file', { caseId: caseIds[0]!, fileName: 'disdetta.pdf', mediaType: 'application/pdf', note: '', bytes, basedOn });
    if (!attached.ok) throw new Error(attached.error.code);
    factIds.push(attached.value.factId);
    await allSent(desk);
    await lead.until('list-incoming', {}, ({ rows }) => rows.length === 3);
    const draft = { code: null, amountText: '', dateText: '', method: '', cause: '', disputeReason: '', disputeInvoiceId: '', callbackAudience: '', note: written, scriptStepId: '' };
    expect(await desk.command('save-draft', { caseId: caseIds[0]!, draft })).toMatchObject({ ok: true });

    const dry = await erase(agency, '--dry-run');
    expect(dry).toMatchObject({ dryRun: true, invoices: 2, facts: 5, attachments: 1, rejects: { toCheck: [], cleaned: [{ rows: 1 }] } });
    expect(caseIds).toHaveLength(2);
    for (const text of [...known, written, 'Eufrasia']) expect(filesWith(agency.hub.dataDir, [text]), text).not.toEqual([]);
    expect(await verify(agency)).toMatchObject({ ok: true, facts: 7, erased: 0 });

    expect(await erase(agency)).toMatchObject({ dryRun: false, facts: 5, attachments: 1, scrubbed: true });
    expect(filesWith(agency.hub.dataDir, [...known, written, 'FT-SEGRETA', 'Teofilo', 'Eufrasia', 'disdetta.pdf'])).toEqual([]);
    expect(filesWith(agency.hub.dataDir, ['Lucrezia Verdi', 'FT-ROTTA', 'di Lucrezia']).length).toBeGreaterThan(2);
    expect(await verify(agency)).toMatchObject({ ok: true, links: 7, facts: 7, erased: 5, unexplained: 0, broken: [] });

    await holdsCases(desk, caseIds, false);
    await holdsCases(desk, [otherCase], true);
    expect(await desk.query('search-cases', { text: 'Ermenegildo' })).toMatchObject({ ok: true, value: { rows: [] } });
    expect(await desk.query('show-case', { caseId: caseIds[0]! })).toMatchObject({ ok: false, error: { code: 'case-not-found' } });
    expect(await desk.command('save-draft', { caseId: caseIds[0]!, draft })).toMatchObject({ ok: false, error: { code: 'case-not-mine' } });
    expect(await desk.command('add-note', { caseId: caseIds[0]!, text: written, basedOn })).toMatchObject({ ok: false, error: { code: 'case-not-mine' } });
    const incoming = await lead.until('list-incoming', {}, ({ rows }) => rows.length === 1);
    expect(incoming.rows[0]).toMatchObject({ customerName: 'Lucrezia Verdi' });
    // The desk goes on behind the erased links.
    factIds.push(await work(desk, otherCase, 'ancora Lucrezia'));
    await allSent(desk);
    expect(await verify(agency)).toMatchObject({ ok: true, facts: 9, erased: 5 });
    const listed = (await runHub(['facts', '--ids', '--data', agency.hub.dataDir])).trim().split('\n');
    expect(listed).toHaveLength(9);
    expect(listed).toEqual(expect.arrayContaining(factIds));
  });

  it('stores of a desk that was offline the links only', async () => {
    const stage = await openStage();
    const { agency, caseIds } = stage;
    let desk = await startCarla(stage);
    await holdsCases(desk, caseIds, true);
    await agency.killHub();
    const factId = await work(desk, caseIds[0]!);
    await desk.stop();
    await erase(agency);
    await agency.startHub();
    desk = await startCarla(stage);
    await allSent(desk);
    await holdsCases(desk, caseIds, false);
    expect(await runHub(['facts', '--ids', '--data', agency.hub.dataDir])).toContain(factId);
    expect(await verify(agency)).toMatchObject({ ok: true, facts: 2, erased: 2, unexplained: 0 });
    expect(filesWith(agency.hub.dataDir, [...known, 'Teofilo'])).toEqual([]);
  });

  it('reaches a desk that was restored from a backup, which brings nothing back', async () => {
    const stage = await openStage();
    const { agency, caseIds, otherCase } = stage;
    let desk = await startCarla(stage);
    await holdsCases(desk, caseIds, true);
    await work(desk, caseIds[0]!);
    await allSent(desk);
    await desk.stop();
    cpSync(`${agency.folder}/pc`, `${agency.folder}/backup`, { recursive: true });
    desk = await startCarla(stage);
    await work(desk, otherCase, 'dopo la copia');
    await allSent(desk);
    await erase(agency);
    await desk.stop();
    rmSync(`${agency.folder}/pc`, { recursive: true });
    cpSync(`${agency.folder}/backup`, `${agency.folder}/pc`, { recursive: true });
    // Offline it still shows the person; a last outcome makes its history differ from the hub's.
    await agency.killHub();
    desk = await startCarla(stage);
    await holdsCases(desk, caseIds, true);
    await work(desk, caseIds[1]!, 'sulla copia: Teofilo');
    await agency.startHub();
    await desk.command('sync-now', {});
    await holdsCases(desk, caseIds, false);
    await allSent(desk);
    expect(await verify(agency)).toMatchObject({ ok: true, facts: 6, erased: 4, unexplained: 0 });
    expect(filesWith(agency.hub.dataDir, [...known, 'Teofilo'])).toEqual([]);
  });

  it('survives a hub whose database is restored from a backup; desks push the links it lost', async () => {
    const stage = await openStage();
    const { agency, caseIds, otherCase } = stage;
    const { dataDir } = agency.hub;
    const desk = await startCarla(stage);
    await holdsCases(desk, caseIds, true);
    await work(desk, caseIds[0]!, 'prima della copia: Teofilo');
    await allSent(desk);
    await agency.killHub();
    await verify(agency);
    copyFileSync(join(dataDir, 'hub.sqlite'), `${agency.folder}/last-night.sqlite`);
    expect(readFileSync(`${agency.folder}/last-night.sqlite`).includes('Teofilo'), 'the backup holds the person').toBe(true);
    await agency.startHub();
    await desk.command('sync-now', {});
    await work(desk, caseIds[0]!);
    await work(desk, otherCase, 'di Lucrezia');
    await allSent(desk);
    await erase(agency);
    await holdsCases(desk, caseIds, false);

    await agency.killHub();
    for (const name of readdirSync(dataDir).filter((entry) => entry.startsWith('hub.sqlite'))) rmSync(join(dataDir, name));
    copyFileSync(`${agency.folder}/last-night.sqlite`, join(dataDir, 'hub.sqlite'));
    await agency.startHub();
    expect(filesWith(dataDir, [...known, 'Teofilo']), 'erased again before anybody is served').toEqual([]);
    await desk.command('sync-now', {});
    await allSent(desk);
    expect(await verify(agency)).toMatchObject({ ok: true, facts: 6, erased: 4, unexplained: 0 });
    expect(filesWith(dataDir, [...known, 'Teofilo'])).toEqual([]);
    const fresh = await startCarla(stage, 'another-pc');
    await holdsCases(fresh, [otherCase], true);
    await holdsCases(fresh, caseIds, false);
  });

  it('goes on after a crash behind the ledger’s line; a torn line counts for nothing, a damaged one stops the hub', async () => {
    const { agency, caseIds, customerId } = await openStage();
    const { dataDir } = agency.hub;
    await agency.killHub();
    const ledger = join(dataDir, 'erasures.ndjson');
    const line = JSON.stringify({ customerId, caseIds, at: 1_700_000_000_000 });
    writeFileSync(ledger, line.slice(0, -9));
    await agency.startHub();
    expect(filesWith(dataDir, ['Ermenegildo Bianchi'])).not.toEqual([]);
    await agency.killHub();
    writeFileSync(ledger, `${line}\n`);
    await agency.startHub();
    expect(filesWith(dataDir, [...known, 'Teofilo'])).toEqual([]);
    await agency.killHub();
    // A lost ledger is made again from the database.
    rmSync(ledger);
    await agency.startHub();
    expect(readFileSync(ledger, 'utf8')).toBe(`${line}\n`);
    await agency.killHub();
    appendFileSync(ledger, '{"customerId":"somebody"}\n');
    await expect(agency.startHub()).rejects.toThrow(/Line 2 of/);
    writeFileSync(ledger, `${line}\n`);
    await agency.startHub();
  });

  it('takes the person’s rows out of rejects files, and points at what it cannot judge', async () => {
    const { agency } = await openStage();
    const { dataDir } = agency.hub;
    const folder = join(dataDir, 'rejects');
    const [own] = readdirSync(folder);
    // Of another creditor: the name alone may be a namesake's; the tax code is nobody else's.
    const strange = join(folder, 'rejects-00000000-1.csv');
    writeFileSync(strange, '\ufeffRiga;Motivo;Chi;Nota\r\n2;manca;Ermenegildo Bianchi;\r\n3;manca;Tale;"cf BNCRNG60A01H501T; vedi"\r\n4;manca;Tizio;BNCRNG60A01H501T\r\n5;manca;Tizio;"resta; così"\r\n');
    const report = await erase(agency);
    expect(report.rejects.cleaned.map((entry) => entry.rows)).toEqual([1, 1]);
    expect(report.rejects.toCheck).toEqual([{ file: strange, line: 2 }, { file: strange, line: 3 }]);
    expect(readFileSync(strange, 'utf8')).toBe('\ufeffRiga;Motivo;Chi;Nota\r\n2;manca;Ermenegildo Bianchi;\r\n3;manca;Tale;"cf BNCRNG60A01H501T; vedi"\r\n5;manca;Tizio;"resta; così"\r\n');
    const ownText = readFileSync(join(folder, own!), 'utf8');
    expect(ownText).toContain('FT-ROTTA');
    expect(ownText).not.toContain('Ermenegildo');
  });

  it('refuses a reason that names the person, an unknown customer, and half a command', async () => {
    const { agency } = await openStage();
    const run = (...args: string[]): Promise<{ code: number; stderr: string }> => runHub(['erase', '--data', agency.hub.dataDir, ...args])
      .then(() => ({ code: 0, stderr: '' }), (error: unknown) => z.object({ code: z.number(), stderr: z.string() }).parse(error));
    const target = ['--customer', 'K-1', '--creditor', 'Luce del Sele'];
    expect(await run(...target, '--reason', 'lo chiede Ermenegildo Bianchi')).toMatchObject({ code: 1, stderr: expect.stringContaining('without the person’s name') as string });
    expect(await run(...target)).toMatchObject({ code: 2 });
    expect(await run('--customer', 'K-1', '--reason', 'richiesta')).toMatchObject({ code: 2 });
    expect(await run('--customer', 'K-9', '--creditor', 'Luce del Sele', '--reason', 'richiesta')).toMatchObject({ code: 1, stderr: expect.stringContaining('no such customer') as string });
    expect(existsSync(join(agency.hub.dataDir, 'erasures.ndjson'))).toBe(false);
  });
});
