import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { plainDateSchema } from '../../shared/time.ts';
import { checkRepeats } from './check-repeats.ts';
import type { CheckedItem } from './check-repeats.ts';
import type { ImportOptions } from './inspect-file.ts';
import type { ImportInput } from './decode-source.ts';
import { readRows } from './read-rows.ts';
import { summariseRows } from './summarise-rows.ts';
import { openRejects, toCsvLine } from './write-rejects.ts';

const asOf = plainDateSchema.parse('2026-03-31');
const header = 'Cod. Cli.;N. Doc.;Data Fattura;Scadenza;Importo;Residuo;Data saldo;Valuta';

async function checked(input: ImportInput, options: ImportOptions = {}): Promise<AsyncGenerator<CheckedItem>> {
  const opened = await readRows(input, options);
  if (!opened.ok) throw new Error(opened.error.code);
  return checkRepeats(opened.value.rows);
}

describe('the public receivables of 2012-2013', () => {
  const path = join(import.meta.dirname, '../../assets/demo/receivables-2012-2013.csv');
  it('gives the known figures', async () => {
    const summary = await summariseRows(await checked({ path }, { currency: 'USD' }), plainDateSchema.parse('2013-06-30'));
    expect(summary).toEqual({
      rows: { valid: 2466, distinct: 2466, repeated: 0, rejected: 0 },
      customers: 100,
      amount: { USD: '147703.18' },
      open: { invoices: 84, customers: 52, amount: { USD: '5119.85' }, overdue: 12 },
    });
  });
});

describe('summariseRows', () => {
  it('counts repeats, contradictions, credits, currencies and what is open', async () => {
    const text = [
      header,
      'A;1;01/03/2026;15/03/2026;100,00;;;', // overdue
      'A;1;01/03/2026;15/03/2026;100,00;;;', // repeat
      'A;1;01/03/2026;15/03/2026;90,00;;;', // other amount
      'A;1;01/03/2026;15/03/2026;100,00;50,00;;', // other residual
      'A;1;01/03/2026;15/04/2026;100,00;;;', // another due date: another invoice
      'A;2;01/03/2026;31/03/2026;10,00;;31/03/2026;', // settled on the day: not open
      'B;1;01/03/2026;31/03/2026;10,00;4,00;01/04/2026;', // settled later: open, due today is not overdue
      'B;2;01/04/2026;30/04/2026;10,00;;;', // issued later
      'B;3;01/02/2026;28/02/2026;10,00;0,00;;', // nothing left
      'C;1;01/02/2026;28/02/2026;-30,00;;;', // credit: lowers the amount, never overdue
      'D;1;01/02/2026;28/02/2026;7,00;;;CHF',
      'E;1;xx;28/02/2026;7,00;;;CHF',
    ].join('\n');
    expect(await summariseRows(await checked(Buffer.from(text)), asOf)).toEqual({
      rows: { valid: 9, distinct: 8, repeated: 1, rejected: 3 },
      customers: 4,
      amount: { CHF: '7.00', EUR: '310.00' },
      open: { invoices: 5, customers: 4, amount: { CHF: '7.00', EUR: '174.00' }, overdue: 2 },
    });
  });

  it('points a contradiction to the line it contradicts', async () => {
    const text = [header, 'A;1;01/03/2026;15/03/2026;100,00;;;', '', 'A;1;01/03/2026;15/03/2026;90,00;;;'].join('\n');
    const items: CheckedItem[] = [];
    for await (const item of await checked(Buffer.from(text))) items.push(item);
    expect(items[1]).toMatchObject({
      type: 'reject',
      reject: { line: 4, reasonCode: 'repeated-with-other-amount', reason: 'La stessa fattura, con le stesse date, sta alla riga 2 con un altro importo.' },
    });
  });
});

describe('the rejects file', () => {
  it.each([
    ['=1+1', "'=1+1"], ['+cmd|x', "'+cmd|x"], ['@SUM(A1)', "'@SUM(A1)"], ['-2+3+cmd', "'-2+3+cmd"], ['\tx', "'\tx"], ['=HYPERLINK("a";"b")', `"'=HYPERLINK(""a"";""b"")"`],
    ['-12,50', '-12,50'], ['+39 0971 000 123', '+39 0971 000 123'], ['a;b', '"a;b"'], ['a\nb', '"a\nb"'], ['', ''], ['1.234,56-', '1.234,56-'],
  ])('%j is written %j', (cell, written) => {
    expect(toCsvLine([cell])).toBe(`${written}\r\n`);
  });

  it('is not made when nothing was rejected', async () => {
    const path = join(await mkdtemp(join(tmpdir(), 'rejects-test-')), 'r.csv');
    const rejects = openRejects(path, ['a']);
    await rejects.close();
    expect(rejects.path).toBeNull();
    await expect(readFile(path)).rejects.toThrow('ENOENT');
  });

  it('can be imported again once repaired', async () => {
    const path = join(await mkdtemp(join(tmpdir(), 'rejects-test-')), 'r.csv');
    const rejects = openRejects(path, header.split(';'));
    for await (const item of await checked(Buffer.from(`${header}\n=A1;007;31/02/2026;28/02/2026;1.234,50;;;`))) {
      if (item.type === 'reject') await rejects.add(item.reject);
    }
    await rejects.close();
    const text = await readFile(path, 'utf8');
    expect(text).toBe(
      `\ufeffRiga;Motivo;${header}\r\n2;«31/02/2026» (Data Fattura) non è una data nel formato DD/MM/YYYY.;'=A1;007;31/02/2026;28/02/2026;1.234,50;;;\r\n`,
    );
    const items: CheckedItem[] = [];
    for await (const item of await checked(Buffer.from(text.replace(';31/02/', ';01/02/')))) items.push(item);
    expect(items).toMatchObject([{ type: 'row', row: { customerCode: '=A1', invoiceNumber: '007', issueDate: '2026-02-01', amountCents: 123450 } }]);
  });
});
