/**
 * Stores the batches of one import.
 *
 * Invariants: of the whole file only what counting needs is remembered: a small number per customer; how many rows are stored
 * is written down in the transaction that stores them.
 */
import type { CreditorId } from '../../shared/id.ts';
import { newId } from '../../shared/id.ts';
import type { Clock, PlainDate } from '../../shared/time.ts';
import type { CustomerRow, ImportRow } from '../imports/import-row.ts';
import type { HubStore } from '../store/hub-store.ts';
import type { Tx } from '../store/tables.ts';
import { createDealer } from './assign-customers.ts';
import type { CollectorCount } from './assign-customers.ts';
import type { CustomerDraft } from './customer-draft.ts';
import { addRowToDraft, takenAfter } from './customer-draft.ts';
import type { Change, StoredCase } from './store-customers.ts';
import { storeCustomers } from './store-customers.ts';
import type { StoredInvoice } from './store-invoices.ts';
import { storeInvoices } from './store-invoices.ts';
import { Tally } from './tally.ts';
import type { NoteStored } from './transact-batch.ts';
import { transactBatch } from './transact-batch.ts';

const changeBits: Record<Change, number> = { unchanged: 0, updated: 1, new: 2 };
const CHANGE_MASK = 3;
const CHANGE_WIDTH = 2;

interface StoredBatch { cases: Map<string, StoredCase>; collectors: readonly CollectorCount[] }

export class BatchStore {
  readonly invoices: Record<Change, number> = { new: 0, updated: 0, unchanged: 0 };
  readonly came = new Tally();
  /** Residual after less residual before. */
  readonly changed = new Tally();
  readonly #store: HubStore;
  readonly #clock: Clock;
  readonly #noteStored: NoteStored;
  /** Rows of committed batches. */
  rowsStored = 0;
  readonly #request: { creditorName: string; asOf: PlainDate; dryRun: boolean };
  /** By customer code: what the customer has become, and above it which fields the file has filled. */
  readonly #customers = new Map<string, number>();
  /** What the collectors have, once the first batch has counted. */
  #collectors: readonly CollectorCount[] | null = null;

  constructor(
    store: HubStore, clock: Clock, request: { creditorName: string; asOf: PlainDate; dryRun: boolean }, noteStored: NoteStored = () => Promise.resolve(),
  ) {
    this.#noteStored = noteStored;
    this.#store = store;
    this.#clock = clock;
    this.#request = request;
  }

  async storeInvoices(rows: readonly ImportRow[], isInFile: (key: string) => boolean): Promise<StoredInvoice[]> {
    if (rows.length === 0) return [];
    const drafts = this.#draft(rows);
    const { batch, stored } = await this.#transact(rows.length, async (tx) => {
      const done = await this.#storeDrafts(tx, drafts);
      return { batch: done, stored: await storeInvoices(tx, this.#request.asOf, rows, done.cases, isInFile) };
    });
    this.#remember(drafts, batch);
    for (const change of ['new', 'updated', 'unchanged'] as const) this.invoices[change] += stored.counts[change];
    for (const { before, after } of stored.changes) {
      if (before === null) this.came.add(after.currency, after.residual_cents);
      else if (isToldAsChanged(before, after)) this.changed.add(after.currency, after.residual_cents - before.residual_cents);
    }
    return stored.changes;
  }

  async storeCustomers(rows: readonly CustomerRow[]): Promise<void> {
    if (rows.length === 0) return;
    const drafts = this.#draft(rows);
    this.#remember(drafts, await this.#transact(rows.length, (tx) => this.#storeDrafts(tx, drafts)));
  }

  customerCounts(): Record<Change, number> {
    const counts: Record<Change, number> = { new: 0, updated: 0, unchanged: 0 };
    for (const bits of this.#customers.values()) {
      const change = bits & CHANGE_MASK;
      if (change === changeBits.new) counts.new += 1;
      else if (change === changeBits.updated) counts.updated += 1;
      else counts.unchanged += 1;
    }
    return counts;
  }

  /** In the order of the codes: two imports lock alike. */
  #draft(rows: readonly CustomerRow[]): CustomerDraft[] {
    const drafts = new Map<string, CustomerDraft>();
    for (const row of rows) {
      const taken = (this.#customers.get(row.customerCode) ?? 0) >> CHANGE_WIDTH;
      drafts.set(row.customerCode, addRowToDraft(drafts.get(row.customerCode), row, taken));
    }
    return [...drafts.values()].sort((a, b) => (a.code < b.code ? -1 : 1));
  }

  async #storeDrafts(tx: Tx, drafts: readonly CustomerDraft[]): Promise<StoredBatch> {
    const nowMs = this.#clock.nowMs();
    const creditorId = await takeCreditor(tx, this.#request.creditorName);
    const dealer = await createDealer(tx, this.#collectors);
    return { cases: await storeCustomers(tx, { creditorId, dealer, nowMs }, drafts), collectors: dealer.counts() };
  }

  /** `new` in one batch and `updated` in a later one is still one new customer. */
  #remember(drafts: readonly CustomerDraft[], { cases, collectors }: StoredBatch): void {
    if (!this.#request.dryRun) this.#collectors = collectors;
    for (const draft of drafts) {
      const before = this.#customers.get(draft.code) ?? 0;
      const change = Math.max(before & CHANGE_MASK, changeBits[cases.get(draft.code)?.change ?? 'unchanged']);
      this.#customers.set(draft.code, (takenAfter(draft) << CHANGE_WIDTH) | change);
    }
  }

  async #transact<T>(rows: number, work: (tx: Tx) => Promise<T>): Promise<T> {
    const { dryRun } = this.#request;
    const value = await transactBatch(this.#store, dryRun, work, (tx) => this.#noteStored(tx, this.rowsStored + rows));
    if (!dryRun) this.rowsStored += rows;
    return value;
  }
}

/** What a person is told of: not that an invoice is back, nor that its day of issue came. */
export function isToldAsChanged(before: StoredInvoice['after'], after: StoredInvoice['after']): boolean {
  return (['due_date', 'amount_cents', 'residual_cents', 'currency', 'document_type', 'settled_on', 'disputed_in_file'] as const)
    .some((field) => before[field] !== after[field]);
}

/** The creditor's row, made if need be and locked until the commit: two imports of one creditor take turns. */
async function takeCreditor(tx: Tx, name: string): Promise<CreditorId> {
  const row = await tx
    .insertInto('creditors').values({ creditor_id: newId<CreditorId>(), name })
    .onConflict((oc) => oc.column('name').doUpdateSet((eb) => ({ name: eb.ref('excluded.name') })))
    .returning('creditor_id').executeTakeFirstOrThrow();
  return row.creditor_id;
}
