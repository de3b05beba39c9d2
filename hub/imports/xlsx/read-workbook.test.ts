/** Workbooks of Excel, LibreOffice and accounting programs, read like the CSV of the same rows; and what is no workbook. */
import fc from 'fast-check';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import type { BookSpec, Cell } from '../../../tests/support/write-xlsx.ts';
import { writeXlsx, zip } from '../../../tests/support/write-xlsx.ts';
import { openSource } from '../decode-source.ts';
import type { ReadItem } from '../import-row.ts';
import type { ImportOptions } from '../inspect-file.ts';
import { openTable } from '../open-table.ts';
import type { CsvRecord } from '../read-records.ts';
import { readCustomers, readRows } from '../read-rows.ts';
import { numberText, readFormat } from './cell-text.ts';

const header: Cell[] = ['Codice cliente', 'Ragione sociale', 'Numero fattura', 'Data fattura', 'Scadenza', 'Importo', 'Contestata', 'Telefono'];
/** 5 March and 4 April 2026. */
const [issued, due] = [46086, 46116];
const writers = ['excel', 'libreoffice', 'inline'] as const;

async function read(bytes: Buffer, options: ImportOptions = {}): Promise<ReadItem[]> {
  const opened = await readRows(bytes, options);
  if (!opened.ok) throw new Error(JSON.stringify(opened.error));
  const items: ReadItem[] = [];
  for await (const item of opened.value.rows) items.push(item);
  return items;
}

async function errorOf(bytes: Buffer, options: ImportOptions = {}): Promise<string> {
  const opened = await readRows(bytes, options);
  if (!opened.ok) return opened.error.code;
  for await (const item of opened.value.rows) if (item.type === 'reject') continue;
  return 'none';
}

async function recordsOf(book: BookSpec): Promise<CsvRecord[]> {
  const source = await openSource(writeXlsx(book));
  const table = await openTable(source, () => 0);
  if (!table.ok) throw new Error(table.error.code);
  const records: CsvRecord[] = [];
  for await (const record of table.value.records()) records.push(record);
  await table.value.close();
  await source.close();
  return records;
}

