/** A desk of one case with three invoices and what was agreed about it, for the tests of the acts on agreements: its operator's and a lead's. */
import { onTestFinished } from 'vitest';
import { Callers } from '../../electron/desk/inbound/callers.ts';
import { CaseBook } from '../../electron/desk/projections/case-book.ts';
import { placeHeld } from '../../electron/desk/projections/case-list.ts';
import { viewFetched } from '../../electron/desk/lead/lead-cases.ts';
import type { Session } from '../../electron/desk/session.ts';
import { viewContext } from '../../electron/desk/session.ts';
import { openStore } from '../../electron/desk/store/database.ts';
import { upsertEntity } from '../../electron/desk/store/entity-store.ts';
import { readCaseFacts } from '../../electron/desk/store/fact-store.ts';
import { writeMeta } from '../../electron/desk/store/meta.ts';
import { noTelephone } from '../../electron/desk/telephone/desk-telephone.ts';
import type { CaseEntity, CaseFact } from '../../shared/case/case-entity.ts';
import type { CaseView } from '../../shared/case/view-case.ts';
import type { OutcomeBody } from '../../shared/facts/outcome-body.ts';
import { noParts } from '../../shared/facts/outcome-body.ts';
import type { CaseId, CommandId, DeviceId, FactId, InvoiceId, UserId } from '../../shared/id.ts';
import { newId, newRandomHex } from '../../shared/id.ts';
import type { CaseReply } from '../../shared/protocol/lead-protocol.ts';
import type { Role } from '../../shared/protocol/session-protocol.ts';
import type { AppError, Result } from '../../shared/result.ts';
import { fail, ok } from '../../shared/result.ts';
import { sampleCase, sampleInvoice, sampleToday } from '../../shared/testing/sample-case.ts';
import type { PlainDate } from '../../shared/time.ts';
import { addDays, instantOf } from '../../shared/time.ts';
import { temporaryFolder } from './temporary-folder.ts';

const zone = 'Europe/Rome';

export const dayFrom = (days: number): PlainDate => addDays(sampleToday, days);

/** @param daysAgo when it was said */
export function saidFact(type: string, daysAgo: number, body: CaseFact['body'], version = 1): CaseFact {
  return {
    id: newId<FactId>(), type, version, callId: null, at: instantOf(dayFrom(-daysAgo), '10:00', zone), zone, actor: newId<UserId>(),
    basedOn: { caseRevision: 1, scriptVersion: null, policyVersion: null }, body,
  };
}

export function saidOutcome(daysAgo: number, parts: Partial<OutcomeBody> & Pick<OutcomeBody, 'code'>): CaseFact {
  return saidFact('outcome-recorded', daysAgo, { channel: 'phone-outbound', numberId: null, partyId: null, cause: null, note: null, ...noParts, ...parts }, 3);
}

export const promised = (): CaseFact => saidOutcome(2, {
  code: 'PTP', promise: { currency: 'EUR', method: 'card', graceDays: 2, parts: [{ dueOn: dayFrom(5), amountCents: 6_000 }], invoices: [] },
});
export const disputed = (invoiceId: InvoiceId, amountCents: number | null): CaseFact => saidOutcome(2, {
  code: 'DSP', dispute: { reason: 'price', invoiceId, amountCents, currency: 'EUR', proof: 'none', owner: 'back-office', dueOn: dayFrom(-1) },
});
export const offered = (parts: Partial<NonNullable<OutcomeBody['settlement']>> = {}): CaseFact => saidOutcome(2, {
  code: 'SET', settlement: { offeredCents: 20_000, currency: 'EUR', payBy: dayFrom(10), ...parts },
});
/** Three instalments of 100.00, thirty days apart. */
export const planned = (stage: 'proposed' | 'accepted', firstInDays: number): CaseFact => saidOutcome(stage === 'proposed' ? 2 : 100, {
  code: 'PLN',
  plan: {
    stage, kind: 'fewest', currency: 'EUR', invoices: [], readBack: stage === 'accepted',
    instalments: [0, 30, 60].map((days) => ({ dueOn: dayFrom(firstInDays + days), capitalCents: 10_000, interestCents: 0 })),
    terms: { interest: { rule: 'none' }, graceDays: 5, consecutiveMissed: 2, totalMissed: 3 },
  },
});

export interface ActsDesk {
  session: Session;
  entity: CaseEntity;
  /** The start of every command. */
  about: { commandId: CommandId; caseId: CaseId };
  locale: 'it';
  basedOn: { caseRevision: number; scriptVersion: null };
  /** The bodies of this desk's own facts of a type. */
  written: (type: string) => unknown[];
  /** As the lead's case shows it. */
  view: () => CaseView;
  /** From now on the hub cannot be asked. */
  goOffline: () => void;
}

/** Invoices F-1 (100.00), F-2 (200.00) and F-3 (300.00), the first the oldest; `facts` are the hub's. */
export function openActsDesk(role: Role, facts: (invoiceIds: [InvoiceId, InvoiceId, InvoiceId]) => CaseFact[], parts: Partial<CaseEntity> = {}): ActsDesk {
  const opened = openStore({ path: `${temporaryFolder()}/desk.db`, keyHex: newRandomHex(32), testRuntime: false });
  if (!opened.ok) throw new Error(opened.error.code);
  const { db } = opened.value;
  onTestFinished(() => void db.close());
  writeMeta(db, 'deviceId', newId<DeviceId>());
  const [first, second, third] = [sampleInvoice('F-1', 90, 10_000), sampleInvoice('F-2', 60, 20_000), sampleInvoice('F-3', 30, 30_000)];
  const entity = sampleCase([first, second, third], { facts: facts([first.invoiceId, second.invoiceId, third.invoiceId]), ...parts });
  const user = { userId: newId<UserId>(), username: 'carla', displayName: 'Carla Settefontane', role };
  let isOnline = true;
  const reply: CaseReply = { case: entity, others: [], revision: 1, assignment: { state: 'held', untilMs: null } };
  const ask = (): Promise<Result<CaseReply>> => Promise.resolve(isOnline ? ok(reply) : { ok: false, error: { ...fail('hub-unreachable', 'error.hubUnreachable').error, retryable: true } });
  const session = {
    user, db, book: new CaseBook(db), clock: { nowMs: () => instantOf(sampleToday, '12:00', zone) }, siteZone: zone, notify: () => undefined,
    sync: { wake: () => undefined, ask }, telephone: noTelephone, callers: new Callers(), folder: temporaryFolder(),
  } as unknown as Session;
  upsertEntity(db, { kind: 'case', id: entity.caseId, revision: 1, body: entity });
  db.transaction(() => { placeHeld(db, entity, viewContext(session), true); }).immediate();
  return {
    session, entity, locale: 'it', basedOn: { caseRevision: 1, scriptVersion: null },
    get about() { return { commandId: newId<CommandId>(), caseId: entity.caseId }; },
    written: (type) => readCaseFacts(db, entity.caseId).filter((fact) => fact.type === type).map(({ body }) => body),
    view: () => viewFetched(session, reply).view,
    goOffline: () => { isOnline = false; },
  };
}

/** The refusal's code and field, null where it was done. */
export function refusal(result: Result<unknown>): [AppError['code'], unknown] | null {
  return result.ok ? null : [result.error.code, result.error.details['field'] ?? null];
}
