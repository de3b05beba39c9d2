/** Which case progressive mode shows next: the list's order, and only what may be rung now. */
import { describe, expect, it, onTestFinished } from 'vitest';
import type { CaseEntity } from '../../../shared/case/case-entity.ts';
import type { CaseId, CommandId, CustomerId, DeviceId, UserId } from '../../../shared/id.ts';
import { newId, newRandomHex } from '../../../shared/id.ts';
import { sampleCase, sampleInvoice, sampleToday } from '../../../shared/testing/sample-case.ts';
import { instantOf } from '../../../shared/time.ts';
import { temporaryFolder } from '../../../tests/support/temporary-folder.ts';
import { saveContactPoint } from '../commands/save-contact-point.ts';
import { savePreferences } from '../commands/save-preferences.ts';
import { startCall } from '../commands/start-call.ts';
import { Callers } from '../inbound/callers.ts';
import { CaseBook } from '../projections/case-book.ts';
import { placeHeld } from '../projections/case-list.ts';
import type { Session } from '../session.ts';
import { viewContext } from '../session.ts';
import { openStore } from '../store/database.ts';
import { upsertEntity } from '../store/entity-store.ts';
import { leaseOf, writeLease } from '../store/lease-watch.ts';
import { writeMeta } from '../store/meta.ts';
import { noTelephone } from '../telephone/desk-telephone.ts';
import { findNextCallable } from './find-next-callable.ts';
import { findNextCase } from './find-next-case.ts';

const zone = 'Europe/Rome';
/** A Friday. */
const noon = instantOf(sampleToday, '12:00', zone);
const basedOn = { caseRevision: 1, scriptVersion: null };

function openRig() {
  const opened = openStore({ path: `${temporaryFolder()}/desk.db`, keyHex: newRandomHex(32), testRuntime: false });
  if (!opened.ok) throw new Error(opened.error.code);
  const { db } = opened.value;
  onTestFinished(() => void db.close());
  writeMeta(db, 'deviceId', newId<DeviceId>());
  const clock = { at: noon, nowMs: () => clock.at };
  writeLease(db, { askedAtMs: noon, endsAtMs: noon + 12 * 3_600_000 }, noon);
  leaseOf(db).reload();
  const user = { userId: newId<UserId>(), username: 'carla', displayName: 'Carla Settefontane', role: 'collector' as const };
  const session = { user, db, book: new CaseBook(db), clock, siteZone: zone, notify: () => undefined, sync: { wake: () => undefined }, telephone: noTelephone, callers: new Callers() } as unknown as Session;
  upsertEntity(db, { kind: 'certificate', id: 'c:reminder', revision: 1, body: { userId: user.userId, tone: 'reminder', level: 'full', since: '2026-01-01', until: null } });
  return {
    session, clock,
    /** The later due, the further down in the list. */
    hold: (daysLate: number, parts: Partial<CaseEntity> = {}): CaseEntity => {
      const entity = sampleCase([sampleInvoice(`F-${String(daysLate)}`, daysLate, 10_000)], { caseId: newId<CaseId>(), customerId: newId<CustomerId>(), ...parts });
      upsertEntity(db, { kind: 'case', id: entity.caseId, revision: 1, body: entity });
      db.transaction(() => { placeHeld(db, entity, viewContext(session), true); }).immediate();
      return entity;
    },
    next: (exceptCaseId: CaseId | null = null): CaseId | null => findNextCallable(session, { exceptCaseId }).caseId,
    list: (exceptCaseId: CaseId | null = null): CaseId | null => findNextCase(session, { exceptCaseId }).caseId,
  };
}

describe('the next callable case', () => {
  it('is the list’s first where that may be rung, other than the one in hand', () => {
    const rig = openRig();
    const entities = [rig.hold(40), rig.hold(30), rig.hold(20)];
    const first = rig.next();
    expect(entities.map(({ caseId }) => caseId)).toContain(first);
    expect(first).toBe(rig.list());
    expect(rig.next(first)).toBe(rig.list(first));
    expect(rig.next(first)).not.toBe(first);
  });

  it('is never one without a number, or one whose customer does not want to be called, though the list shows them', () => {
    const rig = openRig();
    const silent = rig.hold(40, { numbers: [] });
    const refusing = rig.hold(30);
    const preferences = { partyId: null, channel: null, hours: null, doNotCall: true, doNotCallScope: 'creditor' as const, language: null, note: null };
    const saved = savePreferences(rig.session, { commandId: newId<CommandId>(), caseId: refusing.caseId, basedOn, preferences });
    expect(saved.ok ? null : saved.error).toBeNull();
    expect(rig.list()).not.toBeNull();
    expect(rig.next()).toBeNull();
    const callable = rig.hold(10);
    expect(rig.next()).toBe(callable.caseId);
    const added = saveContactPoint(rig.session, {
      commandId: newId<CommandId>(), caseId: silent.caseId, basedOn,
      form: { pointId: null, kind: 'phone', partyId: null, text: '0971 000 456', source: 'given-by-person', workplace: false, usable: true },
    });
    expect(added.ok ? null : added.error).toBeNull();
    expect(rig.next(callable.caseId)).toBe(silent.caseId);
  });

  it('is none outside the hours, though the list goes on, and none without a lease', () => {
    const rig = openRig();
    const entity = rig.hold(20);
    rig.clock.at = instantOf(sampleToday, '21:30', zone);
    expect(rig.list()).toBe(entity.caseId);
    expect(rig.next()).toBeNull();
    rig.clock.at = noon + 13 * 3_600_000;
    expect([rig.next(), findNextCallable(rig.session, { exceptCaseId: null }).lease.state]).toEqual([null, 'ended']);
  });

  it('is what the permit allows: what it finds can be begun', () => {
    const rig = openRig();
    const entity = rig.hold(20);
    expect(rig.next()).toBe(entity.caseId);
    const begun = startCall({ ...rig.session, agencyName: 'Premura' }, {
      commandId: newId<CommandId>(), caseId: entity.caseId, direction: 'outbound', pointId: entity.numbers[0]?.numberId ?? null, locale: 'it', basedOn, line: 'by-hand', callId: null,
    });
    expect(begun.ok ? null : begun.error).toBeNull();
  });
});
