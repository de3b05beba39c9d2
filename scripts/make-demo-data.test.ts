import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkRepeats } from '../hub/imports/check-repeats.ts';
import { demoManifestSchema } from '../hub/imports/demo-manifest.ts';
import { guessKind } from '../hub/imports/guess-kind.ts';
import type { ImportRow } from '../hub/imports/import-row.ts';
import { readRows } from '../hub/imports/read-rows.ts';
import { renderDemoFile } from '../hub/imports/render-demo-file.ts';
import { createRowSummary } from '../hub/imports/summarise-rows.ts';
import { normalisePhone } from '../shared/case/normalise-phone.ts';
import { daysBetween, plainDateSchema } from '../shared/time.ts';
import { demoSeed, makeDemoFiles } from './make-demo-data.ts';

const folder = join(import.meta.dirname, '../assets/demo');
const anchor = plainDateSchema.parse('2028-03-01');
const manifest = demoManifestSchema.parse(JSON.parse(readFileSync(join(folder, 'users.json'), 'utf8')));

async function rowsOf(name: string): Promise<{ rows: ImportRow[]; summary: ReturnType<ReturnType<typeof createRowSummary>['result']> }> {
  const opened = await readRows(renderDemoFile(readFileSync(join(folder, name)), anchor));
  if (!opened.ok) throw new Error(opened.error.code);
  const summary = createRowSummary(anchor);
  const rows: ImportRow[] = [];
  for await (const item of checkRepeats(opened.value.rows)) {
    summary.add(item);
    if (item.type === 'row') rows.push(item.row);
  }
  return { rows, summary: summary.result() };
}

describe('renderDemoFile', () => {
  it('writes dates from offsets and leaves every other byte alone', () => {
    const template = Buffer.from('é;{{-1}};{{+6}};{{0}};{{x}};\u20ac', 'latin1');
    const expected = Buffer.from('é;29/02/2028;07/03/2028;01/03/2028;{{x}};\u20ac', 'latin1');
    expect(renderDemoFile(template, anchor)).toEqual(expected);
  });
});

describe('the demo files', () => {
  it('are what the generator writes', () => {
    for (const [name, bytes] of makeDemoFiles(demoSeed)) expect(readFileSync(join(folder, name)).equals(bytes), name).toBe(true);
    expect([...makeDemoFiles(demoSeed + 1).values()][0]?.equals([...makeDemoFiles(demoSeed).values()][0] ?? Buffer.alloc(0))).toBe(false);
  });

  it('are all named in the manifest', () => {
    expect(new Set(manifest.creditors.flatMap(({ file, newerFile }) => (newerFile === null ? [file] : [file, newerFile])))).toEqual(new Set(makeDemoFiles(demoSeed).keys()));
    expect(manifest.users.map(({ username }) => username)).toEqual(['admin', 'laura.lead', 'carla', 'marco']);
  });

  it.each([['acque-del-sele.csv', 60], ['vini-montanari.csv', 40], ['acque-del-sele-newer.csv', 57]])('%s imports without a reject and shows every situation', async (name, customers) => {
    const { rows, summary } = await rowsOf(name);
    expect(summary.rows.rejected + summary.rows.repeated).toBe(0);
    expect(summary.customers).toBeGreaterThanOrEqual(customers - 3);
    expect(summary.open.overdue).toBeGreaterThan(20);
    const late = rows.filter((row) => row.settledDate === null && row.amountCents > 0).map((row) => daysBetween(row.dueDate, anchor));
    const between = (low: number, high: number): number => late.filter((days) => days >= low && days <= high).length;
    const situations = {
      notYetDue: between(-60, -2), justDue: between(-1, 3), to30: between(4, 30), to60: between(31, 60), to90: between(61, 90), over90: between(91, 300),
      disputed: rows.filter((row) => row.disputed).length, paidThisMorning: rows.filter((row) => row.settledDate === anchor).length,
      credits: rows.filter((row) => row.amountCents < 0).length, partlyPaid: rows.filter((row) => (row.residualCents ?? 0) > 0 && (row.residualCents ?? 0) < row.amountCents).length,
    };
    for (const [situation, count] of Object.entries(situations)) expect(count, situation).toBeGreaterThan(0);
    expect(rows.every((row) => row.issueDate < anchor && row.dueDate > row.issueDate)).toBe(true);
  });

  it('hold no number that could ring and no address that could arrive', async () => {
    const reserved = /^\+39(?:0971|0975|0828)000\d{3}$|^\+39311000\d{4}$|^\+493023125\d{3}$|^\+442079460\d{3}$|^\+336399800\d{2}$/;
    for (const { file } of manifest.creditors) {
      const { rows } = await rowsOf(file);
      const phones = rows.flatMap((row) => normalisePhone(row.phone ?? ''));
      expect(phones.length).toBeGreaterThan(60);
      for (const phone of phones) if (phone.e164 !== null) expect(phone.e164).toMatch(reserved);
      for (const row of rows) expect(row.email ?? 'x@y.example').toMatch(/^[a-z0-9.]+@[a-z0-9]+\.example$/);
    }
    const water = (await rowsOf('acque-del-sele.csv')).rows.flatMap((row) => normalisePhone(row.phone ?? ''));
    expect(water.filter((phone) => !phone.usable).map((phone) => phone.problem)).toContain('spreadsheet-exponent');
    expect(new Set(water.map((phone) => phone.kind))).toEqual(new Set(['landline', 'mobile', 'unknown']));
  });

  it('keep long names, accents and every kind of debtor', async () => {
    const water = (await rowsOf('acque-del-sele.csv')).rows;
    const wine = (await rowsOf('vini-montanari.csv')).rows;
    const names = new Set([...water, ...wine].map((row) => row.customerName));
    for (const name of ['Officine Meccaniche Fratelli Quattordicivalli di Quattordicivalli Giovanni & C. s.n.c.', 'Weinhandlung Grünwäldchen & Söhne OHG', 'Condominio Via dei Tigli 12']) {
      expect(names).toContain(name);
    }
    expect(new Set(water.map((row) => row.kind))).toEqual(new Set(['person', 'sole-trader', 'company', 'public-body', 'condominium']));
    expect(new Set(wine.map((row) => row.language))).toEqual(new Set(['it', 'de', 'en', 'fr']));
    for (const row of water) if (row.kind === 'condominium' || row.kind === 'person') expect(guessKind(row.customerName, row.taxCode)).toBe(row.kind);
    const shared = [water, wine].map((rows) => rows.find((row) => row.customerName === 'Agriturismo La Ginestra'));
    expect(shared[0]?.taxCode).toBe(shared[1]?.taxCode);
  });

  it('hold a newer file with gone, changed and new invoices', async () => {
    const [older, newer] = await Promise.all(['acque-del-sele.csv', 'acque-del-sele-newer.csv'].map(async (name) => new Map((await rowsOf(name)).rows.map((row) => [`${row.customerCode} ${row.invoiceNumber}`, row.amountCents]))));
    if (older === undefined || newer === undefined) throw new Error('unreachable');
    expect([...older.keys()].filter((key) => !newer.has(key))).toHaveLength(6);
    expect([...newer.keys()].filter((key) => !older.has(key))).toHaveLength(5);
    expect([...older].filter(([key, cents]) => newer.has(key) && newer.get(key) !== cents)).toHaveLength(1);
  });
});
