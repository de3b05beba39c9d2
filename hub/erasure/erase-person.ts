/**
 * Erases a person from the hub (ADR 0011): ledger, then files, then the database, then the bytes they left.
 *
 * Invariant: each step may be the last before a crash. The ledger's line is durable before anything is deleted, and
 * `replayErasures` does at the next start what is missing behind it; every step done twice is done once.
 */
import { z } from 'zod';
import { caseIdSchema, customerIdSchema } from '../../shared/id.ts';
import type { CaseId, CustomerId } from '../../shared/id.ts';
import { instantSchema } from '../../shared/time.ts';
import type { Clock } from '../../shared/time.ts';
import { sweepErasedBlobs } from '../attachments/erase-attachments.ts';
import { BlobFolder } from '../attachments/blob-folder.ts';
import type { HubResult } from '../hub-result.ts';
import { accept, refuse } from '../hub-result.ts';
import { scrubWhereDue } from '../store/hub-meta.ts';
import type { HubStore } from '../store/hub-store.ts';
import type { Tx } from '../store/tables.ts';
import type { RejectsReport } from './clean-rejects.ts';
import { cleanRejects, rejectsReportSchema } from './clean-rejects.ts';
import { eraseInStore, readCaseIds, readEntitiesAbout } from './erase-in-store.ts';
import { appendToLedger } from './erasure-ledger.ts';
import type { PersonTraces } from './read-traces.ts';
import { readTraces } from './read-traces.ts';

export type ErasureTarget = { customerId: CustomerId } | { creditorName: string; customerCode: string };

export const erasureReportSchema = z.object({
  dryRun: z.boolean(),
  customerId: customerIdSchema,
  at: instantSchema,
  caseIds: z.array(caseIdSchema),
  /** What the hub holds of the person: to be deleted in a dry run, deleted otherwise. */
  invoices: z.int(), facts: z.int(), attachments: z.int(), entities: z.int(),
  rejects: rejectsReportSchema,
  /** False: deleted bytes are still in the files; the next start of a hub overwrites them. */
  scrubbed: z.boolean(),
});
export type ErasureReport = z.infer<typeof erasureReportSchema>;

export interface ErasureRequest { target: ErasureTarget; reason: string; dryRun: boolean }

export async function erasePerson(
  hub: { store: HubStore; dataDir: string; clock: Clock }, request: ErasureRequest,
): Promise<HubResult<ErasureReport>> {
  const { store, dataDir } = hub;
  const plan = await store.read((tx) => planErasure(tx, request.target));
  if (!plan.ok) return plan;
  const { customerId, traces, held } = plan.value;
  if (namesPerson(request.reason, traces)) {
    return refuse(400, 'reason-names-person', 'The reason is kept: say it without the person’s name, customer code, tax code or e-mail.');
  }
  const at = hub.clock.nowMs();
  const rejects = await cleanRejectsAfterLedger(hub, plan.value, at, request.dryRun);
  if (request.dryRun) return accept({ dryRun: true, customerId, at, caseIds: plan.value.caseIds, ...held, rejects, scrubbed: false });

  let { caseIds } = plan.value;
  for (;;) {
    const grown = await store.write(async (tx) => {
      const present = await readCaseIds(tx, customerId);
      if (present.some((caseId) => !caseIds.includes(caseId))) return present;
      await eraseInStore(tx, { customerId, caseIds, at, reason: request.reason });
      return null;
    });
    if (grown === null) break;
    // An import added a case meanwhile: the ledger has to know it first.
    caseIds = grown;
    await appendToLedger(dataDir, [{ customerId, caseIds, at }]);
  }
  const scrubbed = await finishErasures(store, dataDir);
  return accept({ dryRun: false, customerId, at, caseIds, ...held, rejects, scrubbed });
}

/** What follows the commit: blobs without an owner, and the bytes of what was deleted. False: those are still there. */
export async function finishErasures(store: HubStore, dataDir: string): Promise<boolean> {
  await sweepErasedBlobs(store, new BlobFolder(dataDir));
  return scrubWhereDue(store);
}

async function cleanRejectsAfterLedger(
  hub: { dataDir: string }, plan: Pick<Plan, 'customerId' | 'caseIds' | 'traces'>, at: number, dryRun: boolean,
): Promise<RejectsReport> {
  const { customerId, caseIds, traces } = plan;
  if (!dryRun) await appendToLedger(hub.dataDir, [{ customerId, caseIds, at }]);
  return cleanRejects(hub.dataDir, traces, dryRun);
}

interface Plan {
  customerId: CustomerId;
  caseIds: CaseId[];
  traces: PersonTraces;
  held: Pick<ErasureReport, 'invoices' | 'facts' | 'attachments' | 'entities'>;
}

async function planErasure(tx: Tx, target: ErasureTarget): Promise<HubResult<Plan>> {
  const customerId = await findPerson(tx, target);
  if (customerId === null) return refuse(404, 'unknown-customer', 'There is no such customer.');
  const caseIds = await readCaseIds(tx, customerId);
  return accept({ customerId, caseIds, traces: await readTraces(tx, caseIds), held: await countHeld(tx, customerId, caseIds) });
}

async function findPerson(tx: Tx, target: ErasureTarget): Promise<CustomerId | null> {
  if ('customerCode' in target) {
    const row = await tx.selectFrom('cases').innerJoin('creditors', 'creditors.creditor_id', 'cases.creditor_id').select('cases.customer_id')
      .where('creditors.name', '=', target.creditorName).where('cases.customer_code', '=', target.customerCode).executeTakeFirst();
    return row?.customer_id ?? null;
  }
  const { customerId } = target;
  for (const table of ['customers', 'erasures', 'fact_content'] as const) {
    const row = await tx.selectFrom(table).select('customer_id').where('customer_id', '=', customerId).limit(1).executeTakeFirst();
    if (row !== undefined) return customerId;
  }
  return null;
}

async function countHeld(tx: Tx, customerId: CustomerId, caseIds: readonly CaseId[]): Promise<Plan['held']> {
  const facts = await tx.selectFrom('fact_content').select('fact_id').where('body', 'is not', null)
    .where((eb) => eb.or([
      ...(caseIds.length === 0 ? [] : [eb('case_id', 'in', [...caseIds])]), eb.and([eb('case_id', 'is', null), eb('customer_id', '=', customerId)]),
    ])).execute();
  if (caseIds.length === 0) return { invoices: 0, facts: facts.length, attachments: 0, entities: 0 };
  const invoices = await tx.selectFrom('invoices').select('invoice_id').where('case_id', 'in', [...caseIds]).execute();
  const attachments = await tx.selectFrom('attachments').innerJoin('fact_content', 'fact_content.fact_id', 'attachments.fact_id')
    .select('attachments.fact_id').where('fact_content.case_id', 'in', [...caseIds]).execute();
  const entities = await readEntitiesAbout(tx, caseIds);
  return { invoices: invoices.length, facts: facts.length, attachments: attachments.length, entities: entities.length };
}

/** The reason outlives the person, so it must not name them. */
function namesPerson(reason: string, traces: PersonTraces): boolean {
  const text = reason.toLowerCase();
  return [...traces.names, ...traces.unique, ...traces.codes.map((entry) => entry.code)]
    .some((trace) => trace.length >= 3 && text.includes(trace.toLowerCase()));
}
