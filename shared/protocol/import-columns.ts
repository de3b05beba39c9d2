/**
 * What a creditor's file may hold, and what its columns may feed: for the hub that reads it and the page that maps it.
 *
 * Invariant: a field of the invoice stands in no customer file; a party's number or address counts only beside that party's name.
 */
import { z } from 'zod';

/** What a file holds: one row per invoice (with what it says of the customer), or one row per customer or contact. */
export const importContents = ['invoices', 'customers'] as const;
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
] as const;
export const importFieldSchema = z.enum(importFields);
export type ImportField = z.infer<typeof importFieldSchema>;

/** Fields a file of this content cannot do without. */
export const requiredImportFields: Record<ImportContent, readonly ImportField[]> = {
  invoices: ['customerCode', 'invoiceNumber', 'issueDate', 'dueDate', 'amount'],
  customers: ['customerCode'],
};

const invoiceOnly: ReadonlySet<ImportField> = new Set([
  'invoiceNumber', 'issueDate', 'dueDate', 'amount', 'residual', 'currency', 'documentType', 'settledDate', 'disputed',
]);

/** Fields that a column of a file of this content may feed, in the order in which a list shows them. */
export function importFieldsOf(content: ImportContent): readonly ImportField[] {
  return content === 'invoices' ? importFields : importFields.filter((field) => !invoiceOnly.has(field));
}

/** Fields that several columns may feed at once (the others: one column each). */
export const manyColumnFields: ReadonlySet<ImportField> = new Set<ImportField>([
  'customerName', 'phone', 'email', 'pec', 'address', 'otherAddress', 'contactPhone', 'contactName', 'taxCode',
]);
