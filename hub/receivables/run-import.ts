/**
 * Imports one creditor's file: invoices, customers, or payments.
 *
 * Invariants: rows are stored in batches, each in one transaction, so memory and locks stay small; every step is
 * idempotent, so an import that was cut is simply run again, and the same file twice changes nothing. A bad row goes
 * to the rejects file and keeps no good one out. An invoice that a newer file no longer holds is listed and marked, never
 * assumed paid. A dry run goes through the same steps and takes every batch back.
 */
import type { Result } from '../../shared/result.ts';
import { ok } from '../../shared/result.ts';
import type { Clock } from '../../shared/time.ts';
import { checkRepeats, SeenInvoices } from '../imports/check-repeats.ts';
import { catchRefusal } from '../imports/import-refusal.ts';
import type { CustomerRow, ImportRow } from '../imports/import-row.ts';
import { readCustomers, readRows } from '../imports/read-rows.ts';
import { createRowSummary } from '../imports/summarise-rows.ts';
import type { HubStore } from '../store/hub-store.ts';
import { BatchStore } from './batch-store.ts';
import { findMissing } from './find-missing.ts';
import { importPayments } from './import-payments.ts';
import type { ImportListener, ImportOutcome, ImportRequest } from './import-request.ts';
import { publishChangedCases } from './publish-changed-cases.ts';
import { RowCounter } from './row-counter.ts';
import { Tally } from './tally.ts';

const BATCH = 200;

export function runImport(store: HubStore, clock: Clock, request: ImportRequest, listener: ImportListener = {}): Promise<Result<ImportOutcome>> {
  return catchRefusal(async () => {
    const imported = await importContent(store, clock, request, listener);
    if (imported.ok) await send(store, clock, request, listener);
    return imported;
  });
}

function importContent(store: HubStore, clock: Clock, request: ImportRequest, listener: ImportListener): Promise<Result<ImportOutcome>> {
  switch (request.options.content ?? 'invoices') {
    case 'invoices': return importInvoices(store, clock, request, listener);
    case 'customers': return importCustomers(store, clock, request, listener);
    case 'payments': return importPayments(store, clock, request, listener);
  }
}

async function importInvoices(store: HubStore, clock: Clock, request: ImportRequest, listener: ImportListener): Promise<Result<ImportOutcome>> {
  const opened = await readRows(request.file, request.options);
  if (!opened.ok) return opened;
  const counter = await RowCounter.open(request, opened.value.inspection.headers, listener);
  const summary = createRowSummary(request.asOf);
  const seen = new SeenInvoices();
  const batches = new BatchStore(store, clock, request, listener.storing);
  const went = new Tally();
  let waiting: ImportRow[] = [];
  const flush = async (): Promise<void> => {
    if (waiting.length === 0) return;
    await listener.beforeBatch?.('rows');
    const stored = await batches.storeInvoices(waiting, (key) => seen.has(key));
    waiting = [];
    listener.rowsStored?.(batches.rowsStored);
    for (const invoice of stored) await listener.stored?.(invoice);
  };
  try {
    for await (const item of checkRepeats(opened.value.rows, seen)) {
      summary.add(item);
      await counter.add(item);
      if (item.type === 'row') waiting.push(item.row);
      if (waiting.length >= BATCH) await flush();
    }
    await flush();
  } finally {
    await counter.close();
  }
  // A file without one good row says nothing about what it left out.
  const markOn = request.dryRun || counter.rows.taken === 0 ? null : request.asOf;
  await findMissing(store, request.creditorName, (key) => seen.has(key), markOn, async (invoice) => {
    went.add(invoice.currency, invoice.residualCents);
    await listener.leftOut?.(invoice);
  });
  const { open } = summary.result();
  const cents = summary.cents();
  return ok({
    rejectsPath: counter.rejectsPath,
    report: {
      rows: counter.rows, customers: batches.customerCounts(), invoices: batches.invoices, amountCents: cents.amount,
      open: { invoices: open.invoices, customers: open.customers, cents: cents.open, overdue: open.overdue },
      warnings: counter.warnings, changes: { came: batches.came.result(), went: went.result(), changed: batches.changed.result() },
      payments: null,
    },
  });
}

async function importCustomers(store: HubStore, clock: Clock, request: ImportRequest, listener: ImportListener): Promise<Result<ImportOutcome>> {
  const opened = await readCustomers(request.file, request.options);
  if (!opened.ok) return opened;
  const counter = await RowCounter.open(request, opened.value.inspection.headers, listener);
  const batches = new BatchStore(store, clock, request, listener.storing);
  let waiting: CustomerRow[] = [];
  const flush = async (): Promise<void> => {
    if (waiting.length === 0) return;
    await listener.beforeBatch?.('rows');
    await batches.storeCustomers(waiting);
    waiting = [];
    listener.rowsStored?.(batches.rowsStored);
  };
  try {
    for await (const item of opened.value.rows) {
      await counter.add(item);
      if (item.type === 'customer') waiting.push(item.row);
      if (waiting.length >= BATCH) await flush();
    }
    await flush();
  } finally {
    await counter.close();
  }
  return ok({
    rejectsPath: counter.rejectsPath,
    report: {
      rows: counter.rows, customers: batches.customerCounts(), invoices: null, amountCents: {}, open: null, warnings: counter.warnings, changes: null,
      payments: null,
    },
  });
}

async function send(store: HubStore, clock: Clock, request: ImportRequest, listener: ImportListener): Promise<void> {
  if (request.dryRun) return;
  listener.sending?.();
  await publishChangedCases(store, clock, () => listener.beforeBatch?.('cases') ?? Promise.resolve());
}
