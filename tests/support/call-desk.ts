/** A desk whose operator may call: a lease, a certificate for each tone, no line, no case yet; its clock stands until it is moved. */
import { onTestFinished } from 'vitest';
import { Callers } from '../../electron/desk/inbound/callers.ts';
import { CaseBook } from '../../electron/desk/projections/case-book.ts';
import { placeHeld } from '../../electron/desk/projections/case-list.ts';
import type { Session } from '../../electron/desk/session.ts';
import { viewContext } from '../../electron/desk/session.ts';
import type { OpenOptions } from '../../electron/desk/store/database.ts';
import { openStore } from '../../electron/desk/store/database.ts';
import { upsertEntity } from '../../electron/desk/store/entity-store.ts';
import { leaseOf, writeLease } from '../../electron/desk/store/lease-watch.ts';
import { writeMeta } from '../../electron/desk/store/meta.ts';
import { noTelephone } from '../../electron/desk/telephone/desk-telephone.ts';
import type { CaseEntity } from '../../shared/case/case-entity.ts';
import { tones } from '../../shared/case/case-entity.ts';
import type { DeviceId, HubId, UserId } from '../../shared/id.ts';
import { newId, newRandomHex } from '../../shared/id.ts';
import { sampleToday } from '../../shared/testing/sample-case.ts';
import { instantOf } from '../../shared/time.ts';
import { temporaryFolder } from './temporary-folder.ts';

const zone = 'Europe/Rome';
const LEASE_LASTS_MS = 100 * 3_600_000;

export interface CallDesk {
  session: Session;
  /** How its store is opened. */
  options: OpenOptions;
  clock: { at: number; nowMs: () => number };
  /** The case is this desk's from now on. */
  hold: (entity: CaseEntity) => CaseEntity;
}

/** At noon of the sample day. */
export function openCallDesk(): CallDesk {
  const options = { path: `${temporaryFolder()}/desk.db`, keyHex: newRandomHex(32), testRuntime: false };
  const opened = openStore(options);
  if (!opened.ok) throw new Error(opened.error.code);
  const { db } = opened.value;
  onTestFinished(() => void db.close());
  writeMeta(db, 'deviceId', newId<DeviceId>());
  const clock = { at: instantOf(sampleToday, '12:00', zone), nowMs: () => clock.at };
  writeLease(db, { askedAtMs: clock.at, endsAtMs: clock.at + LEASE_LASTS_MS }, clock.at);
  leaseOf(db).reload();
  const user = { userId: newId<UserId>(), username: 'carla', displayName: 'Carla Settefontane', role: 'collector' as const };
  for (const tone of tones) {
    upsertEntity(db, { kind: 'certificate', id: `c:${tone}`, revision: 1, body: { userId: user.userId, tone, level: 'full', since: '2026-01-01', until: null } });
  }
  const session = {
    user, hubId: newId<HubId>(), folder: temporaryFolder(), db, encrypted: true, book: new CaseBook(db), clock, siteZone: zone, agencyName: 'Premura', notify: () => undefined,
    sync: { wake: () => undefined }, telephone: noTelephone, callers: new Callers(),
  } as unknown as Session;
  return {
    session, options, clock,
    hold: (entity) => {
      upsertEntity(db, { kind: 'case', id: entity.caseId, revision: 1, body: entity });
      db.transaction(() => { placeHeld(db, entity, viewContext(session), true); }).immediate();
      return entity;
    },
  };
}
