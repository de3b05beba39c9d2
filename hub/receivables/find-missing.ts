/**
 * The open invoices of a creditor that its newest file does not hold.
 *
 * Invariants: nothing is assumed paid: an invoice stays open and is marked with the day of the first file that left it out, until
 * a file holds it again; memory holds one page of cases, however many invoices there are.
 */
import type { PlainDate } from '../../shared/time.ts';
import { invoiceKeyOf } from '../imports/check-repeats.ts';
import type { HubStore } from '../store/hub-store.ts';

const PAGE = 200;

export interface LeftOut {
  customerCode: string;
  customerName: string;
  invoiceNumber: string;
  issueDate: PlainDate;
  dueDate: PlainDate;
  residualCents: number;
  currency: string;
}

/** Hands each to `found`, by customer code, due date and number; marks them as of the day, unless that is null. */
export async function findMissing(
  store: HubStore, creditorName: string, isInFile: (key: string) => boolean, markOn: PlainDate | null, found: (invoice: LeftOut) => Promise<void>,
): Promise<void> {
  let after = '';
  for (;;) {
    const page = await store.read(async (tx) => {
      const cases = await tx.selectFrom('cases').innerJoin('creditors', 'creditors.creditor_id', 'cases.creditor_id')
        .select(['cases.case_id', 'cases.customer_code', 'cases.name'])
        .where('creditors.name', '=', creditorName).where('cases.customer_code', '>', after).orderBy('cases.customer_code').limit(PAGE).execute();
      if (cases.length === 0) return { cases, invoices: [] };
      const invoices = await tx.selectFrom('invoices').selectAll()
        .where('case_id', 'in', cases.map((row) => row.case_id))
        .where('settled_on', 'is', null).where('residual_cents', '!=', 0).where('issued', '=', 1)
        .orderBy('due_date').orderBy('number').execute();
      return { cases, invoices };
    });
    const last = page.cases.at(-1);
    if (last === undefined) return;
    after = last.customer_code;
    const byCase = new Map(page.cases.map((row) => [row.case_id, { row, missing: [] as typeof page.invoices }]));
    for (const invoice of page.invoices) {
      const owner = byCase.get(invoice.case_id);
      if (owner === undefined) continue;
      const key = invoiceKeyOf({
        customerCode: owner.row.customer_code, invoiceNumber: invoice.number, issueDate: invoice.issue_date, dueDate: invoice.due_date,
      });
      if (!isInFile(key)) owner.missing.push(invoice);
    }
    const missing = [...byCase.values()].flatMap(({ row, missing: own }) => own.map((invoice) => ({ row, invoice })));
    const unmarked = missing.filter(({ invoice }) => invoice.missing_since === null);
    if (markOn !== null && unmarked.length > 0) {
      await store.write(async (tx) => {
        await tx.updateTable('invoices').set({ missing_since: markOn })
          .where('invoice_id', 'in', unmarked.map(({ invoice }) => invoice.invoice_id)).where('missing_since', 'is', null).execute();
        await tx.updateTable('cases').set({ needs_publish: 1 }).where('case_id', 'in', unmarked.map(({ row }) => row.case_id)).execute();
      });
    }
    for (const { row, invoice } of missing) {
      await found({
        customerCode: row.customer_code, customerName: row.name, invoiceNumber: invoice.number, issueDate: invoice.issue_date,
        dueDate: invoice.due_date, residualCents: invoice.residual_cents, currency: invoice.currency,
      });
    }
  }
}
