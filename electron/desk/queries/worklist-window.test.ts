/** Windows and kept counts of the worklist, against looks at all rows; and what a new day changes in it. */
import { expect, it, onTestFinished } from 'vitest';
import { CaseBook } from '../projections/case-book.ts';
import { placeInList, rebuildList, removeFromList } from '../projections/case-list.ts';
import { forgetCounts } from '../projections/list-counts.ts';
import type { ReadingSession } from '../session.ts';
import { viewContext } from '../session.ts';
import type { Sqlite } from '../store/database.ts';
import { openStore } from '../store/database.ts';
import { upsertEntity } from '../store/entity-store.ts';
import { leaseOf, writeLease } from '../store/lease-watch.ts';
import { writeMeta } from '../store/meta.ts';
import { findNextCase } from './find-next-case.ts';
import { listAgenda } from './list-agenda.ts';
import { listWorklist } from './list-worklist.ts';
import { conditionValues, viewConditions } from './worklist-conditions.ts';
import type { CaseEntity } from '../../../shared/case/case-entity.ts';
import type { WorklistScreen, WorklistViewName } from '../../../shared/contract/screens.ts';
import { worklistViews } from '../../../shared/contract/screens.ts';
import { noFilter } from '../../../shared/contract/worklist-filter.ts';
import type { CreditorId, DeviceId, FactId, UserId } from '../../../shared/id.ts';
import { newId, newRandomHex } from '../../../shared/id.ts';
import { sampleCase, sampleInvoice, sampleToday } from '../../../shared/testing/sample-case.ts';
import { addDays, instantOf } from '../../../shared/time.ts';
import { randomNumbers } from '../../../tests/bench/scale-cases.ts';
import { temporaryFolder } from '../../../tests/support/temporary-folder.ts';

const zone = 'Europe/Rome';
const noon = instantOf(sampleToday, '12:00', zone);

interface Desk { session: ReadingSession; clock: { ms: number }; db: Sqlite }

function openDesk(): Desk {
  const opened = openStore({ path: `${temporaryFolder()}/desk.db`, keyHex: newRandomHex(32), testRuntime: false });
  if (!opened.ok) throw new Error(opened.error.code);
  const { db } = opened.value;
  onTestFinished(() => { db.close(); });
  writeMeta(db, 'deviceId', newId<DeviceId>());
  const clock = { ms: noon };
  const user = { userId: newId<UserId>(), username: 'anna', displayName: 'Anna', role: 'collector' as const };
  const session: ReadingSession = { db, book: new CaseBook(db), clock: { nowMs: () => clock.ms }, siteZone: zone, user };
  db.transaction(() => { writeLease(db, { endsAtMs: noon + 30 * 86_400_000, askedAtMs: noon }, noon); }).immediate();
  leaseOf(db).reload();
  return { session, clock, db };
}

let revision = 0;
function hold({ session, db }: Desk, entity: CaseEntity): void {
  revision += 1;
  upsertEntity(db, { kind: 'case', id: entity.caseId, revision, body: entity });
  const held = session.book.get(entity.caseId, viewContext(session));
  if (held === null) throw new Error('not held');
  placeInList(db, held.entity, held.view, viewContext(session), true);
}

const ask = ({ session }: Desk, view: WorklistViewName, offset = 0, limit = 1_000): WorklistScreen =>
  listWorklist(session, { view, creditorId: null, filter: noFilter, offset, limit });

/** What one look at all rows says. */
function countAgain({ session, db }: Desk): unknown {
  const values = conditionValues({ creditorId: null, filter: noFilter }, viewContext(session));
  return Object.fromEntries(worklistViews.map((view) => [view, db.prepare(
    `SELECT count(*) AS count, ifnull(sum(open_cents), 0) AS openCents, ifnull(sum(claimable_cents), 0) AS claimableCents FROM case_list WHERE ${viewConditions[view]}`,
  ).get(values)]));
}

function countKept(desk: Desk): unknown {
  return Object.fromEntries(worklistViews.map((view) => {
    const { counts, totals } = ask(desk, view, 0, 1);
    const sum = (name: 'openCents' | 'claimableCents'): number => totals.reduce((all, total) => all + total[name], 0);
    return [view, { count: counts[view], openCents: sum('openCents'), claimableCents: sum('claimableCents') }];
  }));
}

it('keeps counts that equal a look at all rows, whatever happens to the rows', () => {
  const desk = openDesk();
  const random = randomNumbers(7);
  const pick = (count: number): number => Math.floor(random() * count);
  const creditors = [newId<CreditorId>(), newId<CreditorId>()] as const;
  const cases: CaseEntity[] = [];
  ask(desk, 'all');
  for (let step = 0; step < 250; step += 1) {
    const kind = pick(10);
    const known = cases[pick(cases.length)];
    if (kind < 5 || known === undefined) {
      const entity = sampleCase([sampleInvoice(`F${String(step)}`, pick(90) - 30, 1_000 + pick(90_000), { disputedInFile: pick(6) === 0 })]);
      cases.push({ ...entity, creditorId: creditors[pick(2)] ?? creditors[0] });
      hold(desk, cases.at(-1) ?? entity);
    } else if (kind < 7) {
      hold(desk, { ...known, invoices: [sampleInvoice(`N${String(step)}`, pick(60), pick(4) === 0 ? 0 : 1_000 + pick(50_000))] });
    } else if (kind === 7) {
      removeFromList(desk.db, known.caseId);
    } else if (kind === 8) {
      // Rows that did not come to be count for nothing.
      expect(() => desk.db.transaction(() => {
        if (pick(3) === 0) forgetCounts(desk.db);
        removeFromList(desk.db, known.caseId);
        throw new Error('planted');
      }).immediate()).toThrow('planted');
    } else {
      desk.db.prepare('UPDATE case_list SET ready = 0, available_from = ?, last_outcome_at = ? WHERE case_id = ?').run(desk.clock.ms + pick(3) * 3_600_000, desk.clock.ms, known.caseId);
      if (pick(4) === 0) desk.clock.ms += 86_400_000;
    }
    if (step % 10 === 9) expect(countKept(desk)).toEqual(countAgain(desk));
  }
  desk.db.transaction(() => { rebuildList(desk.db, viewContext(desk.session)); }).immediate();
  expect(countKept(desk)).toEqual(countAgain(desk));
});

