/**
 * Writes the demo files of `assets/demo` (run by hand, output committed): `node scripts/make-demo-data.ts`.
 *
 * Invariant: the same seed writes the same bytes; dates are templates, rendered by `hub/imports/render-demo-file.ts`.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import iconv from 'iconv-lite';
import { createRegistry, makeSharedCustomer, makeWaterCustomers, makeWineCustomers } from './demo-data/customers.ts';
import type { DemoCustomer } from './demo-data/customers.ts';
import { makeInvoices } from './demo-data/invoices.ts';
import type { DemoInvoice } from './demo-data/invoices.ts';
import { createRandom } from '../shared/testing/random.ts';

export const demoSeed = 20_261_121;

type Entry = { customer: DemoCustomer; invoices: DemoInvoice[] };

/** File name → bytes of the template. */
export function makeDemoFiles(seed: number): Map<string, Buffer> {
  const random = createRandom(seed);
  const registry = createRegistry();
  const administrator = registry.landline('0971');
  const shared = makeSharedCustomer(random, registry);
  const water = makeWaterCustomers(random, registry, shared);
  const wine = makeWineCustomers(random, registry, shared);
  let bill = 45_102;
  const waterStyle = { termDays: [20, 30], lowCents: 3_850, highCents: 21_990, nextNumber: () => String((bill += 3)).padStart(8, '0') };
  let document = 118;
  const wineStyle = { termDays: [30, 30, 60], lowCents: 11_400, highCents: 98_750, nextNumber: () => `${(document += 1)}/A` };
  const waterEntries = water.map((customer, index): Entry => {
    if (index === 0) return { customer: { ...customer, landline: administrator }, invoices: tigliInvoices(waterStyle.nextNumber) };
    return { customer, invoices: makeInvoices(index, customer.kind === 'condominium' || customer.kind === 'company', waterStyle, random) };
  });
  const wineEntries = wine.map((customer, index): Entry => ({ customer, invoices: makeInvoices(index + 2, customer.name.includes('S.p.A.'), wineStyle, random) }));
  return new Map([
    ['acque-del-sele.csv', iconv.encode(waterFile(waterEntries), 'utf8', { addBOM: true })],
    ['acque-del-sele-newer.csv', iconv.encode(waterFile(makeNewer(waterEntries, waterStyle.nextNumber)), 'utf8', { addBOM: true })],
    ['vini-montanari.csv', iconv.encode(wineFile(wineEntries), 'win1252')],
  ]);
}

/** The first case of the list: one big invoice about to fall due, a small one disputed. */
function tigliInvoices(nextNumber: () => string): DemoInvoice[] {
  const base = { isCredit: false, settledOffset: null };
  return [
    { ...base, number: nextNumber(), issueOffset: -24, dueOffset: 6, amountCents: 172_260, residualCents: 172_260, isDisputed: false },
    { ...base, number: nextNumber(), issueOffset: -52, dueOffset: -22, amountCents: 12_000, residualCents: 12_000, isDisputed: true },
  ];
}

/** The next file of the same creditor: six invoices gone, one with another amount, five new. */
function makeNewer(entries: readonly Entry[], nextNumber: () => string): Entry[] {
  const gone = new Set(entries.flatMap((entry, index) => (index % 9 === 4 ? entry.invoices.slice(0, 1) : [])).slice(0, 6));
  return entries.map(({ customer, invoices }, index) => {
    const kept = invoices.filter((invoice) => !gone.has(invoice));
    if (index === 2) {
      const [first, ...rest] = kept;
      if (first === undefined) throw new Error('makeNewer: the third customer has no invoice to change');
      return { customer, invoices: [{ ...first, amountCents: first.amountCents + 1_210, residualCents: first.amountCents + 1_210 }, ...rest] };
    }
    if (index % 12 !== 1) return { customer, invoices: kept };
    const amountCents = 6_000 + index * 37;
    return { customer, invoices: [...kept, { number: nextNumber(), issueOffset: -1, dueOffset: 29, amountCents, residualCents: amountCents, isCredit: false, settledOffset: null, isDisputed: false }] };
  });
}

