/**
 * What a record says of a customer: names, codes, numbers, addresses, and everyone else with a role.
 *
 * Invariant: nothing here loses a row. What cannot be right (a tax code, an address, a role) stands as it is written, with a
 * warning; a party's number or address counts only beside that party's name, and an unknown role may not be told of the debt.
 */
import { toldByDefault } from '../../shared/case/party.ts';
import type { PartyRole } from '../../shared/case/party.ts';
import { normalisePhone } from '../../shared/case/normalise-phone.ts';
import { readTaxCode } from '../../shared/case/read-tax-code.ts';
import { readIban } from '../../shared/money/read-iban.ts';
import { cleanCode, cleanText, isExponent, readKind, readLanguage } from './clean-cell.ts';
import type { ImportField } from './import-fields.ts';
import type { CustomerItem, CustomerRow, PartySaid, RowWarning } from './import-row.ts';
import { customerRowSchema, IBAN_TAIL } from './import-row.ts';
import { readPartyRole } from './read-party-role.ts';
import type { CsvRecord } from './read-records.ts';
import type { RowContext } from './row-context.ts';
import { headerOf, RowRefusal, takeOrReject, valueOf } from './row-context.ts';

/** One record of a customer file. */
export function buildCustomer(record: CsvRecord, context: RowContext): CustomerItem {
  return takeOrReject<CustomerItem>(record, () => {
    refuseNoCustomer(record, context);
    const warnings: RowWarning[] = [];
    const row = customerRowSchema.parse({ line: record.line, ...readCustomer(record, context, warnings) });
    warnUnusablePhones(record, context, warnings);
    warnOpenQuotes(record, context, warnings);
    return { type: 'customer', row, warnings, hidden: record.hidden === true };
  }, () => null);
}

/** The customer's part of a record of either kind of file. */
export function readCustomer(record: CsvRecord, context: RowContext, warnings: RowWarning[]): Omit<CustomerRow, 'line'> {
  const cell = (field: ImportField): string => valueOf(record.cells, context.plan, field);
  const text = (field: ImportField): string | null => (cell(field) === '' ? null : cell(field));
  if (cell('customerCode') === '') throw new RowRefusal('missing-value', { column: headerOf(context, 'customerCode') });
  const kind = readKind(cell('kind'));
  const [email = null, ...moreEmails] = readEmails('email', record, context, warnings);
  return {
    customerCode: readCode('customerCode', record, context),
    customerName: text('customerName'),
    kind,
    phone: text('phone'),
    email, moreEmails,
    pecs: readEmails('pec', record, context, warnings),
    address: text('address'),
    otherAddress: text('otherAddress'),
    language: readLanguage(cell('language')),
    taxCode: readTaxCodes('taxCode', record, context, warnings),
    salesAgent: text('salesAgent'),
    ibanTail: readIbanTail(record, context, warnings),
    parties: readParties(record, context, warnings),
  };
}

/** A code, or the refusal of one whose digits a spreadsheet lost. */
export function readCode(field: 'customerCode' | 'invoiceNumber', { cells }: CsvRecord, context: RowContext): string {
  const value = cleanCode(valueOf(cells, context.plan, field));
  if (isExponent(value)) throw new RowRefusal('code-exponent', { column: headerOf(context, field), value });
  return value;
}

/** The first valid tax code of the columns; where none is, the first as it is written. */
function readTaxCodes(field: ImportField, { cells }: CsvRecord, { plan, headers }: RowContext, warnings: RowWarning[]): string | null {
  let wrong: { code: string; column: number } | null = null;
  for (const column of plan[field] ?? []) {
    const written = cleanCode(cells[column] ?? '').toUpperCase();
    if (written === '' || /^[-./0\s]+$/.test(written)) continue;
    const read = readTaxCode(written);
    if (read.ok) return read.value.code;
    wrong ??= { code: written, column };
  }
  if (wrong === null) return null;
  warnings.push({ code: 'tax-code-invalid', column: headers[wrong.column] ?? '', value: wrong.code });
  return wrong.code;
}

/** One that does not hold is kept in no part: its end would find the wrong person. */
function readIbanTail({ cells }: CsvRecord, context: RowContext, warnings: RowWarning[]): string | null {
  const written = valueOf(cells, context.plan, 'iban');
  if (written === '') return null;
  const iban = readIban(written);
  if (iban.ok) return iban.value.slice(-IBAN_TAIL);
  warnings.push({ code: 'iban-invalid', column: headerOf(context, 'iban'), value: written });
  return null;
}

function readEmails(field: ImportField, { cells }: CsvRecord, context: RowContext, warnings: RowWarning[]): string[] {
  const found = new Set<string>();
  for (const written of valueOf(cells, context.plan, field).split(/[;,\s]+/)) {
    const address = written.replace(/^(?:mailto:|<)+|[>.]+$/gi, '');
    if (address === '' || /^(?:-+|n\/?[ad])$/i.test(address)) continue;
    if (!isEmail(address)) warnings.push({ code: 'email-invalid', column: headerOf(context, field), value: address });
    found.add(address);
  }
  return [...found];
}