it('puts windows of any size together to the whole list, and reads what may be worked now by its index', () => {
  const desk = openDesk();
  for (let index = 0; index < 60; index += 1) {
    hold(desk, sampleCase([sampleInvoice(`F${String(index)}`, (index * 7) % 90, 1_000 + index, { disputedInFile: index % 9 === 0 })]));
  }
  desk.db.prepare('UPDATE case_list SET ready = 0, available_from = ? + list_id WHERE list_id % 4 = 0').run(noon + 3_600_000);
  for (const view of ['all', 'to-work', 'disputes', 'waiting'] as const) {
    const whole = ask(desk, view).rows.map((row) => row.caseId);
    expect(whole.length).toBe(ask(desk, view).counts[view]);
    for (const limit of [1, 7, 25]) {
      const parts = Array.from({ length: Math.ceil(whole.length / limit) + 1 }, (_, index) => ask(desk, view, index * limit, limit).rows.map((row) => row.caseId));
      expect(parts.flat()).toEqual(whole);
    }
  }
  const values = conditionValues({ creditorId: null, filter: noFilter }, viewContext(desk.session));
  const plan = desk.db.prepare<unknown[], { detail: string }>(
    `EXPLAIN QUERY PLAN SELECT case_id FROM case_list WHERE ready = 1 AND ${viewConditions['to-work']} ORDER BY order_class, sort_key, customer_name, case_id LIMIT 100`,
  ).all(values).map((row) => row.detail).join(' | ');
  expect(plan).toContain('case_list_ready');
  expect(plan).not.toContain('TEMP B-TREE');
});

it('asks for a suspended invoice again on the day after its last, placing only the rows that turn', () => {
  const desk = openDesk();
  const [kept, resting] = [sampleInvoice('F-1', 20, 10_000), sampleInvoice('F-2', 40, 50_000)];
  const entity = sampleCase([kept, resting]);
  const fact = {
    id: newId<FactId>(), type: 'activity-suspended', version: 1, callId: null, at: noon - 1_000, zone, actor: desk.session.user.userId,
    basedOn: { caseRevision: 1, scriptVersion: null, policyVersion: null },
    body: { kind: 'suspended', invoiceId: resting.invoiceId, until: addDays(sampleToday, 2), reason: 'verifica del committente' },
  };
  hold(desk, { ...entity, facts: [fact] });
  for (let index = 0; index < 20; index += 1) hold(desk, sampleCase([sampleInvoice(`O-${String(index)}`, 5, 1_000)]));
  // Would be seen if it were placed anew.
  desk.db.prepare("UPDATE case_list SET customer_name = 'come prima' WHERE case_id <> ?").run(entity.caseId);
  const claimable = (): number | undefined => ask(desk, 'all').totals[0]?.claimableCents;
  expect(claimable()).toBe(30_000);
  desk.clock.ms = instantOf(addDays(sampleToday, 2), '23:59', zone);
  expect(claimable()).toBe(30_000);
  desk.clock.ms = instantOf(addDays(sampleToday, 3), '00:01', zone);
  expect(claimable()).toBe(80_000);
  expect(ask(desk, 'all').rows.find((row) => row.caseId === entity.caseId)?.claimableCents).toBe(50_000 + 10_000);
  expect(desk.db.prepare("SELECT count(*) AS count FROM case_list WHERE customer_name = 'come prima'").get()).toEqual({ count: 20 });
  const oldest = desk.db.prepare('SELECT oldest_due_on AS oldest FROM case_list WHERE case_id = ?').get(entity.caseId);
  expect(oldest).toEqual({ oldest: resting.dueDate });
  const [live, context] = [desk.db.prepare('SELECT * FROM appointments').all(), viewContext(desk.session)];
  expect(live).toEqual([]);
  desk.db.transaction(() => { rebuildList(desk.db, context); }).immediate();
  expect(claimable()).toBe(80_000);
});

it('brings a case forward whose every invoice was suspended, and shows no turn in the agenda', () => {
  const desk = openDesk();
  const invoice = sampleInvoice('F-1', 20, 10_000);
  const entity = sampleCase([invoice]);
  const fact = {
    id: newId<FactId>(), type: 'activity-suspended', version: 1, callId: null, at: noon - 1_000, zone, actor: desk.session.user.userId,
    basedOn: { caseRevision: 1, scriptVersion: null, policyVersion: null },
    body: { kind: 'suspended', invoiceId: invoice.invoiceId, until: addDays(sampleToday, 2), reason: 'verifica del committente' },
  };
  hold(desk, { ...entity, facts: [fact] });
  expect(findNextCase(desk.session, { exceptCaseId: null }).caseId).toBeNull();
  expect(listAgenda(desk.session, { span: 'week', offset: 0 }).days.map(({ count }) => count)).toEqual([0, 0, 0, 0, 0, 0, 0]);
  desk.clock.ms = instantOf(addDays(sampleToday, 5), '12:00', zone);
  expect(listAgenda(desk.session, { span: 'day', offset: 0 }).late.count).toBe(0);
  expect(findNextCase(desk.session, { exceptCaseId: null }).caseId).toBe(entity.caseId);
});
