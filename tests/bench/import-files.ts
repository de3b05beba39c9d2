/**
 * A creditor's file of the size of a large utility, as CSV and as a workbook.
 *
 * Invariants: the same invoices in both; names come back and a few words (the kind, the city) stand in every row, as in life: a
 * workbook names its shared strings far apart. Written piece by piece: the file may be larger than a string can be.
 */
import { createWriteStream } from 'node:fs';
import { once } from 'node:events';
import { finished } from 'node:stream/promises';
import type { Cell } from '../support/write-xlsx.ts';
import { writeXlsx } from '../support/write-xlsx.ts';
import { writeFileSync } from 'node:fs';

const INVOICES_EACH = 3;
const ISSUED_SERIAL = 46_000;
const SERIAL_OF_1970 = 25_569;
const DAY_MS = 86_400_000;
const cities = ['Potenza', 'Matera', 'Melfi', 'Lavello', 'Rionero in Vulture'];

const header = ['Codice cliente', 'Ragione sociale', 'Numero fattura', 'Data fattura', 'Scadenza', 'Importo', 'Telefono', 'Città', 'Tipo documento'];

interface Line { code: string; name: string; number: string; issued: number; due: number; cents: number; phone: string; city: string }

/** Invoices in the order of their customers. */
function* lines(rows: number): Generator<Line> {
  for (let row = 0; row < rows; row += 1) {
    const customer = Math.floor(row / INVOICES_EACH);
    const code = String(customer).padStart(7, '0');
    const issued = ISSUED_SERIAL + (row % 300);
    yield {
      code, name: `Officine Meccaniche ${code} S.r.l.`, number: `F/${String(row)}`, issued, due: issued + 30, cents: 1_000 + (row * 7) % 90_000,
      phone: `0971 ${code.slice(1)}`, city: cities[customer % cities.length] ?? '',
    };
  }
}

export async function writeLargeCsv(path: string, rows: number): Promise<void> {
  const stream = createWriteStream(path);
  stream.write(`${header.join(';')}\r\n`);
  for (const line of lines(rows)) {
    const cells = [line.code, line.name, line.number, dayOf(line.issued), dayOf(line.due), (line.cents / 100).toFixed(2).replace('.', ','), line.phone, line.city, 'Fattura'];
    if (!stream.write(`${cells.join(';')}\r\n`)) await once(stream, 'drain');
  }
  stream.end();
  await finished(stream);
}

export function writeLargeXlsx(path: string, rows: number): void {
  const cells = [...lines(rows)].map((line): Cell[] => [
    line.code, line.name, line.number, { date: line.issued }, { date: line.due }, { number: line.cents / 100 }, line.phone, line.city, 'Fattura',
  ]);
  writeFileSync(path, writeXlsx({ writer: 'excel', sheets: [{ name: 'Scaduto', rows: [header, ...cells] }] }));
}

/** `05/03/2026` */
function dayOf(serial: number): string {
  const [year = '', month = '', day = ''] = new Date((serial - SERIAL_OF_1970) * DAY_MS).toISOString().slice(0, 10).split('-');
  return `${day}/${month}/${year}`;
}