describe.each(writers)('a workbook of %s', (writer) => {
  it('is read with its titles, dates, numbers, formulas, yes and no, gaps and hidden rows', async () => {
    const bytes = writeXlsx({
      writer,
      sheets: [
        { name: 'Istruzioni', rows: [['Come compilare il file'], ['Una riga per fattura']] },
        {
          name: 'Scaduto', merges: ['A1:H1'], hiddenRows: [5],
          rows: [
            ['Elenco scaduto al 31/03/2026', null, null], [null], header,
            ['00123', { rich: ['Rossi & ', 'C. «snc»'], phonetic: 'ROSSI' }, '2026/7', { date: issued }, { date: due }, { number: 55.940000000000005 }, { bool: true }, '3,39E+09'],
            [{ zeros: 5, digits: 45 }, 'Bianchi', { number: 12 }, { date: issued + 0.75 }, '04/04/2026', { formula: 'F4*2', value: 1.5 }, { bool: false }, { number: 3391234567 }],
            ['C3', { error: '#N/A' }, { formula: 'A1&"x"', value: 'F<3>' }, { number: issued }, { date: due }, { number: 1.234 }, null, { number: '3.391234568E9' }],
            [], ['C4', 'Verdi', '0009', { date: 60 }, { date: due }, { number: 10 }, null, null],
            ['C5', 'Neri', { number: '1.23456789012346E+17' }, { date: issued }, { date: due }, { number: 10 }, null, null],
          ],
        },
        { name: 'Segreto', hidden: true, rows: [header, header] },
      ],
    });
    const items = await read(bytes);
    const told = items.map((item) => item.type === 'reject' ? `${String(item.reject.line)} ${item.reject.reasonCode}`
      : [item.row.line, item.row.customerCode, item.row.customerName, item.row.invoiceNumber, item.row.issueDate, item.row.dueDate, item.row.amountCents,
        item.row.disputed, item.row.phone, item.hidden]);
    // Rows without an `r` are counted as they come.
    expect(told).toEqual([
      [4, '00123', 'Rossi & C. «snc»', '2026/7', '2026-03-05', '2026-04-04', 5594, true, '3,39E+09', false],
      [5, '00045', 'Bianchi', '12', '2026-03-05', '2026-04-04', 150, false, '3391234567', true],
      '6 amount-too-precise',
      '8 date-invalid',
      '9 code-exponent',
    ]);
  });

  it('counts days from 1904 where the workbook does', async () => {
    const rows: Cell[][] = [header, ['C1', 'A', '1', { date: issued - 1462 }, { number: due - 1462 }, { number: 10 }, null, null]];
    const [item] = await read(writeXlsx({ writer, date1904: true, sheets: [{ name: 'a', rows }] }));
    expect(item).toMatchObject({ row: { issueDate: '2026-03-05', dueDate: '2026-04-04' } });
  });

  it('gives the same import as the CSV of the same rows', async () => {
    const cell = fc.stringMatching(/^[A-Za-z0-9àèìòù&<>"';. _-]{1,12}$/).map((text) => text.trim()).filter((text) => text !== '' && !/^[="']|["']$/.test(text));
    const row = fc.record({
      code: cell, name: cell, number: fc.integer({ min: 1, max: 999_999 }), issuedOn: fc.integer({ min: 45_000, max: 47_000 }),
      days: fc.integer({ min: 0, max: 90 }), cents: fc.integer({ min: -999_999, max: 99_999_999 }), disputed: fc.boolean(),
    });
    await fc.assert(fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 20 }), async (rows) => {
      const names = ['Codice cliente', 'Ragione sociale', 'Numero fattura', 'Data fattura', 'Scadenza', 'Importo', 'Contestata'];
      const isoDay = (serial: number): string => numberText(String(serial), 'date', false);
      const csv = [names.join(';'), ...rows.map((one) => [
        one.code, one.name, String(one.number), isoDay(one.issuedOn), isoDay(one.issuedOn + one.days), (one.cents / 100).toFixed(2), one.disputed ? 'TRUE' : 'FALSE',
      ].map((text) => `"${text.replaceAll('"', '""')}"`).join(';'))].join('\n');
      const book = writeXlsx({
        writer,
        sheets: [{ name: 'a', rows: [names, ...rows.map((one): Cell[] => [
          one.code, one.name, { number: one.number }, { date: one.issuedOn }, { date: one.issuedOn + one.days }, { number: one.cents / 100 }, { bool: one.disputed },
        ])] }],
      });
      const bare = (items: ReadItem[]): unknown => items.map((item) => (item.type === 'row' ? item.row : item.reject.reasonCode));
      expect(bare(await read(book))).toEqual(bare(await read(Buffer.from(csv))));
    }), { numRuns: 40 });
  });
});

describe('sheets', () => {
  const rows: Cell[][] = [header, ['C1', 'A', '1', { date: issued }, { date: due }, { number: 10 }, null, null]];
  it('takes the sheet that is asked for, and says which there are', async () => {
    const other: Cell[][] = [header, ['C2', 'B', '2', { date: issued }, { date: due }, { number: 20 }, null, null]];
    const bytes = writeXlsx({ writer: 'excel', sheets: [{ name: 'Uno', rows }, { name: 'Due & tre', rows: other }] });
    expect(await read(bytes)).toMatchObject([{ row: { customerCode: 'C1' } }]);
    expect(await read(bytes, { sheet: 'Due & tre' })).toMatchObject([{ row: { customerCode: 'C2' } }]);
    expect(await readRows(bytes, { sheet: 'Quattro' })).toMatchObject({ ok: false, error: { code: 'import-sheet-unknown', details: { sheets: 'Uno, Due & tre' } } });
  });

  it('reads strings of many blocks, forwards and back', async () => {
    const many: Cell[][] = Array.from({ length: 3_000 }, (_, index) => [`${String(index)} ${'è'.repeat(200)}`]);
    const back: Cell[][] = many.toReversed();
    const records = await recordsOf({ writer: 'excel', sheets: [{ name: 'a', rows: [...many, ...back] }] });
    expect(records.map((record) => record.cells)).toEqual([...many, ...back]);
  });
});

