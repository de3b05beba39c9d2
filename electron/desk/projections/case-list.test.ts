import { describe, expect, it } from 'vitest';
import type { CaseEntity } from '../../../shared/case/case-entity.ts';
import { viewCase } from '../../../shared/case/view-case.ts';
import type { CaseId, DeviceId, FactId, UserId } from '../../../shared/id.ts';
import { newId, newRandomHex } from '../../../shared/id.ts';
import { noParts } from '../../../shared/facts/outcome-body.ts';
import { sampleCase, sampleInvoice, sampleToday } from '../../../shared/testing/sample-case.ts';
import type { PlainDate } from '../../../shared/time.ts';
import { addDays, instantOf } from '../../../shared/time.ts';
import { temporaryFolder } from '../../../tests/support/temporary-folder.ts';
import type { Sqlite } from '../store/database.ts';
import { openStore } from '../store/database.ts';
import { upsertEntity } from '../store/entity-store.ts';
import { appendFact, readCaseFacts } from '../store/fact-store.ts';
import { forgetHouse } from '../store/house-rules.ts';
import { writeMeta } from '../store/meta.ts';
import { placeInList, readReadyCases, rebuildList, rebuildListWhereOld, releaseWaiting, removeFromList } from './case-list.ts';
import { searchCases } from './case-search.ts';
import { readClosedHours } from './hours-keys.ts';

const zone = 'Europe/Rome';
const userId = newId<UserId>();
const noon = instantOf(sampleToday, '12:00', zone);
const context = { nowMs: noon, zone, userId };

function openFresh(): Sqlite {
  const opened = openStore({ path: `${temporaryFolder()}/desk.db`, keyHex: newRandomHex(32), testRuntime: false });
  if (!opened.ok) throw new Error(opened.error.code);
  writeMeta(opened.value.db, 'deviceId', newId<DeviceId>());
  return opened.value.db;
}

function hold(db: Sqlite, entity: CaseEntity, nowMs = noon): void {
  upsertEntity(db, { kind: 'case', id: entity.caseId, revision: 1, body: entity });
  placeInList(db, entity, viewCase(entity, readCaseFacts(db, entity.caseId), { ...context, nowMs }), { zone, nowMs }, true);
}

function record(db: Sqlite, entity: CaseEntity, code: 'NA' | 'RPC', at: number): void {
  appendFact(db, {
    id: newId(), type: 'outcome-recorded', version: 1, caseId: entity.caseId, customerId: entity.customerId, at, zone, actor: userId,
    basedOn: { caseRevision: 1, scriptVersion: null, policyVersion: null },
  }, { code, channel: 'phone-outbound', numberId: null, cause: null, note: null, promise: null, dispute: null, callback: null });
  placeInList(db, entity, viewCase(entity, readCaseFacts(db, entity.caseId), context), context, false);
}

function named(name: string, daysLate: number, amountCents = 10_000): CaseEntity {
  const entity = sampleCase([sampleInvoice(`F-${name}`, daysLate, amountCents)]);
  return { ...entity, customer: { ...entity.customer, name } };
}

/** A privacy request that a promise follows, and, where `answered`, what a lead says of it. */
function ask(db: Sqlite, entity: CaseEntity, answered: boolean): void {
  const append = (type: string, version: number, at: number, body: object): FactId => {
    const id = newId<FactId>();
    appendFact(db, { id, type, version, caseId: entity.caseId, customerId: entity.customerId, at, zone, actor: userId, basedOn: { caseRevision: 1, scriptVersion: null, policyVersion: null } }, body as never);
    return id;
  };
  const outcome = { ...noParts, channel: 'phone-inbound', numberId: null, partyId: null, cause: null, note: null, reasons: [] };
  const asked = append('outcome-recorded', 3, noon - 40 * 86_400_000, { ...outcome, code: 'PRV', privacyRequest: { kind: 'access', dueOn: addDays(sampleToday, -9), owner: 'lead' } });
  append('outcome-recorded', 3, noon - 60_000, { ...outcome, code: 'RPC' });
  if (answered) append('activity-resumed', 1, noon, { targetFactId: asked, reason: 'risposto per PEC' });
  placeInList(db, entity, viewCase(entity, readCaseFacts(db, entity.caseId), context), context, false);
}

