/**
 * What a creditor's file may hold, and what its columns may feed: for the hub that reads it and the page that maps it.
 *
 * Invariant: a field of the invoice stands in no customer file, one of a payment in a paid list only; a party's number or address counts only beside that party's name.
 */
import { z } from 'zod';

/** What a file holds: one row per invoice (with what it says of the customer), one per customer or contact, or one per payment that came in. */
export const importContents = ['invoices', 'customers', 'payments'] as const;
export const importContentSchema = z.enum(importContents);
export type ImportContent = z.infer<typeof importContentSchema>;

/** What may stand in a column. The page's label of each is `imports.fields.<field>`. */
export const importFields = [
  'customerCode', 'customerName', 'kind', 'invoiceNumber', 'issueDate', 'dueDate', 'amount', 'residual', 'currency', 'documentType',
  'settledDate', 'disputed', 'phone', 'email', 'address', 'language', 'taxCode', 'salesAgent',
  'pec', 'otherAddress',
  'contactName', 'contactRole', 'contactPhone', 'contactEmail', 'contactTaxCode',
  'coDebtorName', 'coDebtorPhone', 'coDebtorTaxCode', 'guarantorName', 'guarantorPhone', 'guarantorTaxCode',
  'heirName', 'heirPhone', 'administratorName', 'administratorPhone', 'administratorEmail', 'guardianName', 'guardianPhone',
  'representativeName', 'representativePhone', 'representativeEmail',
  'iban',
  'paidOn', 'method', 'reference',
] as const;
export const importFieldSchema = z.enum(importFields);
export type ImportField = z.infer<typeof importFieldSchema>;

/** Fields a file of this content cannot do without. */
export const requiredImportFields: Record<ImportContent, readonly ImportField[]> = {
  invoices: ['customerCode', 'invoiceNumber', 'issueDate', 'dueDate', 'amount'],
  customers: ['customerCode'],
  payments: ['paidOn', 'amount'],
};

/** A payment says whose it is by the customer's code, by an invoice's number, or by both. */
const payerFields: readonly ImportField[] = ['customerCode', 'invoiceNumber'];

/** Fields that a file of this content cannot do without and that nothing feeds. */
export function missingImportFields(content: ImportContent, isFed: (field: ImportField) => boolean): ImportField[] {
  const missing = requiredImportFields[content].filter((field) => !isFed(field));
  return content === 'payments' && !payerFields.some(isFed) ? [...missing, 'invoiceNumber'] : missing;
}

const invoiceOnly: ReadonlySet<ImportField> = new Set([
  'invoiceNumber', 'issueDate', 'dueDate', 'amount', 'residual', 'currency', 'documentType', 'settledDate', 'disputed',
]);

const paymentFields: readonly ImportField[] = ['customerCode', 'invoiceNumber', 'paidOn', 'amount', 'currency', 'method', 'reference'];
const paymentOnly: ReadonlySet<ImportField> = new Set(['paidOn', 'method', 'reference']);
/** In a list of invoices an IBAN is where to pay; in a list of customers it is the customer's. */
const customerOnly: ReadonlySet<ImportField> = new Set(['iban']);
const fieldsOf: Record<ImportContent, readonly ImportField[]> = {
  invoices: importFields.filter((field) => !paymentOnly.has(field) && !customerOnly.has(field)),
  customers: importFields.filter((field) => !paymentOnly.has(field) && !invoiceOnly.has(field)),
  payments: paymentFields,
};

/** Fields that a column of a file of this content may feed, in the order in which a list shows them. */
export function importFieldsOf(content: ImportContent): readonly ImportField[] {
  return fieldsOf[content];
}

/** Fields that several columns may feed at once (the others: one column each). */
export const manyColumnFields: ReadonlySet<ImportField> = new Set<ImportField>([
  'customerName', 'phone', 'email', 'pec', 'address', 'otherAddress', 'contactPhone', 'contactName', 'taxCode', 'reference',
]);