describe('what is no workbook, or no good one', () => {
  const good = writeXlsx({ writer: 'excel', sheets: [{ name: 'a', rows: [header, ['C1', 'A', '1', { date: issued }, { date: due }, { number: 10 }, null, null]] }] });
  const part = (name: string, text: string): { name: string; bytes: Buffer } => ({ name, bytes: Buffer.from(text) });

  it('is refused where it is cut or bent, at every place', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'premura-xlsx-test-'));
    vi.stubEnv('TMPDIR', folder);
    let damaged = 0;
    for (let place = 40; place < good.length; place += 37) {
      const cut = await errorOf(good.subarray(0, place));
      expect(cut).toBe('import-workbook-damaged');
      const bent = Buffer.from(good);
      bent.writeUInt8(bent.readUInt8(place) ^ 0x10, place);
      const code = await errorOf(bent);
      // A date of the directory, or a part nobody reads, may be bent without harm.
      expect(['none', 'import-workbook-damaged', 'import-not-text', 'import-workbook-too-large', 'import-workbook-locked']).toContain(code);
      if (code !== 'none') damaged += 1;
    }
    expect(damaged).toBeGreaterThan(30);
    expect(await readdir(folder)).toEqual([]);
    vi.unstubAllEnvs();
    await rm(folder, { recursive: true });
  });

  it.each<[string, () => Buffer, string]>([
    ['a zip of something else', () => zip([part('a.txt', 'hello')]), 'import-not-text'],
    ['a text document', () => zip([part('[Content_Types].xml', '<Types/>'), part('word/document.xml', '<a/>')]), 'import-not-text'],
    ['an old workbook', () => Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(1000)]), 'import-workbook-old'],
    ['a locked one', () => Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(100_000), Buffer.from('EncryptedPackage', 'utf16le')]), 'import-workbook-locked'],
    ['entities of its own', () => withSheet('<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]><worksheet><sheetData><row><c t="str"><v>&b;</v></c></row></sheetData></worksheet>'), 'import-workbook-damaged'],
    ['XML that does not close', () => withSheet('<worksheet><sheetData><row><c><v>1</v>'), 'import-workbook-damaged'],
    ['a column beyond the last', () => withSheet('<worksheet><sheetData><row r="1"><c r="ZZZZ1"><v>1</v></c></row></sheetData></worksheet>'), 'import-workbook-damaged'],
    ['a string that is not there', () => withSheet('<worksheet><sheetData><row r="1"><c r="A1" t="s"><v>7</v></c></row></sheetData></worksheet>'), 'import-workbook-damaged'],
    ['a bomb', () => withSheet(`<worksheet><sheetData>${' '.repeat(80_000_000)}</sheetData></worksheet>`), 'import-workbook-too-large'],
    ['a bomb that lies about its size', () => withSheet(`<worksheet><sheetData>${' '.repeat(8_000_000)}</sheetData></worksheet>`, 1000), 'import-workbook-damaged'],
    ['an empty sheet', () => withSheet('<worksheet><sheetData/></worksheet>'), 'import-file-empty'],
  ])('refuses %s', async (_name, make, code) => {
    expect(await errorOf(make())).toBe(code);
  });

  function withSheet(sheet: string, claimedBytes?: number): Buffer {
    const ns = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
    return zip([
      part('[Content_Types].xml', '<Types/>'),
      part('_rels/.rels', `<Relationships><Relationship Id="a" Type="${ns}/officeDocument" Target="xl/workbook.xml"/></Relationships>`),
      part('xl/workbook.xml', `<workbook xmlns:r="${ns}"><sheets><sheet name="a" r:id="a"/></sheets></workbook>`),
      part('xl/_rels/workbook.xml.rels', `<Relationships><Relationship Id="a" Type="${ns}/worksheet" Target="sheet.xml"/></Relationships>`),
      { ...part('xl/sheet.xml', sheet), ...(claimedBytes === undefined ? {} : { claimedBytes }) },
    ]);
  }
});

