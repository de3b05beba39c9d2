import { mkdtemp, readdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import { describeImportError } from './describe-import-error.ts';
import type { ReadItem } from './import-row.ts';
import { inspectFile } from './inspect-file.ts';
import type { ImportOptions } from './inspect-file.ts';
import { readRows } from './read-rows.ts';

const header = 'Cod. Cli.;Ragione Sociale;N. Doc.;Data Fattura;Scadenza;Importo';
const good = 'C1;Rossi;1/A;01/02/2026;28/02/2026;10,00';

async function itemsOf(input: string | Buffer, options: ImportOptions = {}): Promise<ReadItem[]> {
  const opened = await readRows(Buffer.from(input), options);
  if (!opened.ok) throw new Error(describeImportError(opened.error, 'en') ?? opened.error.code);
  const items: ReadItem[] = [];
  for await (const item of opened.value.rows) items.push(item);
  return items;
}

/** Every row as an object of the wanted fields, every reject as its code. */
async function outcome(input: string | Buffer, fields: readonly string[], options: ImportOptions = {}): Promise<unknown[]> {
  return (await itemsOf(input, options)).map((item) =>
    item.type === 'reject' ? item.reject.reasonCode : fields.map((field) => item.row[field as keyof typeof item.row]));
}

async function errorOf(input: string, options: ImportOptions = {}): Promise<{ code: string; it: string }> {
  const opened = await readRows(Buffer.from(input), options);
  if (opened.ok) throw new Error('it was read');
  return { code: opened.error.code, it: describeImportError(opened.error, 'it') ?? '' };
}

describe('the shape of the file', () => {
  const all = `${header}\r\nC1;Società Perché;0012;01/02/2026;28/02/2026;1.234,56\r\n`;
  it.each<[string, Buffer, string]>([
    ['UTF-8', Buffer.from(all), 'utf8'],
    ['UTF-8 with BOM', Buffer.from(`\ufeff${all}`), 'utf8'],
    ['UTF-16LE with BOM', iconv.encode(all, 'utf16-le', { addBOM: true }), 'utf16-le'],
    ['UTF-16LE without BOM', iconv.encode(all, 'utf16-le'), 'utf16-le'],
    ['UTF-16BE with BOM', iconv.encode(all, 'utf16-be', { addBOM: true }), 'utf16-be'],
    ['Windows-1252', iconv.encode(all.replace('Perché', 'Perché €'), 'win1252'), 'win1252'],
  ])('reads %s', async (_name, bytes, encoding) => {
    const inspection = await inspectFile(bytes);
    expect(inspection).toMatchObject({ ok: true, value: { table: { shape: { encoding, delimiter: ';' } }, dateFormat: 'DD/MM/YYYY', rowCount: 1 } });
    const [row] = await outcome(bytes, ['customerName', 'invoiceNumber', 'amountCents']);
    expect(row).toEqual([encoding === 'win1252' ? 'Società Perché €' : 'Società Perché', '0012', 123456]);
  });

  it.each([[';'], [','], ['\t'], ['|']])('finds the delimiter %j', async (delimiter) => {
    const text = `${header}\n${good.replace('10,00', '"10,00"')}`.replaceAll(';', delimiter);
    expect(await outcome(text, ['customerCode', 'amountCents', 'line'])).toEqual([['C1', 1000, 2]]);
  });

  it.each<[string, string | Buffer, unknown[]]>([
    ['a preamble of titles', `Scadenzario clienti\n\nal 30/06/2026;;;;;\n${header}\n${good}`, [['C1', 5]]],
    ['Excel’s sep= line', `sep=;\n${header}\n${good}`, [['C1', 3]]],
    ['empty lines', `${header}\n\n;;;;;\n${good}\n\n`, [['C1', 4]]],
    ['CRLF without a last one', `${header}\r\n${good}\r\n${good.replace('C1', 'C2')}`, [['C1', 2], ['C2', 3]]],
    ['quoted newlines', `${header}\n${good.replace('Rossi', '"Rossi\nMario"')}\n${good.replace('C1', 'C2')}`, [['C1', 2], ['C2', 4]]],
    ['a header in quotes with blanks', `" Cod. Cli. ";Ragione Sociale;N. Doc.;"Data\nFattura";Scadenza;Importo\n${good}`, [['C1', 3]]],
    ['fewer cells at the end', `${header};Agente;Note\n${good}`, [['C1', 2]]],
    ['more cells than the header', `${header}\n${good};x\n${good};;`, ['too-many-cells', ['C1', 3]]],
    ['a total row', `${header}\n${good}\nTotale;;;;;10,00\n;;;;;10,00\n;;;;Totale generale:;10,00`, [['C1', 2], 'total-row', 'total-row', 'total-row']],
    ['a customer called Total', `${header}\n${good.replace('Rossi', 'Total Erg S.p.A.')}`, [['C1', 2]]],
    ['the header again', `${header}\n${good}\n${header}\n${good.replace('C1', 'C2')}`, [['C1', 2], 'repeated-header', ['C2', 4]]],
    ['quotes inside a quoted name', `${header}\n${good.replace('Rossi', '"Bar "Da Gino" s.n.c."')}`, [['C1', 2]]],
    ['inch marks', `${header}\n${good.replace('Rossi', 'Tubo 3"')}`, [['C1', 2]]],
    ['a quote that never closes', `${header}\n${good.replace('Rossi', '"Rossi')}\n${good.replace('C1', 'C2')}`, [['C1', 2], ['C2', 3]]],
    ['a quote that swallows a line', `${header}\n${good.replace('Rossi', '"Rossi')}\n${good.replace('Rossi', '"Bianchi"')}\n${good}`, ['broken-quotes', ['C1', 4]]],
    ['a line of another alphabet', Buffer.concat([
      Buffer.from(`${header}\n${good.replace('Rossi', 'Società Perché')}\n`), Buffer.from(good.replace('Rossi', 'Citt\xe0'), 'latin1'), Buffer.from(`\n${good.replace('C1', 'C3')}`),
    ]), [['C1', 2], 'broken-characters', ['C3', 4]]],
    ['a line with a zero byte', `${header}${' '.repeat(5_000)}\n${good}\n${good.replace('Rossi', 'Ros\0si')}`, [['C1', 2], 'broken-characters']],
  ])('copes with %s', async (_name, text, expected) => {
    expect(await outcome(text, ['customerCode', 'line'])).toEqual(expected);
  });

  it('says on which line a quote opens and does not close', async () => {
    const opened = await readRows(Buffer.from(`${header}\n${good.replace('Rossi', '"Rossi')}\n${good.replace('C1', 'C2')}`));
    if (!opened.ok) throw new Error(opened.error.code);
    const items = [];
    for await (const item of opened.value.rows) items.push(item);
    expect(items).toMatchObject([{ row: { line: 2 }, warnings: [{ code: 'quote-open', value: '"Rossi' }] }, { row: { line: 3 }, warnings: [] }]);
  });

  it('takes the quotes of a name off as a person would', async () => {
    expect(await outcome(`${header}\n${good.replace('Rossi', '"Bar "Da Gino" s.n.c."')}`, ['customerName'])).toEqual([['Bar "Da Gino" s.n.c.']]);
  });
});

describe('columns', () => {
  it.each([
    'customerID,invoiceNumber,InvoiceDate,DueDate,InvoiceAmount', 'Codice cliente,Numero fattura,Data emissione,Data scadenza,Totale',
    'cod.cli.,N.doc.,Data doc.,Scad.,Importo', 'CODICE CLIENTE,NR. FATTURA,DATA FATTURA,SCADENZA,TOTALE FATTURA', 'Conto,Bolletta,Data,Scadenza rata,Importo rata',
    'Customer No.,Invoice No.,Date,Due,Amount incl. VAT', 'ID Cliente,Fattura n°,Data di emissione,Data di scadenza,Importo (IVA inclusa)',
  ])('recognises %s', async (headers) => {
    expect(await outcome(`${headers}\n7,F1,31/01/2026,28/02/2026,12.50`, ['customerCode', 'invoiceNumber', 'issueDate', 'dueDate', 'amountCents']))
      .toEqual([['7', 'F1', '2026-01-31', '2026-02-28', 1250]]);
  });

  it('reads every other field', async () => {
    const text = [
      'Codice cliente;Cognome;Nome;Tipo cliente;N. fattura;Data fattura;Scadenza;Importo;Residuo;Valuta;Tipo documento;Data pagamento;Contestata;'
      + 'Telefono;Cellulare;E-mail;PEC;Indirizzo;CAP;Città;Lingua;Codice fiscale;Partita IVA;Agente',
      '007;Dell’Òrso;Niccolò;Ditta individuale;F/1;01/02/2026;28/02/2026;100,00;40,00;EUR;Fattura;03/03/2026;Sì;0971/000123;311 000 0123;;a@pec.example;'
      + 'Via Po 1;85100;Potenza;Italiano;;01234567890;Bianchi',
    ].join('\n');
    const [item] = await itemsOf(text);
    expect(item).toMatchObject({
      type: 'row',
      row: {
        line: 2, customerCode: '007', customerName: 'Dell’Òrso Niccolò', kind: 'sole-trader', invoiceNumber: 'F/1', issueDate: '2026-02-01', dueDate: '2026-02-28',
        amountCents: 10000, residualCents: 4000, currency: 'EUR', documentType: 'Fattura', settledDate: '2026-03-03', disputed: true,
        phone: '0971/000123 ; 311 000 0123', email: null, pecs: ['a@pec.example'], address: 'Via Po 1, 85100, Potenza', language: 'it', taxCode: '01234567890', salesAgent: 'Bianchi',
      },
    });
  });

  it('leaves absent fields null', async () => {
    const [item] = await itemsOf(`${header}\nC1;;1;01/02/2026;28/02/2026;10,00`);
    expect(item).toMatchObject({ row: { customerName: null, kind: null, residualCents: null, settledDate: null, disputed: false, phone: null, language: null, currency: 'EUR' } });
  });

  it('obeys the map, also for the second of two columns of one name', async () => {
    const text = 'Cli;Importo;Importo;Rif;D1;D2\nC1;1,00;2,00;F1;01/02/2026;28/02/2026';
    const map = { customerCode: 'Cli', amount: 'Importo#2', invoiceNumber: 'rif', issueDate: 'D1', dueDate: 'D2' };
    expect(await outcome(text, ['customerCode', 'invoiceNumber', 'amountCents'], { map })).toEqual([['C1', 'F1', 200]]);
  });

  it('weighs the dates of a mapped column, however its header is typed', async () => {
    const text = 'Cli,Lordo,Rif,D Uno,D Due\nC1,1.00,F1,1/2/2026,2/28/2026';
    const map = { customerCode: 'CLI', amount: 'lordo', invoiceNumber: 'rif', issueDate: 'd uno', dueDate: 'd due' };
    expect(await outcome(text, ['issueDate', 'dueDate'], { map })).toEqual([['2026-01-02', '2026-02-28']]);
  });

  it.each<[string, string, ImportOptions, string, string]>([
    ['a missing column', 'Cliente X;N. Doc.;Data;Scadenza;Importo\na;b;c;d;e', {}, 'import-column-missing',
      'Manca la colonna «codice cliente» (customerCode). Colonne trovate: Cliente X, N. Doc., Data, Scadenza, Importo. Indicare quale usare, per esempio: --map customerCode="Cliente X"'],
    ['two columns of one name', `${header};Importo\n${good};5,00`, {}, 'import-column-ambiguous',
      'Più colonne possono essere «importo» (amount): Importo, Importo#2. Scegliere quale, per esempio: --map amount="Importo#2"'],
    ['a map to nowhere', `${header}\n${good}`, { map: { amount: 'Lordo' } }, 'import-map-unknown-column',
      'La colonna «Lordo» indicata per amount non c’è. Colonne trovate: Cod. Cli., Ragione Sociale, N. Doc., Data Fattura, Scadenza, Importo.'],
    ['an unclear date format', `${header}\n${good}`, { dateFormat: 'MM' }, 'import-date-format-unknown',
      'Il formato di data «MM» non è chiaro: usare per esempio DD/MM/YYYY, M/D/YYYY o YYYY-MM-DD.'],
    ['an unknown currency', `${header}\n${good}`, { currency: 'JPY' }, 'import-currency-unknown', '«JPY» non è una valuta con due decimali nota.'],
    ['an empty file', '', {}, 'import-file-empty', 'Il file è vuoto.'],
    ['a picture', '\x89\x01\x02\x03\x04 IHDR', {}, 'import-not-text', 'Il file non è un CSV né un .xlsx (forse un PDF o un altro formato): salvarlo come .xlsx o CSV e riprovare.'],
    ['a PDF', '%PDF-1.7 ...', {}, 'import-not-text', 'Il file non è un CSV né un .xlsx (forse un PDF o un altro formato): salvarlo come .xlsx o CSV e riprovare.'],
    ['dates in both orders', `${header}\n${good.replace('28/02', '02/28')}\n${good}`, {}, 'import-dates-mixed',
      'Il file mescola date con il giorno prima (1) e con il mese prima (1): indicare --date-format DD/MM/YYYY o --date-format M/D/YYYY.'],
  ])('says what to do about %s', async (_name, text, options, code, sentence) => {
    expect(await errorOf(text, options)).toEqual({ code, it: sentence });
  });

  it('says that a file is not there', async () => {
    expect(await readRows({ path: join(tmpdir(), 'no', 'such.csv') })).toMatchObject({ ok: false, error: { code: 'import-file-unreadable', details: { reason: 'ENOENT' } } });
  });
});

describe('cells', () => {
  const row = (cells: Partial<Record<'code' | 'number' | 'issue' | 'due' | 'amount', string>>): string =>
    [cells.code ?? 'C1', 'Rossi', cells.number ?? '1', cells.issue ?? '01/02/2026', cells.due ?? '28/02/2026', cells.amount ?? '10,00'].join(';');

  it.each([
    ['00123', '00123'], ['123.0', '123'], ['00123.0', '00123'], ['="00123"', '00123'], ['"=""00123"""', '00123'], ["'00123", '00123'], [' A-1 ', 'A-1'],
    ['1.5', '1.5'], ['12/2026', '12/2026'], ['1,23E+11', 'code-exponent'], ['', 'missing-value'],
  ])('code %j is %s', async (cell, expected) => {
    const isReject = /^[a-z]+-[a-z]+$/.test(expected);
    expect(await outcome(`${header}\n${row({ code: cell })}`, ['customerCode'])).toEqual([isReject ? expected : [expected]]);
    expect(await outcome(`${header}\n${row({ number: cell })}`, ['invoiceNumber'])).toEqual([isReject ? expected : [expected]]);
  });

  it.each<[string, string | undefined, string]>([
    ['05/03/2026', undefined, '2026-03-05'], ['5/3/26', undefined, '2026-03-05'], ['05.03.2026', undefined, '2026-03-05'], ['05-03-2026', undefined, '2026-03-05'],
    ['2026-03-05', undefined, '2026-03-05'], ['2026-03-05T00:00:00', undefined, '2026-03-05'], ['2026-03-05 14:30', undefined, '2026-03-05'],
    ['2026-03-04T23:00:00.000Z', undefined, '2026-03-05'], ['2026-03-05T00:00:00+01:00', undefined, '2026-03-05'], ['05/03/2026 00:00:00', undefined, '2026-03-05'],
    ['20260305', undefined, '2026-03-05'], ['05032026', undefined, '2026-03-05'], ['2026/03/05', undefined, '2026-03-05'], ['5 mar 2026', undefined, '2026-03-05'],
    ['05-mar-26', undefined, '2026-03-05'], ['Mar 5, 2026', undefined, '2026-03-05'], ['5 marzo 2026', undefined, '2026-03-05'],
    ['3/5/2026', 'M/D/YYYY', '2026-03-05'], ['3/5/2026 12:00:00 AM', 'M/D/YYYY', '2026-03-05'], ['26/03/05', 'YY/MM/DD', '2026-03-05'],
    ['05/03/2026', 'GG/MM/AAAA', '2026-03-05'], ['2026-03-05', 'M/D/YYYY', '2026-03-05'],
    ['31/02/2026', undefined, 'date-invalid'], ['00/00/0000', undefined, 'date-invalid'], ['n.d.', undefined, 'date-invalid'], ['46086', undefined, 'date-serial'],
    ['15/03/2026', 'M/D/YYYY', 'date-invalid'], ['05/03/2026x', undefined, 'date-invalid'], ['05/03.2026', undefined, 'date-invalid'],
  ])('date %j (format %s) is %s', async (cell, dateFormat, expected) => {
    const text = `${header}\n${row({ issue: cell, due: '2027-01-01' })}`;
    expect(await outcome(text, ['issueDate'], dateFormat === undefined ? {} : { dateFormat })).toEqual([expected.startsWith('date-') ? expected : [expected]]);
  });

  it('takes the order of day and month from the whole file, and rejects the odd one out', async () => {
    const rows = Array.from({ length: 30 }, (_, index) => row({ number: String(index), issue: '3/5/2026', due: '3/25/2026' }));
    const items = await outcome([header, ...rows, row({ issue: '25/3/2026', due: '3/25/2026' })].join('\n'), ['issueDate']);
    expect(items[0]).toEqual(['2026-03-05']);
    expect(items.at(-1)).toBe('date-invalid');
  });

  it.each<[string, string, string | number]>([
    ['1.234,56', '', 123456], ['1234,56', '', 123456], ['1 234,56', '', 123456], ["1'234,56", '', 123456], ['€ 1.234,56', '', 123456], ['1.234,56 €', '', 123456],
    ['1.234,56-', '', -123456], ['(1.234,56)', '', -123456], ['-1.234,56', '', -123456], ['−12,00', '', -1200], ['EUR 12,00', '', 1200], ['12', '', 1200], ['0', '', 0],
    ['1.234', '', 123400], ['1.234', '10,00', 123400], ['1.234', '10.00', 'amount-too-precise'], ['1,234', '10.00', 123400], ['1,234.56', '10.00', 123456],
    ['1.234.567,89', '', 123456789], ['55.94', '1.00', 5594], ['55.940000000000005', '1.00', 5594], ['55.93999999999999', '1.00', 5594], ['10,001', '10,00', 'amount-too-precise'],
    ['12,5', '10,00', 1250], ['12,500', '', 'amount-ambiguous'], ['12,500', '10,00', 1250], ['0,125', '', 'amount-too-precise'], ['12,50000', '', 1250],
    ['abc', '', 'amount-invalid'], ['12,34,56', '', 'amount-invalid'], ['1,2E+05', '', 'amount-invalid'], ['999999999999999', '', 'amount-too-large'],
  ])('amount %j in a file with %j is %s', async (cell, other, expected) => {
    const lines = [header, row({ amount: cell }), ...(other === '' ? [] : [row({ number: '2', amount: other })])];
    expect((await outcome(lines.join('\n'), ['amountCents']))[0]).toEqual(typeof expected === 'string' ? expected : [expected]);
  });

  it('refuses an amount that can be read two ways when the file mixes decimal marks', async () => {
    const lines = [header, row({ amount: '12,50' }), row({ amount: '12.50' }), row({ amount: '1.234' }), row({ amount: '7' })];
    expect(await outcome(lines.join('\n'), ['amountCents'])).toEqual([[1250], [1250], 'amount-ambiguous', [700]]);
  });

  it.each<[string, string, string, string]>([
    ['10,00', '', 'EUR', 'EUR'], ['10,00', '', 'CHF', 'CHF'], ['£ 10,00', '', 'EUR', 'GBP'], ['$ 10,00', '', 'EUR', 'USD'], ['$ 10,00', '', 'CAD', 'CAD'],
    ['10,00', 'usd', 'EUR', 'USD'], ['€ 10,00', 'EUR', 'USD', 'EUR'], ['€ 10,00', 'USD', 'EUR', 'currency-conflict'], ['10,00', 'JPY', 'EUR', 'currency-unsupported'],
    ['10,00', 'boh', 'EUR', 'currency-unsupported'], ['$ 10,00', 'CAD', 'EUR', 'CAD'],
  ])('amount %j with currency column %j and default %s is %s', async (amount, column, currency, expected) => {
    expect(await outcome(`${header};Valuta\n${row({ amount })};${column}`, ['currency'], { currency })).toEqual([expected.length === 3 ? [expected] : expected]);
  });

  it.each([['', null], ['00/00/0000', null], ['  /  /    ', null], ['-', null], ['05/03/2026', '2026-03-05'], ['boh', 'date-invalid']])('settled on %j is %s', async (cell, expected) => {
    expect(await outcome(`${header};Data saldo\n${good};${cell}`, ['settledDate'])).toEqual([expected === 'date-invalid' ? expected : [expected]]);
  });

  it.each<[string, boolean | string]>([
    ['Yes', true], ['No', false], ['sì', true], ['SI', true], ['x', true], ['1', true], ['', false], ['0', false], ['forse', 'disputed-invalid'],
  ])('disputed %j is %s', async (cell, expected) => {
    expect(await outcome(`${header};Contestata\n${good};${cell}`, ['disputed'])).toEqual([typeof expected === 'string' ? expected : [expected]]);
  });

  it.each<[string, string, unknown]>([
    ['Nota di credito', '-10,00', [-1000]], ['NC', '10,00', 'credit-note-positive'], ['TD04', '10,00', 'credit-note-positive'], ['Fattura', '10,00', [1000]], ['Fattura', '-10,00', [-1000]],
  ])('%s of %s', async (type, amount, expected) => {
    expect(await outcome(`${header};Tipo documento\n${row({ amount })};${type}`, ['amountCents'])).toEqual([expected]);
  });

  it('gives rejects their line, a sentence in both languages and the cells as they were', async () => {
    const [, item] = await itemsOf(`${header}\n${good}\n C9;Verdi;3;30/02/2026;28/02/2026;10,00`);
    expect(item).toEqual({
      type: 'reject', key: null,
      reject: {
        line: 3, reasonCode: 'date-invalid', details: { column: 'Data Fattura', value: '30/02/2026', expected: 'DD/MM/YYYY' }, raw: [' C9', 'Verdi', '3', '30/02/2026', '28/02/2026', '10,00'],
        reason: '«30/02/2026» (Data Fattura) non è una data nel formato DD/MM/YYYY.', reasonEn: '“30/02/2026” (Data Fattura) is not a date written DD/MM/YYYY.',
      },
    });
  });
});

describe('streams', () => {
  it('reads a stream, a path and a buffer alike, and leaves no temporary copy', async () => {
    const text = `${header}\n${good}\n`;
    const folder = await mkdtemp(join(tmpdir(), 'import-test-'));
    const path = join(folder, 'a.csv');
    await writeFile(path, text);
    const copies = async (): Promise<string[]> => (await readdir(tmpdir())).filter((name) => name.startsWith('premura-import-'));
    const before = await copies();
    for (const input of [Readable.from([Buffer.from(text)]), { path }, Buffer.from(text)]) {
      const opened = await readRows(input);
      if (!opened.ok) throw new Error(opened.error.code);
      const items: ReadItem[] = [];
      for await (const item of opened.value.rows) items.push(item);
      expect(items).toHaveLength(1);
    }
    await readRows(Readable.from([Buffer.from('nothing;useful\n1;2')]));
    expect(await copies()).toEqual(before);
  });

  it('does not hold the rows it has handed out', async () => {
    const growth = async (isHolding: boolean): Promise<number> => {
      const opened = await readRows(Readable.from(manyLines(10_000)));
      if (!opened.ok) throw new Error(opened.error.code);
      const held: ReadItem[] = [];
      const startBytes = heapAfterCollection();
      let peakBytes = 0;
      let count = 0;
      for await (const item of opened.value.rows) {
        count += 1;
        if (isHolding) held.push(item);
        if (count % 5_000 === 0) peakBytes = Math.max(peakBytes, heapAfterCollection() - startBytes);
      }
      expect(count).toBe(10_000);
      return peakBytes;
    };
    const limitBytes = 5_000_000;
    expect(await growth(false)).toBeLessThan(limitBytes);
    expect(await growth(true)).toBeGreaterThan(limitBytes);
  });
});

function* manyLines(count: number): Generator<Buffer> {
  yield Buffer.from(`${header}\n`);
  for (let index = 0; index < count; index += 1) yield Buffer.from(`C${index};Società ${'x'.repeat(600)};${index};01/02/2026;28/02/2026;1,01\n`);
}

function heapAfterCollection(): number {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  collect();
  return process.memoryUsage().heapUsed;
}
