/**
 * A case as it stands in the tables, with all facts about it.
 *
 * Invariant: whoever means to write what it loads locks the case first, in one order, so no writer ever rebuilds
 * from a set of facts or invoices that another is about to change.
 */
import { z } from 'zod';
import type { CaseEntity, CaseFact } from '../../shared/case/case-entity.ts';
import { caseFactSchema, listedPaymentSchema, phoneNumberSchema } from '../../shared/case/case-entity.ts';
import { contactPointSchema, partySchema } from '../../shared/case/party.ts';
import type { CaseId, UserId } from '../../shared/id.ts';
import { jsonObjectSchema } from '../../shared/json-object.ts';
import { groupBy } from '../group-by.ts';
import { loadMails } from '../mail/load-mails.ts';
import { dialectOf } from '../store/dialect-of.ts';
import { runKept } from '../store/kept-query.ts';
import type { Tx } from '../store/tables.ts';

/** `ownerId`: who may see and work it now; nobody while the customer is on the way to another operator. */
export interface LoadedCase { entity: CaseEntity; ownerId: UserId | null }

/** What a case carries of a link that the push has parsed in full. */
const headerSchema = caseFactSchema.omit({ body: true, callId: true }).extend({ callId: caseFactSchema.shape.callId.optional() });

/**
 * Locks the cases until the commit; answers those that there are, in the order of locking. SQLite has one writer: there
 * a transaction that writes holds every row already.
 */
export async function lockCases(tx: Tx, caseIds: readonly CaseId[]): Promise<CaseId[]> {
  if (caseIds.length === 0) return [];
  const rows = await runKept(tx, 'lock-cases', caseIds, () => {
    const chosen = tx.selectFrom('cases').select('case_id').where('case_id', 'in', caseIds).orderBy('case_id');
    return dialectOf(tx) === 'postgres' ? chosen.forNoKeyUpdate() : chosen;
  });
  return rows.map((row) => row.case_id);
}

/** Loads a case, or null when there is none with this id. */
export async function loadCase(tx: Tx, caseId: CaseId): Promise<LoadedCase | null> {
  return (await loadCases(tx, [caseId])).get(caseId) ?? null;
}

/** Loads those of the cases that there are. */
export async function loadCases(tx: Tx, caseIds: readonly CaseId[]): Promise<Map<CaseId, LoadedCase>> {
  if (caseIds.length === 0) return new Map();
  const [rows, invoiceRows, paymentRows, factRows] = await Promise.all([
    runKept(tx, 'load-cases', caseIds, () => tx
      .selectFrom('cases')
      .innerJoin('creditors', 'creditors.creditor_id', 'cases.creditor_id')
      .leftJoin('assignments', 'assignments.customer_id', 'cases.customer_id')
      .select([
        'cases.case_id', 'cases.customer_id', 'cases.creditor_id', 'cases.customer_code', 'cases.name', 'cases.kind', 'cases.language', 'cases.tax_code',
        'cases.email', 'cases.address', 'cases.sales_agent', 'cases.iban_tail', 'cases.numbers', 'cases.parties', 'cases.addresses',
        'cases.recovery_approved_on',
      ])
      .select(['creditors.name as creditor_name', 'assignments.owner_id as owner_id', 'assignments.taken_from as taken_from'])
      .where('cases.case_id', 'in', caseIds)),
    runKept(tx, 'load-invoices', [...caseIds, 1], () => tx.selectFrom('invoices')
      .select([
        'invoice_id', 'case_id', 'number', 'issue_date', 'due_date', 'amount_cents', 'residual_cents', 'currency', 'document_type', 'settled_on',
        'disputed_in_file', 'missing_since',
      ])
      .where('case_id', 'in', caseIds).where('issued', '=', 1).orderBy('due_date').orderBy('number')),
    runKept(tx, 'load-payments', caseIds, () => tx.selectFrom('payments').select(['case_id', 'body']).where('case_id', 'in', caseIds).orderBy('payment_id')),
    runKept(tx, 'load-facts', [...caseIds, 0], () => tx
      .selectFrom('fact_content')
      .innerJoin('facts', (join) =>
        join.onRef('facts.device_id', '=', 'fact_content.device_id').onRef('facts.seq', '=', 'fact_content.seq'))
      .select(['fact_content.case_id', 'facts.header', 'fact_content.body'])
      .where('fact_content.case_id', 'in', caseIds)
      .where('fact_content.without_effect', '=', 0)),
  ]);
  const invoices = groupBy(invoiceRows, (row) => row.case_id);
  const payments = groupBy(paymentRows, (row) => row.case_id);
  const facts = groupBy(factRows, (row) => row.case_id);
  const read = new Map(rows.map((row) => [row.case_id, readFacts(facts.get(row.case_id) ?? [])]));
  const mails = await loadMails(tx, [...read.values()].flat().flatMap((fact) => (fact.type === 'mail-requested' ? [fact.id] : [])));
  return new Map(rows.map((row) => [row.case_id, {
    ownerId: row.taken_from === null ? row.owner_id : null,
    entity: {
      caseId: row.case_id, customerId: row.customer_id, creditorId: row.creditor_id, creditorName: row.creditor_name,
      customer: {
        code: row.customer_code, name: row.name, kind: row.kind, language: row.language, taxCode: row.tax_code,
        email: row.email, address: row.address, salesAgent: row.sales_agent, ibanTail: row.iban_tail,
      },
      numbers: z.array(phoneNumberSchema).parse(JSON.parse(row.numbers)),
      parties: z.array(partySchema).parse(JSON.parse(row.parties)),
      addresses: z.array(contactPointSchema).parse(JSON.parse(row.addresses)),
      invoices: (invoices.get(row.case_id) ?? []).map((invoice) => ({
        invoiceId: invoice.invoice_id, number: invoice.number, issueDate: invoice.issue_date, dueDate: invoice.due_date,
        amountCents: invoice.amount_cents, residualCents: invoice.residual_cents, currency: invoice.currency,
        documentType: invoice.document_type, settledOn: invoice.settled_on, disputedInFile: invoice.disputed_in_file === 1,
        missingSince: invoice.missing_since,
      })),
      recoveryApprovedOn: row.recovery_approved_on,
      payments: (payments.get(row.case_id) ?? []).map(({ body }) => listedPaymentSchema.parse(JSON.parse(body))),
      mails: mails.get(row.case_id) ?? [],
      facts: read.get(row.case_id) ?? [],
    },
  }]));
}

/** The facts of a case that were not erased, each once. */
function readFacts(rows: readonly { header: string; body: string | null }[]): CaseFact[] {
  const facts: CaseFact[] = [];
  for (const row of rows) {
    if (row.body === null) continue;
    const header = headerSchema.parse(JSON.parse(row.header));
    facts.push({
      id: header.id, type: header.type, version: header.version, callId: header.callId ?? null, at: header.at, zone: header.zone,
      actor: header.actor, basedOn: header.basedOn, body: jsonObjectSchema.parse(JSON.parse(row.body)),
    });
  }
  return facts.sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1));
}