const datesOf = (db: Sqlite): unknown[] => db.prepare("SELECT case_id, appointments.kind AS kind, due_on, late_from FROM appointments JOIN case_list USING (list_id) WHERE appointments.kind <> '~turn' ORDER BY case_id, 2").all();
const rowsOf = (db: Sqlite): unknown[] => db.prepare('SELECT * FROM case_list ORDER BY case_id').all().map((row) => ({ ...(row as object), list_id: 0, hours_id: 0 }));

describe('the list', () => {
  it('puts the oldest due date first, and sets a waiting case free when its time has come', () => {
    const db = openFresh();
    const [old, young, upcoming] = [named('Vecchia', 60), named('Giovane', 5), named('Futura', -3)];
    for (const entity of [upcoming, young, old]) hold(db, entity);
    expect(readReadyCases(db, 9)).toEqual([old.caseId, young.caseId, upcoming.caseId]);
    record(db, old, 'NA', noon);
    expect(readReadyCases(db, 9)).toEqual([young.caseId, upcoming.caseId]);
    releaseWaiting(db, noon + 3 * 3_600_000 - 1);
    expect(readReadyCases(db, 1)).toEqual([young.caseId]);
    releaseWaiting(db, noon + 3 * 3_600_000);
    expect(readReadyCases(db, 1)).toEqual([old.caseId]);
    db.close();
  });

  it('puts behind whom hours keep closed, by every policy and clock there is in it', () => {
    const db = openFresh();
    const kinds = { company: named('Ditta', 90), person: named('Persona', 60), london: named('London', 30) };
    const [number] = kinds.london.numbers;
    if (number === undefined) throw new Error('no number');
    hold(db, { ...kinds.company, customer: { ...kinds.company.customer, kind: 'company' } });
    hold(db, { ...kinds.person, customer: { ...kinds.person.customer, kind: 'person' } });
    hold(db, { ...kinds.london, customer: { ...kinds.london.customer, kind: 'person' }, numbers: [{ ...number, e164: '+442079460123', country: 'GB' }] });
    // The same key for whoever is alike, one for each who is not.
    hold(db, named('Condominio', 10));
    expect(db.prepare('SELECT count(*) AS keys FROM hours_keys').get()).toEqual({ keys: 4 });
    const order = (day: PlainDate, time: string): { names: (string | undefined)[]; callableFrom: number | null } => {
      const { closed, callableFrom } = readClosedHours(db, instantOf(day, time, zone));
      const names = new Map(db.prepare<[], { case_id: string; customer_name: string }>('SELECT case_id, customer_name FROM case_list').all().map((row) => [row.case_id, row.customer_name]));
      return { names: readReadyCases(db, 9, closed).map((caseId) => names.get(caseId)), callableFrom };
    };
    const monday = addDays(sampleToday, 3);
    expect(order(monday, '12:00')).toEqual({ names: ['Ditta', 'Persona', 'London', 'Condominio'], callableFrom: null });
    // An office at lunch; and at nine in the morning it is eight in London.
    expect(order(monday, '13:30')).toEqual({ names: ['Persona', 'London', 'Condominio', 'Ditta'], callableFrom: null });
    expect(order(monday, '09:00')).toEqual({ names: ['Ditta', 'Persona', 'Condominio', 'London'], callableFrom: null });
    expect(order(monday, '21:30')).toEqual({ names: ['London', 'Ditta', 'Persona', 'Condominio'], callableFrom: null });
    // Nobody: no order but the usual one, and from when the first may be called.
    expect(order(monday, '23:00')).toEqual({ names: ['Ditta', 'Persona', 'London', 'Condominio'], callableFrom: instantOf(addDays(monday, 1), '08:30', zone) });
    // What is remembered of a minute is what it was worked out to be, through a whole day.
    const day = Array.from({ length: 24 * 240 }, (_, quarter) => instantOf(monday, '00:00', zone) + quarter * 15_000 - 1);
    const remembered = day.map((nowMs) => readClosedHours(db, nowMs));
    const workedOut = day.map((nowMs) => {
      forgetHouse(db);
      return readClosedHours(db, nowMs);
    });
    expect(remembered).toEqual(workedOut);
    expect(new Set(remembered.map(({ closed }) => closed)).size).toBeGreaterThan(3);
    db.close();
  });

  it('is the same when it is made anew, and takes rows back after the clock went back', () => {
    const db = openFresh();
    const cases = Array.from({ length: 40 }, (_, index) => named(`Cliente ${String(index)}`, index * 7 - 40, 5_000 * (index + 1)));
    for (const entity of cases) hold(db, entity);
    for (const [index, entity] of cases.entries()) if (index % 3 === 0) record(db, entity, index % 2 === 0 ? 'NA' : 'RPC', noon - index * 600_000);
    const [removed, owed, answered] = cases;
    if (removed === undefined || owed === undefined || answered === undefined) throw new Error('no case');
    ask(db, owed, false);
    ask(db, answered, true);
    removeFromList(db, removed.caseId);
    db.prepare('DELETE FROM entities WHERE id = ?').run(removed.caseId);
    releaseWaiting(db, noon);
    const [live, dates] = [rowsOf(db), datesOf(db)];
    expect(dates).toContainEqual({ case_id: owed.caseId, kind: 'privacy-request', due_on: addDays(sampleToday, -9), late_from: addDays(sampleToday, -8) });
    expect(JSON.stringify(dates)).not.toContain(answered.caseId);
    db.transaction(() => { rebuildList(db, context); }).immediate();
    expect(rowsOf(db)).toEqual(live);
    expect(datesOf(db)).toEqual(dates);

    const later = instantOf(addDays(sampleToday, 4), '12:00', zone);
    releaseWaiting(db, later);
    rebuildListWhereOld(db, context);
    expect(rowsOf(db)).toEqual(live);
    db.close();
  });

  it('finds by the end of an IBAN as people say it: its last four to six signs', () => {
    const db = openFresh();
    const banked = named('Conto', 3);
    banked.customer.ibanTail = '123456';
    hold(db, banked);
    hold(db, named('Altro', 4));
    for (const text of ['123456', '23456', '3456']) expect(searchCases(db, text, 50)).toEqual([banked.caseId]);
    expect(searchCases(db, '456', 50)).toEqual([]);
  });

  it('finds by the beginning of words, by invoice and by the end of a number; not what was removed', () => {
    const db = openFresh();
    const [first, second] = [named('Condominio Perché No', 3), named('Bàr Ciao', 4)];
    hold(db, first);
    hold(db, second);
    const found = (text: string): CaseId[] => searchCases(db, text, 50);
    expect(found('condo perche')).toEqual([first.caseId]);
    expect(found('bar')).toEqual([second.caseId]);
    expect(found('F-Bàr')).toEqual([second.caseId]);
    expect(found('000123').toSorted()).toEqual([first.caseId, second.caseId].toSorted());
    expect(found('F-Condominio Perché')).toEqual([first.caseId]);
    // Both words are there, but not in a row; apart they are found.
    expect(found('0042-perche')).toEqual([]);
    expect(found('0042 perche')).toEqual([first.caseId]);
    expect(found('Perché,condominio')).toEqual([first.caseId]);
    expect(found('" OR *')).toEqual([]);
    removeFromList(db, first.caseId);
    expect(found('condominio')).toEqual([]);
    db.close();
  });

  it('finds the next case by the partial index, without a sort', () => {
    const db = openFresh();
    const plan = db.prepare<[], { detail: string }>(
      'EXPLAIN QUERY PLAN SELECT case_id FROM case_list WHERE ready = 1 ORDER BY order_class, sort_key, customer_name, case_id LIMIT 2',
    ).all().map((row) => row.detail).join(' | ');
    expect(plan).toContain('case_list_ready');
    expect(plan).not.toContain('TEMP B-TREE');
    db.close();
  });
});
