/**
 * Imports a paid list: each line that belongs to an invoice or a customer of the creditor becomes a payment of its case.
 *
 * Invariants: nothing is lost in silence: a line is counted, known from an earlier list, or refused with its reason; what of a payment no invoice
 * takes is said line by line and in the sum. Of the whole file memory holds a short key per kind of line (and what a dry run took back).
 */
import type { CaseId } from '../../shared/id.ts';
import type { ListedPayment } from '../../shared/case/case-entity.ts';
import { decimalOfCents } from '../../shared/money/format-money.ts';
import type { Result } from '../../shared/result.ts';
import { ok } from '../../shared/result.ts';
import type { Clock } from '../../shared/time.ts';
import { failImport } from '../imports/import-refusal.ts';
import type { PaymentItem, PaymentRow, RejectItem, RowWarning } from '../imports/import-row.ts';
import { readPayments } from '../imports/read-rows.ts';
import { describeReject } from '../imports/reject-reasons.ts';
import type { ReasonDetails, RejectCode } from '../imports/reject-reasons.ts';
import type { HubStore } from '../store/hub-store.ts';
import type { ImportListener, ImportOutcome, ImportRequest } from './import-request.ts';
import { RowCounter } from './row-counter.ts';
import type { KeyedPayment, StoredPayment } from './store-payments.ts';
import { lineKeyOf, storePayments } from './store-payments.ts';
import { Tally } from './tally.ts';
import { transactBatch } from './transact-batch.ts';

const BATCH = 200;

type PaidItem = Extract<PaymentItem, { type: 'payment' }>;

export async function importPayments(store: HubStore, clock: Clock, request: ImportRequest, listener: ImportListener): Promise<Result<ImportOutcome>> {
  const { creditorName } = request;
  const creditor = await store.read((tx) => tx.selectFrom('creditors').select('creditor_id').where('name', '=', creditorName).executeTakeFirst());
  if (creditor === undefined) return failImport('import-creditor-unknown', { creditor: creditorName });
  const opened = await readPayments(request.file, request.options);
  if (!opened.ok) return opened;
  const { headers, suggestedMap } = opened.value.inspection;
  const counter = await RowCounter.open(request, headers, listener);
  const column = (field: 'amount' | 'paidOn' | 'customerCode' | 'invoiceNumber'): string => suggestedMap[field]?.[0] ?? field;
  const batches = new PaymentBatches(store, clock, request, listener);
  const figures = new Figures();
  let waiting: PaymentItem[] = [];
  const flush = async (): Promise<void> => {
    if (waiting.length === 0) return;
    await listener.beforeBatch?.('rows');
    const items = waiting;
    waiting = [];
    const stored = await batches.store(items);
    for (const item of items) {
      const made = item.type === 'payment' ? stored.get(item) : undefined;
      if (item.type === 'reject' || made === undefined) {
        await counter.add(item);
        continue;
      }
      switch (made.type) {
        case 'known':
          figures.known += 1;
          await counter.add({ type: 'repeat', hidden: item.hidden });
          break;
        case 'refused':
          await counter.add(rejectOf(item, made.code, { value: made.value, column: made.code === 'payment-currency' ? column('amount') : column(made.code === 'customer-unknown' ? 'customerCode' : 'invoiceNumber') }));
          break;
        case 'counted':
          await counter.add({ ...item, warnings: [...item.warnings, ...warningsOf(item.row, made, column('amount'))] });
          figures.add(made);
          for (const { invoice, beforeCents, afterCents } of made.given.lowered) {
            await listener.paid?.({
              customerCode: made.customer.code, customerName: made.customer.name, invoiceNumber: invoice.number, issueDate: invoice.issueDate, dueDate: invoice.dueDate,
              residualCents: afterCents, currency: invoice.currency, fields: [{ field: 'residual', before: String(beforeCents), after: String(afterCents) }],
            });
          }
      }
    }
  };
  try {
    for await (const item of opened.value.rows) {
      const isEarly = item.type === 'payment' && item.row.paidOn > request.asOf;
      waiting.push(isEarly ? rejectOf(item, 'payment-in-future', { column: column('paidOn'), value: item.row.paidOn, expected: request.asOf }) : item);
      if (waiting.length >= BATCH) await flush();
    }
    await flush();
  } finally {
    await counter.close();
  }
  return ok({
    rejectsPath: counter.rejectsPath,
    report: {
      rows: counter.rows, customers: { new: 0, updated: figures.cases.size, unchanged: 0 }, invoices: null, amountCents: figures.counted.result().cents, open: null,
      warnings: counter.warnings, changes: { came: new Tally().result(), went: new Tally().result(), changed: figures.lowered.result() },
      payments: {
        counted: figures.counted.result().invoices, known: figures.known, customers: figures.cases.size, cents: figures.counted.result().cents,
        leftCents: figures.left.result().cents,
      },
    },
  });
}

