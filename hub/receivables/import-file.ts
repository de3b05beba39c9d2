/** Imports one creditor's file for the command line and `POST /v1/imports`, which tell of it in one report. */
import { createHash } from 'node:crypto';
import { decimalOfCents } from '../../shared/money/format-money.ts';
import type { Result } from '../../shared/result.ts';
import { ok } from '../../shared/result.ts';
import type { Clock } from '../../shared/time.ts';
import type { HubStore } from '../store/hub-store.ts';
import type { ImportReport, MissingInvoice } from './import-report.ts';
import type { ImportRequest } from './import-request.ts';
import { runImport } from './run-import.ts';

const MOST_NOTES = 1_000;

export async function importFile(store: HubStore, clock: Clock, request: ImportRequest): Promise<Result<ImportReport>> {
  const missing: MissingInvoice[] = [];
  const notes: NonNullable<ImportReport['payments']>['notes'] = [];
  const imported = await runImport(store, clock, request, {
    leftOut: ({ customerCode, invoiceNumber, issueDate, dueDate, residualCents, currency }) => {
      missing.push({ customerCode, invoiceNumber, issueDate, dueDate, residual: decimalOfCents(residualCents), currency });
      return Promise.resolve();
    },
    note: ({ code, line, params, value }) => {
      if ((code === 'payment-left-over' || code === 'payment-beyond-open') && notes.length < MOST_NOTES) {
        notes.push({ line, code, value: String(params['expected'] ?? ''), of: value ?? '' });
      }
      return Promise.resolve();
    },
  });
  if (!imported.ok) return imported;
  const { report, rejectsPath } = imported.value;
  const { rows, invoices, open } = report;
  return ok({
    customers: report.customers,
    invoices: {
      new: invoices?.new ?? 0, updated: invoices?.updated ?? 0, unchanged: (invoices?.unchanged ?? 0) + rows.repeated, rejected: rows.rejected,
    },
    ...(report.payments === null ? {} : {
      payments: {
        new: report.payments.counted, known: report.payments.known, rejected: rows.rejected, customers: report.payments.customers,
        amount: inDecimals(report.payments.cents), left: inDecimals(report.payments.leftCents), notes,
      },
    }),
    amount: inDecimals(report.amountCents),
    open: open === null
      ? { invoices: 0, customers: 0, amount: {}, overdue: 0 }
      : { invoices: open.invoices, customers: open.customers, amount: inDecimals(open.cents), overdue: open.overdue },
    rejects: rejectsPath,
    missing,
  });
}

function inDecimals(cents: Readonly<Record<string, number>>): Record<string, string> {
  return Object.fromEntries(Object.entries(cents).toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([currency, sum]) => [currency, decimalOfCents(sum)]));
}

/** Names the rejects file of one import: the creditor's name would be personal data in a path. */
export function rejectsFileName(clock: Clock, creditorName: string): string {
  const short = createHash('sha256').update(creditorName).digest('hex').slice(0, 8);
  return `rejects-${short}-${String(clock.nowMs())}.csv`;
}
