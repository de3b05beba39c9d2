/**
 * Imports one creditor's file.
 *
 * Invariants: rows are stored in batches, each in one transaction, so memory and locks stay small; every step is
 * idempotent, so an import that was cut is simply run again, and the same file twice changes nothing. A bad row goes
 * to the rejects file and keeps no good one out. An invoice that a newer file no longer holds is listed, never
 * assumed paid. A dry run goes through the same steps and takes every batch back.
 */
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { createHash } from 'node:crypto';
import type { CreditorId, InvoiceId } from '../../shared/id.ts';
import { newId } from '../../shared/id.ts';
import { decimalOfCents } from '../../shared/money/format-money.ts';
import type { Result } from '../../shared/result.ts';
import { ok } from '../../shared/result.ts';
import type { Clock, PlainDate } from '../../shared/time.ts';
import { checkRepeats } from '../imports/check-repeats.ts';
import type { ImportInput } from '../imports/decode-source.ts';
import type { ImportRow } from '../imports/import-row.ts';
import type { ImportOptions } from '../imports/inspect-file.ts';
import { readRows } from '../imports/read-rows.ts';
import { createRowSummary } from '../imports/summarise-rows.ts';
import { openRejects } from '../imports/write-rejects.ts';
import type { HubStore } from '../store/hub-store.ts';
import type { Tx } from '../store/tables.ts';
import { createDealer } from './assign-customers.ts';
import type { CustomerDraft } from './customer-draft.ts';
import { addRowToDraft } from './customer-draft.ts';
import type { ImportReport, MissingInvoice } from './import-report.ts';
import { publishChangedCases } from './publish-changed-cases.ts';
import type { Change } from './store-customers.ts';
import { storeCustomers } from './store-customers.ts';
import { storeInvoices } from './store-invoices.ts';

const BATCH = 200;

export interface ImportRequest {
  file: ImportInput;
  creditorName: string;
  options: ImportOptions;
  /** The day whose state the file is taken to show. */
  asOf: PlainDate;
  dryRun: boolean;
  /** Where a rejects file goes if one is needed. */
  rejectsPath: string;
}

/** Carries the result of a batch out of the transaction that it takes back. */
class DryRun<T> extends Error {
  readonly value: T;
  constructor(value: T) {
    super('dry run');
    this.value = value;
  }
}

export async function importFile(store: HubStore, clock: Clock, request: ImportRequest): Promise<Result<ImportReport>> {
  const opened = await readRows(request.file, request.options);
  if (!opened.ok) return opened;
  await mkdir(dirname(request.rejectsPath), { recursive: true, mode: 0o700 });
  const rejects = openRejects(request.rejectsPath, opened.value.inspection.headers);
  const summary = createRowSummary(request.asOf);
  const batches = new BatchStore(store, clock, request);
  let waiting: ImportRow[] = [];
  for await (const item of checkRepeats(opened.value.rows)) {
    summary.add(item);
    if (item.type === 'reject') await rejects.add(item.reject);
    if (item.type === 'row') waiting.push(item.row);
    if (waiting.length < BATCH) continue;
    await batches.store(waiting);
    waiting = [];
  }
  await batches.store(waiting);
  await rejects.close();
  if (!request.dryRun) await publishChangedCases(store, clock);

  const file = summary.result();
  const report: ImportReport = {
    customers: batches.customerCounts(),
    invoices: { ...batches.invoices, unchanged: batches.invoices.unchanged + file.rows.repeated, rejected: file.rows.rejected },
    amount: file.amount,
    open: file.open,
    rejects: rejects.path,
    missing: await batches.findMissing(),
  };
  return ok(report);
}

/** Stores batches and remembers, of the whole file, only what counting and `missing` need. */
class BatchStore {
  readonly invoices: Record<Change, number> = { new: 0, updated: 0, unchanged: 0 };
  readonly #store: HubStore;
  readonly #clock: Clock;
  readonly #request: ImportRequest;
  readonly #drafts = new Map<string, CustomerDraft>();
  readonly #changes = new Map<string, Change>();
  readonly #seen = new Set<InvoiceId>();