export function isEmail(text: string): boolean {
  return /^[^\s@<>()",;:]+@[^\s@<>()",;:]+\.[^\s@<>()",;:.]{2,}$/.test(text);
}

interface PartyColumns { name: ImportField; role: PartyRole | null; phone: ImportField; email: ImportField | null; taxCode: ImportField | null }

const partyColumns: readonly PartyColumns[] = [
  { name: 'contactName', role: null, phone: 'contactPhone', email: 'contactEmail', taxCode: 'contactTaxCode' },
  { name: 'coDebtorName', role: 'co-debtor', phone: 'coDebtorPhone', email: null, taxCode: 'coDebtorTaxCode' },
  { name: 'guarantorName', role: 'guarantor', phone: 'guarantorPhone', email: null, taxCode: 'guarantorTaxCode' },
  { name: 'heirName', role: 'heir', phone: 'heirPhone', email: null, taxCode: null },
  { name: 'administratorName', role: 'administrator', phone: 'administratorPhone', email: 'administratorEmail', taxCode: null },
  { name: 'guardianName', role: 'guardian', phone: 'guardianPhone', email: null, taxCode: null },
  { name: 'representativeName', role: 'representative', phone: 'representativePhone', email: 'representativeEmail', taxCode: null },
];

function readParties(record: CsvRecord, context: RowContext, warnings: RowWarning[]): PartySaid[] {
  const parties: PartySaid[] = [];
  for (const columns of partyColumns) {
    const name = valueOf(record.cells, context.plan, columns.name).slice(0, 200);
    if (name === '') continue;
    const phone = valueOf(record.cells, context.plan, columns.phone);
    parties.push({
      name,
      ...(columns.role === null ? readRole(record, context, warnings) : { role: columns.role, mayBeTold: toldByDefault[columns.role], note: null }),
      phone: phone === '' ? null : phone,
      emails: columns.email === null ? [] : readEmails(columns.email, record, context, warnings),
      taxCode: columns.taxCode === null ? null : readTaxCodes(columns.taxCode, record, context, warnings)?.slice(0, 20) ?? null,
    });
  }
  return parties;
}

function readRole(record: CsvRecord, context: RowContext, warnings: RowWarning[]): Pick<PartySaid, 'role' | 'mayBeTold' | 'note'> {
  const written = valueOf(record.cells, context.plan, 'contactRole').slice(0, 500);
  const role = readPartyRole(written);
  if (role !== null) return { role, mayBeTold: toldByDefault[role], note: null };
  if (written !== '') warnings.push({ code: 'party-role-unknown', column: headerOf(context, 'contactRole'), value: written });
  const isPerson = readKind(valueOf(record.cells, context.plan, 'kind')) === 'person';
  return { role: isPerson ? 'representative' : 'company-reception', mayBeTold: false, note: written === '' ? null : written };
}

function warnUnusablePhones({ cells }: CsvRecord, context: RowContext, warnings: RowWarning[]): void {
  for (const column of context.plan.phone ?? []) {
    for (const phone of normalisePhone(cells[column] ?? '')) {
      if (!phone.usable) warnings.push({ code: 'phone-unusable', column: context.headers[column] ?? '', value: phone.raw });
    }
  }
}

function refuseNoCustomer(record: CsvRecord, { headers, plan, delimiter }: RowContext): void {
  const { cells } = record;
  refuseBroken(record, headers, delimiter);
  const column = plan.customerCode?.[0] ?? -1;
  const isHeader = Object.values(plan).flat().every((index) => cleanText(cells[index] ?? '') === (headers[index] ?? '').replace(/#\d+$/, ''));
  if (isHeader) throw new RowRefusal('repeated-header');
  if (cleanText(cells[column] ?? '') === '' && cells.some(isTotalLabel)) throw new RowRefusal('total-row');
}

/** Characters nobody can read, lines that ran into one, and cells beyond the header. */
export function refuseBroken({ cells, unreadable }: CsvRecord, headers: readonly string[], delimiter: string | null): void {
  if (unreadable === true) throw new RowRefusal('broken-characters');
  const runTogether = (cell: string): boolean =>
    /[\r\n]/.test(cell) && (cell.trimStart().startsWith('"') || (delimiter !== null && cell.split(delimiter).length >= headers.length));
  if (delimiter !== null && cells.some(runTogether)) throw new RowRefusal('broken-quotes');
  if (delimiter !== null && cells.slice(headers.length).some((cell) => cell.trim() !== '')) throw new RowRefusal('too-many-cells');
}

/** Where the quotes of the file do not close, it is read without them: what opens one and does not close it is to be looked at. */
export function warnOpenQuotes({ cells }: CsvRecord, { headers, isUnquoted }: RowContext, warnings: RowWarning[]): void {
  if (!isUnquoted) return;
  for (const [column, cell] of cells.entries()) {
    const text = cell.trim();
    if (text.startsWith('"') && text.split('"').length % 2 === 0) warnings.push({ code: 'quote-open', column: headers[column] ?? '', value: text });
  }
}

export function isTotalLabel(cell: string): boolean {
  return /^(?:sub)?(?:total[ei]?|tot\.?)(?:\s|:|$)|^(?:gran|grand) total|^saldo finale/i.test(cleanText(cell));
}