/** Which of the equal lines each is, and their transactions. */
class PaymentBatches {
  readonly #store: HubStore;
  readonly #clock: Clock;
  readonly #request: ImportRequest;
  readonly #listener: ImportListener;
  readonly #occurrences = new Map<string, number>();
  readonly #takenBack = new Map<CaseId, ListedPayment[]>();
  #rowsStored = 0;

  constructor(store: HubStore, clock: Clock, request: ImportRequest, listener: ImportListener) {
    this.#store = store;
    this.#clock = clock;
    this.#request = request;
    this.#listener = listener;
  }

  async store(items: readonly PaymentItem[]): Promise<Map<PaidItem, StoredPayment>> {
    const lines = items.filter((item) => item.type === 'payment');
    if (lines.length === 0) return new Map();
    const payments = lines.map(({ row }): KeyedPayment => ({ row, lineKey: lineKeyOf(row, this.#occurrenceOf(row)) }));
    const { creditorName, jobId = null, fileName = '', dryRun } = this.#request;
    const batch = { creditorName, jobId, fileName, nowMs: this.#clock.nowMs(), takenBack: this.#takenBack };
    const stored = await transactBatch(
      this.#store, dryRun, (tx) => storePayments(tx, batch, payments), (tx) => this.#listener.storing?.(tx, this.#rowsStored + lines.length) ?? Promise.resolve(),
    );
    if (dryRun) {
      for (const one of stored) if (one.type === 'counted') this.#takenBack.set(one.caseId, [...(this.#takenBack.get(one.caseId) ?? []), one.payment]);
    } else {
      this.#rowsStored += lines.length;
      this.#listener.rowsStored?.(this.#rowsStored);
    }
    return new Map(lines.flatMap((item, index) => {
      const one = stored[index];
      return one === undefined ? [] : [[item, one]];
    }));
  }

  #occurrenceOf(row: PaymentRow): number {
    const kind = lineKeyOf(row, 0);
    const occurrence = (this.#occurrences.get(kind) ?? 0) + 1;
    this.#occurrences.set(kind, occurrence);
    return occurrence;
  }
}

class Figures {
  known = 0;
  readonly counted = new Tally();
  readonly left = new Tally();
  readonly lowered = new Tally();
  readonly cases = new Set<CaseId>();

  add({ caseId, payment, given }: Extract<StoredPayment, { type: 'counted' }>): void {
    this.cases.add(caseId);
    this.counted.add(payment.currency, payment.amountCents);
    if (given.leftCents > 0) this.left.add(payment.currency, given.leftCents);
    for (const { invoice, beforeCents, afterCents } of given.lowered) this.lowered.add(invoice.currency, afterCents - beforeCents);
  }
}

function rejectOf(item: PaidItem, code: RejectCode, details: ReasonDetails): RejectItem {
  const { column, value, expected } = details;
  return {
    type: 'reject', key: null,
    reject: {
      line: item.row.line, reasonCode: code, ...describeReject(code, details),
      details: { ...(column === undefined ? {} : { column }), ...(value === undefined ? {} : { value }), ...(expected === undefined ? {} : { expected }) }, raw: item.raw,
    },
  };
}

function warningsOf({ currency, amountCents }: PaymentRow, { given }: Extract<StoredPayment, { type: 'counted' }>, column: string): RowWarning[] {
  const money = (cents: number): string => `${decimalOfCents(cents)} ${currency}`;
  const value = money(amountCents);
  return [
    ...(given.beyondOpenCents > 0 ? [{ code: 'payment-beyond-open' as const, column, value, expected: money(given.beyondOpenCents) }] : []),
    ...(given.leftCents > 0 ? [{ code: 'payment-left-over' as const, column, value, expected: money(given.leftCents) }] : []),
  ];
}
