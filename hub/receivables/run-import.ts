/**
 * Imports one creditor's file: invoices, or customers.
 *
 * Invariants: rows are stored in batches, each in one transaction, so memory and locks stay small; every step is
 * idempotent, so an import that was cut is simply run again, and the same file twice changes nothing. A bad row goes
 * to the rejects file and keeps no good one out. An invoice that a newer file no longer holds is listed and marked, never
 * assumed paid. A dry run goes through the same steps and takes every batch back.
 */
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { ImportJobReport, ImportNote } from '../../shared/protocol/import-protocol.ts';
import type { Result } from '../../shared/result.ts';
import { ok } from '../../shared/result.ts';
import type { Clock, PlainDate } from '../../shared/time.ts';
import { checkRepeats, SeenInvoices } from '../imports/check-repeats.ts';
import type { ImportInput } from '../imports/decode-source.ts';
import { catchRefusal } from '../imports/import-refusal.ts';
import type { CustomerItem, CustomerRow, ImportRow, RejectedRow, RowWarning } from '../imports/import-row.ts';
import type { ImportOptions } from '../imports/inspect-file.ts';
import { readCustomers, readRows } from '../imports/read-rows.ts';
import { createRowSummary } from '../imports/summarise-rows.ts';
import { openRejects } from '../imports/write-rejects.ts';
import type { RejectsWriter } from '../imports/write-rejects.ts';
import type { HubStore } from '../store/hub-store.ts';
import type { NoteStored } from './batch-store.ts';
import { BatchStore } from './batch-store.ts';
import type { LeftOut } from './find-missing.ts';
import { findMissing } from './find-missing.ts';
import { publishChangedCases } from './publish-changed-cases.ts';
import type { StoredInvoice } from './store-invoices.ts';
import { Tally } from './tally.ts';

const BATCH = 200;

export interface ImportRequest {
  file: ImportInput;
  creditorName: string;
  /** `content` says what the rows are; default invoices. */
  options: ImportOptions;
  /** The day whose state the file is taken to show. */
  asOf: PlainDate;
  dryRun: boolean;
  /** Where a rejects file goes if one is needed. */
  rejectsPath: string;
}

/** Hears what happens while it happens; nothing of it is kept here. */
export interface ImportListener {
  note?(note: ImportNote): Promise<void>;
  stored?(invoice: StoredInvoice): Promise<void>;
  leftOut?(invoice: LeftOut): Promise<void>;
  /** Rows below the header that were read so far. */
  rows?(count: number): void;
  /** Every row is stored; the changed cases go to the desks now. */
  sending?(): void;
  /** In the transaction of each batch of a real import: how many rows are stored with it. */
  storing?: NoteStored;
  /** The same, after the commit. */
  rowsStored?(count: number): void;
  /** Before each batch, of rows or (then every row is stored) of cases to send; what it throws ends the import there. */
  beforeBatch?(kind: 'rows' | 'cases'): Promise<void>;
}

export interface ImportOutcome { report: ImportJobReport; rejectsPath: string | null }

export function runImport(store: HubStore, clock: Clock, request: ImportRequest, listener: ImportListener = {}): Promise<Result<ImportOutcome>> {
  return catchRefusal(() =>
    request.options.content === 'customers' ? importCustomers(store, clock, request, listener) : importInvoices(store, clock, request, listener));
}

async function importInvoices(store: HubStore, clock: Clock, request: ImportRequest, listener: ImportListener): Promise<Result<ImportOutcome>> {
  const opened = await readRows(request.file, request.options);
  if (!opened.ok) return opened;
  const counter = await Counter.open(request, opened.value.inspection.headers, listener);
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
  await send(store, clock, request, listener);
  const { open } = summary.result();
  const cents = summary.cents();
  return ok({
    rejectsPath: counter.rejectsPath,
    report: {
      rows: counter.rows, customers: batches.customerCounts(), invoices: batches.invoices, amountCents: cents.amount,
      open: { invoices: open.invoices, customers: open.customers, cents: cents.open, overdue: open.overdue },
      warnings: counter.warnings, changes: { came: batches.came.result(), went: went.result(), changed: batches.changed.result() },
    },
  });
}

async function importCustomers(store: HubStore, clock: Clock, request: ImportRequest, listener: ImportListener): Promise<Result<ImportOutcome>> {
  const opened = await readCustomers(request.file, request.options);
  if (!opened.ok) return opened;
  const counter = await Counter.open(request, opened.value.inspection.headers, listener);
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
  await send(store, clock, request, listener);
  return ok({
    rejectsPath: counter.rejectsPath,
    report: {
      rows: counter.rows, customers: batches.customerCounts(), invoices: null, amountCents: {}, open: null, warnings: counter.warnings, changes: null,
    },
  });
}

async function send(store: HubStore, clock: Clock, request: ImportRequest, listener: ImportListener): Promise<void> {
  if (request.dryRun) return;
  listener.sending?.();
  await publishChangedCases(store, clock, () => listener.beforeBatch?.('cases') ?? Promise.resolve());
}

type CountedItem =
  | { type: 'row'; row: ImportRow; warnings: RowWarning[]; hidden: boolean } | { type: 'repeat'; hidden: boolean } | CustomerItem
  | { type: 'reject'; reject: RejectedRow };

/** Counts rows, and writes down what was not taken and what is to be looked at. */
class Counter {
  readonly rows = { read: 0, taken: 0, repeated: 0, rejected: 0, hidden: 0 };
  warnings = 0;
  readonly #rejects: RejectsWriter;
  readonly #listener: ImportListener;

  private constructor(rejects: RejectsWriter, listener: ImportListener) {
    this.#rejects = rejects;
    this.#listener = listener;
  }

  static async open(request: ImportRequest, headers: readonly string[], listener: ImportListener): Promise<Counter> {
    await mkdir(dirname(request.rejectsPath), { recursive: true, mode: 0o700 });
    return new Counter(openRejects(request.rejectsPath, headers), listener);
  }

  get rejectsPath(): string | null {
    return this.#rejects.path;
  }

  async add(item: CountedItem): Promise<void> {
    this.rows.read += 1;
    this.#listener.rows?.(this.rows.read);
    switch (item.type) {
      case 'reject': {
        this.rows.rejected += 1;
        await this.#rejects.add(item.reject);
        const { line, reasonCode, details } = item.reject;
        const params = { ...details };
        await this.#listener.note?.({ severity: 'reject', line, column: details.column ?? null, value: details.value ?? null, code: reasonCode, params });
        return;
      }
      case 'repeat':
        this.rows.repeated += 1;
        break;
      case 'row':
      case 'customer':
        this.rows.taken += 1;
        this.warnings += item.warnings.length;
        for (const { code, column, value } of item.warnings) {
          await this.#listener.note?.({ severity: 'warning', line: item.row.line, column, value, code, params: { column, value } });
        }
    }
    if (item.hidden) this.rows.hidden += 1;
  }

  close(): Promise<void> {
    return this.#rejects.close();
  }
}
