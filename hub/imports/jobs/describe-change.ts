/** One line of what came, went or changed. */
import type { ImportChange } from '../../../shared/protocol/import-protocol.ts';
import type { LeftOut } from '../../receivables/find-missing.ts';
import type { InvoiceState, StoredInvoice } from '../../receivables/store-invoices.ts';

const fields = [
  ['amount', 'amount_cents'], ['residual', 'residual_cents'], ['dueDate', 'due_date'], ['settledOn', 'settled_on'], ['disputed', 'disputed_in_file'],
  ['documentType', 'document_type'], ['currency', 'currency'],
] as const satisfies readonly (readonly [ImportChange['fields'][number]['field'], keyof InvoiceState])[];

export function changeOfInvoice({ row, customerName, before, after }: StoredInvoice): ImportChange {
  const text = (value: string | number | null): string | null => (value === null ? null : String(value));
  return {
    customerCode: row.customerCode, customerName, invoiceNumber: row.invoiceNumber, issueDate: row.issueDate, dueDate: row.dueDate,
    residualCents: after.residual_cents, currency: after.currency,
    fields: before === null ? [] : fields.filter(([, column]) => before[column] !== after[column])
      .map(([field, column]) => ({ field, before: text(before[column]), after: text(after[column]) })),
  };
}

export function changeOfLeftOut(invoice: LeftOut): ImportChange {
  return { ...invoice, fields: [] };
}