  constructor(store: HubStore, clock: Clock, request: ImportRequest) {
    this.#store = store;
    this.#clock = clock;
    this.#request = request;
  }

  async store(rows: readonly ImportRow[]): Promise<void> {
    if (rows.length === 0) return;
    const codes = [...new Set(rows.map((row) => row.customerCode))].sort();
    for (const row of rows) this.#drafts.set(row.customerCode, addRowToDraft(this.#drafts.get(row.customerCode), row));
    const drafts = codes.flatMap((code) => this.#drafts.get(code) ?? []);
    const { cases, invoices } = await this.#transact(async (tx) => {
      const nowMs = this.#clock.nowMs();
      const creditorId = await takeCreditor(tx, this.#request.creditorName);
      const stored = await storeCustomers(tx, { creditorId, dealer: await createDealer(tx), nowMs }, drafts);
      return { cases: stored, invoices: await storeInvoices(tx, this.#request.asOf, rows, stored) };
    });
    for (const [code, { change }] of cases) this.#changes.set(code, strongest(this.#changes.get(code), change));
    for (const change of ['new', 'updated', 'unchanged'] as const) this.invoices[change] += invoices.counts[change];
    for (const invoiceId of invoices.invoiceIds) this.#seen.add(invoiceId);
  }

  customerCounts(): Record<Change, number> {
    const counts: Record<Change, number> = { new: 0, updated: 0, unchanged: 0 };
    for (const change of this.#changes.values()) counts[change] += 1;
    return counts;
  }

  /** The open invoices of this creditor that the file does not hold. */
  async findMissing(): Promise<MissingInvoice[]> {
    const rows = await this.#store.read((tx) =>
      tx.selectFrom('invoices')
        .innerJoin('cases', 'cases.case_id', 'invoices.case_id')
        .innerJoin('creditors', 'creditors.creditor_id', 'cases.creditor_id')
        .selectAll('invoices')
        .select('cases.customer_code')
        .where('creditors.name', '=', this.#request.creditorName)
        .where('invoices.settled_on', 'is', null)
        .where('invoices.residual_cents', '!=', 0)
        .where('invoices.issued', '=', 1)
        .orderBy('cases.customer_code').orderBy('invoices.due_date').orderBy('invoices.number')
        .execute());
    return rows
      .filter((row) => !this.#seen.has(row.invoice_id))
      .map((row) => ({
        customerCode: row.customer_code, invoiceNumber: row.number, issueDate: row.issue_date, dueDate: row.due_date,
        residual: decimalOfCents(row.residual_cents), currency: row.currency,
      }));
  }

  async #transact<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    if (!this.#request.dryRun) return this.#store.write(work);
    try {
      return await this.#store.write(async (tx) => {
        throw new DryRun(await work(tx));
      });
    } catch (error) {
      if (error instanceof DryRun) return error.value as T;
      throw error;
    }
  }
}

/** `new` in one batch and `updated` in a later one is still one new customer. */
function strongest(before: Change | undefined, now: Change): Change {
  if (before === 'new' || before === undefined) return before ?? now;
  return now === 'unchanged' ? before : now;
}

/** The creditor's row, made if need be and locked until the commit: two imports of one creditor take turns. */
async function takeCreditor(tx: Tx, name: string): Promise<CreditorId> {
  const row = await tx
    .insertInto('creditors').values({ creditor_id: newId<CreditorId>(), name })
    .onConflict((oc) => oc.column('name').doUpdateSet((eb) => ({ name: eb.ref('excluded.name') })))
    .returning('creditor_id').executeTakeFirstOrThrow();
  return row.creditor_id;
}

/** Names the rejects file of one import: the creditor's name would be personal data in a path. */
export function rejectsFileName(clock: Clock, creditorName: string): string {
  const short = createHash('sha256').update(creditorName).digest('hex').slice(0, 8);
  return `rejects-${short}-${String(clock.nowMs())}.csv`;
}
