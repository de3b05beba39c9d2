/**
 * A signed-in desk in this process, on a store of its own (sealed, except in the test runtime), with nothing on the other end:
 * the sync loop is the real one and never started.
 */
import { join } from 'node:path';
import { Callers } from '../../electron/desk/inbound/callers.ts';
import { DeskFloor } from '../../electron/desk/floor/desk-floor.ts';
import { CaseBook } from '../../electron/desk/projections/case-book.ts';
import { rebuildListWhereOld } from '../../electron/desk/projections/case-list.ts';
import type { Session } from '../../electron/desk/session.ts';
import { openStore } from '../../electron/desk/store/database.ts';
import { upsertEntity } from '../../electron/desk/store/entity-store.ts';
import { writeLease } from '../../electron/desk/store/lease-watch.ts';
import { writeMeta } from '../../electron/desk/store/meta.ts';
import { HubClient } from '../../electron/desk/sync/hub-client.ts';
import { HubTokens } from '../../electron/desk/sync/hub-tokens.ts';
import { noTelephone } from '../../electron/desk/telephone/desk-telephone.ts';
import { SyncLoop } from '../../electron/desk/sync/sync-loop.ts';
import type { CaseEntity } from '../../shared/case/case-entity.ts';
import { caseEntitySchema } from '../../shared/case/case-entity.ts';
import type { CaseId, DeviceId, HubId, UserId } from '../../shared/id.ts';
import { newId, newRandomHex } from '../../shared/id.ts';
import { addDays, dateOfInstant, systemClock } from '../../shared/time.ts';

const LEASE_LIFE_MS = 12 * 3_600_000;

export interface BenchSession {
  session: Session;
  caseIds: CaseId[];
  close(): void;
}

/** @param cases held; by default small ones, three invoices each */
export function openBenchSession(folder: string, cases: number | Iterable<CaseEntity>): BenchSession {
  const opened = openStore({ path: join(folder, 'desk.db'), keyHex: newRandomHex(32), testRuntime: true });
  if (!opened.ok) throw new Error(opened.error.code);
  const { db, encrypted } = opened.value;
  writeMeta(db, 'deviceId', newId<DeviceId>());
  const nowMs = systemClock.nowMs();
  writeLease(db, { askedAtMs: nowMs, endsAtMs: nowMs + LEASE_LIFE_MS }, nowMs);
  const user = { userId: newId<UserId>(), username: 'bench', displayName: 'Bench', role: 'collector' as const };
  const viewer = { zone: 'Europe/Rome', userId: user.userId };
  const caseIds: CaseId[] = [];
  db.transaction(() => {
    for (const entity of typeof cases === 'number' ? Array.from({ length: cases }, (_, index) => sampleCase(index)) : cases) {
      caseIds.push(entity.caseId);
      upsertEntity(db, { kind: 'case', id: entity.caseId, revision: 1, body: entity });
    }
  }).immediate();
  rebuildListWhereOld(db, { ...viewer, nowMs: systemClock.nowMs() });
  const book = new CaseBook(db);
  const sync = new SyncLoop(db, new HubClient('http://127.0.0.1:9'), new HubTokens(db, systemClock, null), systemClock, viewer, {
    onState: () => undefined,
    onChanges: () => undefined,
    onUpload: () => undefined,
    onDirectory: () => undefined, onFloor: () => undefined,
  });
  return {
    session: {
      user, hubId: newId<HubId>(), folder, db, encrypted, book, sync, clock: systemClock, siteZone: 'Europe/Rome', agencyName: 'Bench',
      telephone: noTelephone, callers: new Callers(), floor: new DeskFloor(), notify: () => undefined,
    },
    caseIds,
    close: () => db.close(),
  };
}

/** A customer with three invoices, about a kilobyte and a half: what the demo's are like. */
function sampleCase(index: number): CaseEntity {
  const today = dateOfInstant(systemClock.nowMs(), 'Europe/Rome');
  return caseEntitySchema.parse({
    caseId: newId(), customerId: newId(), creditorId: newId(), creditorName: 'Acquedotto di Prova',
    customer: {
      code: `C${String(index).padStart(5, '0')}`, name: `Cliente di Prova ${String(index)}`, kind: 'person', language: 'it', taxCode: 'RSSMRA80A01H501U',
      email: 'cliente@example.org', address: 'Via di Prova 1, 00100 Roma', salesAgent: null,
    },
    numbers: [{ numberId: newId(), raw: '06 0000000', e164: null, country: 'IT', kind: 'landline', usable: true }],
    invoices: [5, 35, 65].map((days) => ({
      invoiceId: newId(), number: `${String(index)}/${String(days)}`, issueDate: addDays(today, -days - 30), dueDate: addDays(today, -days),
      amountCents: 12_345, residualCents: 12_345, currency: 'EUR', documentType: null, settledOn: null, disputedInFile: false, missingSince: null,
    })),
    recoveryApprovedOn: null,
    facts: [],
  });
}
