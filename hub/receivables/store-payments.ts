/**
 * Writes the payments of one batch of a paid list.
 *
 * Invariants: a payment is known by its creditor and what its line says, and by which of the equal lines of one file it is: so the same list again, or two
 * lists that overlap, count each line once, and two equal payments of one list count twice. The creditor's row is locked before its cases, and
 * those in one order; a payment and the mark that sends its case to the desks are written together.
 */
import { createHash } from 'node:crypto';
import type { CaseEntity, ListedPayment } from '../../shared/case/case-entity.ts';
import { allocateToCase } from '../../shared/case/allocate-to-case.ts';
import type { CaseAllocation } from '../../shared/case/allocate-to-case.ts';
import type { CaseId, CreditorId, ImportJobId, PaymentId } from '../../shared/id.ts';
import { newId } from '../../shared/id.ts';
import { usualAgreementTerms } from '../../shared/protocol/agreement-terms.ts';
import type { AgreementTerms } from '../../shared/protocol/agreement-terms.ts';
import { findConduct } from '../conduct/publish-conduct.ts';
import type { PaymentRow } from '../imports/import-row.ts';
import { SITE_ZONE } from '../site-zone.ts';
import type { Tx } from '../store/tables.ts';
import { loadCases, lockCases } from './load-case.ts';

export interface KeyedPayment { row: PaymentRow; lineKey: string }
export type PaymentProblem = 'customer-unknown' | 'invoice-unknown' | 'invoice-of-several' | 'payment-currency';
export type StoredPayment =
  | { type: 'known' } | { type: 'refused'; code: PaymentProblem; value: string }
  | { type: 'counted'; customer: CaseEntity['customer']; caseId: CaseId; payment: ListedPayment; given: CaseAllocation };

export interface PaymentBatch {
  creditorName: string;
  jobId: ImportJobId | null;
  fileName: string;
  nowMs: number;
  /** What earlier batches have counted and taken back: a dry run's. */
  takenBack: ReadonlyMap<CaseId, readonly ListedPayment[]>;
}

/** Says what the line is, the `occurrence`th of its kind in its file; never what line of which file it is. */
export function lineKeyOf({ customerCode, invoiceNumber, paidOn, amountCents, currency, methodText, reference }: PaymentRow, occurrence: number): string {
  return createHash('sha256').update(JSON.stringify([customerCode, invoiceNumber, paidOn, amountCents, currency, methodText, reference, occurrence])).digest('base64url');
}

/** One answer per payment, in their order. */
export async function storePayments(tx: Tx, batch: PaymentBatch, payments: readonly KeyedPayment[]): Promise<StoredPayment[]> {
  // Written to be locked: two lists of one creditor take turns.
  const { creditor_id: creditorId } = await tx.updateTable('creditors').set((eb) => ({ name: eb.ref('name') })).where('name', '=', batch.creditorName)
    .returning('creditor_id').executeTakeFirstOrThrow();
  const known = new Set((await tx.selectFrom('payments').select('line_key').where('creditor_id', '=', creditorId)
    .where('line_key', 'in', payments.map(({ lineKey }) => lineKey)).execute()).map((row) => row.line_key));
  const fresh = payments.filter(({ lineKey }) => !known.has(lineKey)).map(({ row }) => row);
  const owners = await findOwners(tx, creditorId, fresh);
  const caseIds = [...new Set([...owners.byCode.values(), ...[...owners.byNumber.values()].flatMap((ids) => [...ids])])];
  const loaded = await loadCases(tx, await lockCases(tx, caseIds));
  const entities = new Map([...loaded].map(([caseId, { entity }]) => [caseId, { ...entity, payments: [...entity.payments, ...(batch.takenBack.get(caseId) ?? [])] }]));
  const terms = (await findConduct(tx, creditorId))?.agreements ?? usualAgreementTerms;
  const stored: StoredPayment[] = [];
  const inserts: { caseId: CaseId; lineKey: string; payment: ListedPayment }[] = [];
  for (const { row, lineKey } of payments) {
    const made = known.has(lineKey) ? { type: 'known' as const } : countPayment(row, owners, entities, terms, batch);
    stored.push(made);
    if (made.type === 'counted') inserts.push({ caseId: made.caseId, lineKey, payment: made.payment });
  }
  if (inserts.length > 0) {
    await tx.insertInto('payments').values(inserts.map(({ caseId, lineKey, payment }) => ({
      payment_id: payment.paymentId, case_id: caseId, creditor_id: creditorId, line_key: lineKey, job_id: batch.jobId, body: JSON.stringify(payment),
    }))).execute();
    await tx.updateTable('cases').set({ needs_publish: 1 }).where('case_id', 'in', [...new Set(inserts.map(({ caseId }) => caseId))]).execute();
  }
  return stored;
}