const kindNames = { person: 'Persona fisica', 'sole-trader': 'Ditta individuale', company: 'Società', 'public-body': 'Ente pubblico', condominium: 'Condominio' } as const;

function waterFile(entries: readonly Entry[]): string {
  const header = [
    'Codice cliente', 'Intestatario', 'Tipo cliente', 'N. bolletta', 'Data emissione', 'Scadenza', 'Importo', 'Residuo', 'Tipo documento', 'Data pagamento', 'Contestata', 'Telefono', 'Cellulare',
    'E-mail', 'Indirizzo', 'CAP', 'Comune', 'Prov.', 'Codice fiscale', 'Partita IVA',
  ];
  const rows = entries.flatMap(({ customer, invoices }, index) => invoices.map((invoice) => [
    customer.code, customer.name, kindNames[customer.kind], invoice.number, day(invoice.issueOffset), day(invoice.dueOffset), money(invoice.amountCents), money(invoice.residualCents),
    invoice.isCredit ? 'Nota di credito' : 'Bolletta', invoice.settledOffset === null ? '' : day(invoice.settledOffset), invoice.isDisputed ? 'Sì' : 'No',
    writtenOddly(customer.landline, index), customer.mobile, customer.email, customer.street, customer.zip, customer.town, customer.province, customer.personalCode, customer.vatNumber,
  ]));
  return toCsv([header, ...rows]);
}

function wineFile(entries: readonly Entry[]): string {
  const header = [
    'Cod. Cli.', 'Ragione sociale', 'Tipo cliente', 'N. Doc.', 'Data Doc.', 'Scad.', 'Totale', 'Saldo', 'Valuta', 'Tipo doc.', 'Pagata il', 'Contestazione', 'Telefono', 'E-mail', 'Indirizzo', 'CAP', 'Città', 'Lingua',
    'P.IVA', 'Agente',
  ];
  const agents = ['Bianca Vignastorta', 'Mosè Trecollini', 'Direzione'];
  const rows = entries.flatMap(({ customer, invoices }, index) => invoices.map((invoice) => [
    customer.code, customer.name, kindNames[customer.kind], invoice.number, day(invoice.issueOffset), day(invoice.dueOffset), money(invoice.amountCents), money(invoice.residualCents), 'EUR',
    invoice.isCredit ? 'NC' : 'FT', invoice.settledOffset === null ? '' : day(invoice.settledOffset), invoice.isDisputed ? 'x' : '',
    [customer.landline, customer.mobile].filter((number) => number !== '').join(' / '), customer.email, customer.street, customer.zip, customer.town, customer.language,
    customer.vatNumber, agents[index % agents.length] ?? '',
  ]));
  return toCsv([['Vini Montanari - Partite aperte clienti'], [], header, ...rows]);
}

/** Numbers as different hands type them; one was ruined by a spreadsheet and must be shown as unusable. */
function writtenOddly(number: string, index: number): string {
  if (number === '' || index === 0) return number;
  if (index === 31) return '9,71E+08';
  if (index % 8 === 1) return number.replace(' ', '/');
  if (index % 8 === 4) return `0039 ${number}`;
  return number;
}

function day(offset: number): string {
  return `{{${offset > 0 ? '+' : ''}${offset}}}`;
}

function money(cents: number): string {
  const digits = String(Math.abs(cents)).padStart(3, '0');
  const whole = digits.slice(0, -2).replace(/\B(?=(?:\d{3})+$)/g, '.');
  return `${cents < 0 ? '-' : ''}${whole},${digits.slice(-2)}`;
}

function toCsv(rows: readonly (readonly string[])[]): string {
  const quote = (cell: string): string => (/[";\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
  return rows.map((row) => `${row.map(quote).join(';')}\r\n`).join('');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  console.log(`seed ${demoSeed}`);
  for (const [name, bytes] of makeDemoFiles(demoSeed)) {
    writeFileSync(join(import.meta.dirname, '../assets/demo', name), bytes);
    console.log(`${name}: ${bytes.toString('latin1').split('\r\n').length - 1} lines, ${bytes.length} bytes`);
  }
}