describe('formats', () => {
  it.each([
    [14, null, 'date'], [22, null, 'date'], [20, null, 'time'], [0, null, 'plain'], [4, null, 'plain'], [164, 'dd/mm/yyyy', 'date'], [164, '[$-410]d mmmm yyyy;@', 'date'],
    [164, 'mmm-yy', 'date'], [164, 'h:mm:ss', 'time'], [164, '[h]:mm', 'time'], [164, '#,##0.00 "€ dovuti"', 'plain'], [164, '[Red]-#,##0.00', 'plain'],
    [164, '0.00E+00', 'plain'], [164, 'General', 'plain'], [164, '_-* #,##0.00_-;-* #,##0.00_-', 'plain'],
  ])('%i %s is %s', (id, code, kind) => {
    expect(readFormat(id, code)).toBe(kind);
  });

  it.each([
    ['1', 'date', '1900-01-01'], ['59', 'date', '1900-02-28'], ['60', 'date', '1900-02-29'], ['61', 'date', '1900-03-01'], ['46086.9999999', 'date', '2026-03-06'],
    ['46086.5', 'date', '2026-03-05'], ['0', 'date', ''], ['-1', 'date', '-1'], ['0.5', 'time', '12:00'], ['3.391234567E9', 'plain', '3391234567'], ['1E-3', 'plain', '0.001'],
    ['12.0', 'plain', '12'], ['1.2345678901234567E+19', 'plain', '1.2345678901234567E+19'],
  ] as const)('%s as %s is %s', (raw, format, text) => {
    expect(numberText(raw, format, false)).toBe(text);
  });
});

describe('customers', () => {
  it('reads parties, addresses and several numbers, and loses no row to a wrong tax code', async () => {
    const bytes = writeXlsx({
      writer: 'excel',
      sheets: [{
        name: 'Anagrafica',
        rows: [
          ['Codice cliente', 'Ragione sociale', 'Tipo cliente', 'Codice fiscale', 'Telefono', 'Cellulare', 'E-mail', 'PEC', 'Indirizzo', 'CAP', 'Città', 'Domicilio', 'Referente', 'Ruolo', 'Telefono referente', 'Garante', 'Telefono garante'],
          ['001', 'Alfa srl', 'Società', '00000000001', '0971/000123 - 3391234567', { number: 3471234567 }, 'a@alfa.example; b@alfa.example', 'alfa@pec.example', 'Via Po 1', '85100', 'Potenza', 'Via Nera 2', 'Anna Blu', 'Ufficio contabilità', '0971 000999', 'Ugo Rosa', '3331234567'],
          ['002', 'Rossi Mario', 'privato', 'RSSMRA80A01H501U', null, null, 'non-un-indirizzo', null, null, null, null, null, 'Carla', 'amica', null, null, null],
          [null, 'senza codice', null, null, null, null, null, null, null, null, null, null, null, null, null, null, null],
        ],
      }],
    });
    const opened = await readCustomers(bytes, {});
    if (!opened.ok) throw new Error(opened.error.code);
    const items = [];
    for await (const item of opened.value.rows) items.push(item);
    expect(items).toMatchObject([
      {
        type: 'customer', warnings: [{ code: 'tax-code-invalid', value: '00000000001' }],
        row: {
          customerCode: '001', kind: 'company', taxCode: '00000000001', email: 'a@alfa.example', moreEmails: ['b@alfa.example'], pecs: ['alfa@pec.example'],
          address: 'Via Po 1, 85100, Potenza', otherAddress: 'Via Nera 2', phone: '0971/000123 - 3391234567 ; 3471234567',
          parties: [{ role: 'company-accounts', name: 'Anna Blu', mayBeTold: true, phone: '0971 000999' }, { role: 'guarantor', name: 'Ugo Rosa', mayBeTold: false }],
        },
      },
      {
        type: 'customer', warnings: [{ code: 'email-invalid' }, { code: 'party-role-unknown', value: 'amica' }],
        row: { taxCode: 'RSSMRA80A01H501U', parties: [{ role: 'representative', mayBeTold: false, note: 'amica' }] },
      },
      { type: 'reject', reject: { line: 4, reasonCode: 'missing-value' } },
    ]);
  });
});