interface Owners { byCode: Map<string, CaseId>; byNumber: Map<string, Set<CaseId>> }

/** The cases that the lines may mean: by the customer's code, and where there is none, by the invoice's number. */
async function findOwners(tx: Tx, creditorId: CreditorId, rows: readonly PaymentRow[]): Promise<Owners> {
  const codes = [...new Set(rows.flatMap(({ customerCode }) => customerCode ?? []))];
  const numbers = [...new Set(rows.flatMap(({ customerCode, invoiceNumber }) => (customerCode === null && invoiceNumber !== null ? [invoiceNumber] : [])))];
  const byCode = codes.length === 0 ? [] : await tx.selectFrom('cases').select(['case_id', 'customer_code'])
    .where('creditor_id', '=', creditorId).where('customer_code', 'in', codes).execute();
  const byNumber = numbers.length === 0 ? [] : await tx.selectFrom('invoices').innerJoin('cases', 'cases.case_id', 'invoices.case_id')
    .select(['invoices.case_id', 'invoices.number']).where('cases.creditor_id', '=', creditorId).where('invoices.number', 'in', numbers)
    .where('invoices.issued', '=', 1).where('invoices.amount_cents', '>', 0).execute();
  const cases = new Map<string, Set<CaseId>>();
  for (const { case_id: caseId, number } of byNumber) cases.set(number, (cases.get(number) ?? new Set<CaseId>()).add(caseId));
  return { byCode: new Map(byCode.map((row) => [row.customer_code, row.case_id])), byNumber: cases };
}

/** Adds what it counts to the case in hand: the next line finds what this one has left open. */
function countPayment(row: PaymentRow, owners: Owners, entities: Map<CaseId, CaseEntity>, terms: AgreementTerms, batch: PaymentBatch): StoredPayment {
  const { customerCode, invoiceNumber, paidOn, amountCents, currency, method } = row;
  const candidates = [...(invoiceNumber === null ? [] : owners.byNumber.get(invoiceNumber) ?? [])];
  if (customerCode === null && candidates.length > 1) return { type: 'refused', code: 'invoice-of-several', value: invoiceNumber ?? '' };
  const caseId = customerCode === null ? candidates[0] : owners.byCode.get(customerCode);
  const entity = caseId === undefined ? undefined : entities.get(caseId);
  if (entity === undefined) return customerCode === null ? { type: 'refused', code: 'invoice-unknown', value: invoiceNumber ?? '' } : { type: 'refused', code: 'customer-unknown', value: customerCode };
  const given = allocateToCase({ amountCents, currency, paidOn, invoiceNumber }, entity, terms, SITE_ZONE);
  if (typeof given === 'string') return { type: 'refused', code: given, value: given === 'payment-currency' ? currency : invoiceNumber ?? '' };
  const payment: ListedPayment = {
    paymentId: newId<PaymentId>(), at: batch.nowMs, amountCents, currency, paidOn, method, evidence: evidenceOf(row, batch.fileName), allocations: given.allocations,
  };
  entities.set(entity.caseId, { ...entity, payments: [...entity.payments, payment] });
  return { type: 'counted', customer: entity.customer, caseId: entity.caseId, payment, given };
}

function evidenceOf({ reference, method, methodText, line }: PaymentRow, fileName: string): string {
  const unread = method === 'other' ? methodText : null;
  return [reference?.slice(0, 180), unread?.slice(0, 40), `${fileName.slice(-60)}:${String(line)}`].filter((part) => part !== undefined).join(' · ').trim();
}
