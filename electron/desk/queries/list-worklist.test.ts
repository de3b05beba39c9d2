import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { CaseFact } from '../../../shared/case/case-entity.ts';
import type { CaseInBook } from '../projections/case-book.ts';
import { CaseBook } from '../projections/case-book.ts';
import { placeInList } from '../projections/case-list.ts';
import type { ReadingSession } from '../session.ts';
import { viewContext } from '../session.ts';
import { openStore } from '../store/database.ts';
import { writeDraft } from '../store/draft-store.ts';
import { upsertEntity } from '../store/entity-store.ts';
import { appendFact } from '../store/fact-store.ts';
import { leaseOf, writeLease } from '../store/lease-watch.ts';
import { writeMeta } from '../store/meta.ts';
import { listAgenda } from './list-agenda.ts';
import { listWorklist } from './list-worklist.ts';
import { showToday } from './show-today.ts';
import { worklistViews } from '../../../shared/contract/screens.ts';
import type { WorklistFilter } from '../../../shared/contract/worklist-filter.ts';
import { noFilter } from '../../../shared/contract/worklist-filter.ts';
import { noParts } from '../../../shared/facts/outcome-body.ts';
import type { CaseId, DeviceId, UserId } from '../../../shared/id.ts';
import { newId, newRandomHex } from '../../../shared/id.ts';
import { sampleCase, sampleInvoice, sampleToday } from '../../../shared/testing/sample-case.ts';
import { emptyDraft } from '../../../shared/testing/empty-draft.ts';
import { addDays, instantOf } from '../../../shared/time.ts';

const zone = 'Europe/Rome';
const at = (days: number, time = '12:00'): number => instantOf(addDays(sampleToday, days), time, zone);
const folder = mkdtempSync(join(tmpdir(), 'premura-list-'));
const opened = openStore({ path: join(folder, 'desk.db'), keyHex: newRandomHex(32), testRuntime: false });
if (!opened.ok) throw new Error(opened.error.code);
const { db } = opened.value;
let nowMs = at(-30);
const session: ReadingSession = {
  db, book: new CaseBook(db), clock: { nowMs: () => nowMs }, siteZone: zone,
  user: { userId: newId<UserId>(), username: 'anna', displayName: 'Anna', role: 'collector' },
};
writeMeta(db, 'deviceId', newId<DeviceId>());
afterAll(() => {
  db.close();
  rmSync(folder, { recursive: true });
});

const ids = new Map<string, CaseId>();
function add(name: string, daysLate: number, amountCents: number, parts: { kind?: 'person' | 'company'; recovery?: boolean; disputed?: boolean } = {}): void {
  const entity = sampleCase([sampleInvoice(`F-${name}`, daysLate, amountCents, { disputedInFile: parts.disputed === true })], {
    recoveryApprovedOn: parts.recovery === true ? sampleToday : null,
  });
  const held = { ...entity, customer: { ...entity.customer, name, kind: parts.kind ?? 'person' } };
  upsertEntity(db, { kind: 'case', id: held.caseId, revision: 1, body: held });
  const book = session.book.get(held.caseId, viewContext(session));
  if (book === null) throw new Error('not held');
  placeInList(db, book.entity, book.view, viewContext(session), true);
  ids.set(name, held.caseId);
}

function record(name: string, code: string, atMs: number, parts: object = {}): void {
  const caseId = ids.get(name);
  if (caseId === undefined) throw new Error(name);
  nowMs = atMs;
  const body = { ...noParts, code, channel: 'phone-outbound', numberId: null, partyId: null, cause: null, note: null, ...parts } as CaseFact['body'];
  appendFact(db, {
    id: newId(), type: 'outcome-recorded', version: 2, caseId, at: atMs, zone, actor: session.user.userId,
    basedOn: { caseRevision: 1, scriptVersion: null, policyVersion: null },
  }, body);
  session.book.placeAgain(caseId, viewContext(session));
}

const promise = (dueIn: number, amountCents: number): object => ({
  promise: { amountCents, currency: 'EUR', dueOn: addDays(sampleToday, dueIn), method: 'bank-transfer', invoiceIds: [] },
});
add('Vecchia', 60, 90_000);
add('Recupero', 40, 40_000, { recovery: true });
add('Società', 10, 250_000, { kind: 'company' });
add('Presto', -3, 5_000);
add('Tardi', -20, 7_000);
add('Contesta', 15, 12_000, { disputed: true });
add('Promette', 20, 30_000);
add('Mancata', 25, 31_000);
add('Pagato', 12, 8_000);
add('Richiamo', 9, 6_000);
add('Ferma', 8, 6_100);
record('Mancata', 'PTP', at(-9), promise(-5, 31_000));
record('Promette', 'PTP', at(-1), promise(2, 30_000));
record('Pagato', 'PAID', at(-1), { payment: { amountCents: 8_000, currency: 'EUR', paidOn: sampleToday, method: null, proof: 'none', restDueOn: null } });
record('Ferma', 'DEC', at(-1));
record('Richiamo', 'CBK', at(0, '10:00'), { callback: { at: at(0, '11:00'), zone, audience: 'only-me' } });
record('Presto', 'NA', at(0, '11:30'));
writeDraft(db, ids.get('Tardi') ?? '', emptyDraft, at(0));
nowMs = at(0);
db.transaction(() => { writeLease(db, { endsAtMs: at(1), askedAtMs: at(0) }, nowMs); }).immediate();
leaseOf(db).reload();

const list = (view: (typeof worklistViews)[number], filter: Partial<WorklistFilter> = {}): ReturnType<typeof listWorklist> =>
  listWorklist(session, { view, creditorId: null, filter: { ...noFilter, ...filter }, offset: 0, limit: 100 });
const namesOf = (view: (typeof worklistViews)[number], filter: Partial<WorklistFilter> = {}): string[] => list(view, filter).rows.map((row) => row.customerName);

describe('the views', () => {
  it('hold what their names say, in the order of their days', () => {
    expect(namesOf('callbacks')).toEqual(['Richiamo']);
    expect(namesOf('promises')).toEqual(['Promette']);
    expect(namesOf('promises-broken')).toEqual(['Mancata']);
    expect(namesOf('stopped')).toEqual(['Ferma']);
    expect(namesOf('waiting')).toEqual(['Presto', 'Promette', 'Pagato']);
    expect(namesOf('disputes')).toEqual(['Contesta']);
    expect(namesOf('worked-today')).toEqual(['Presto', 'Richiamo']);
    expect(namesOf('all').slice(0, 4)).toEqual(['Richiamo', 'Mancata', 'Recupero', 'Vecchia']);
  });

  it('count and sum what they show', () => {
    for (const view of worklistViews) {
      const { rows, counts, totals } = list(view);
      expect(counts[view]).toBe(rows.length);
      expect(totals.reduce((sum, { openCents }) => sum + openCents, 0)).toBe(rows.reduce((sum, row) => sum + row.openCents, 0));
      expect(totals.reduce((sum, { claimableCents }) => sum + claimableCents, 0)).toBe(rows.reduce((sum, row) => sum + row.claimableCents, 0));
    }
  });
});

describe('the filters', () => {
  const lateOf = ({ view }: CaseInBook): number | null => view.invoices.find((invoice) => invoice.claimableCents > 0)?.daysLate ?? null;
  const checks: [Partial<WorklistFilter>, (held: CaseInBook) => boolean][] = [
    [{ tone: 'courtesy' }, ({ view }) => view.tone === 'courtesy'],
    [{ tone: 'reminder' }, ({ view }) => view.tone === 'reminder'],
    [{ tone: 'recovery' }, ({ view }) => view.tone === 'recovery'],
    [{ kind: 'company' }, ({ entity }) => entity.customer.kind === 'company'],
    [{ amountFromCents: 30_000 }, ({ view }) => view.openCents >= 30_000],
    [{ amountToCents: 30_000 }, ({ view }) => view.openCents <= 30_000],
    [{ daysLateFrom: 20 }, (held) => (lateOf(held) ?? -999) >= 20],
    [{ daysLateTo: 0 }, (held) => (lateOf(held) ?? 999) <= 0],
    [{ daysLateFrom: -5, daysLateTo: 10 }, (held) => (lateOf(held) ?? 999) >= -5 && (lateOf(held) ?? 999) <= 10],
    [{ disputed: true }, ({ view }) => view.disputedCents > 0],
    [{ disputed: false }, ({ view }) => view.disputedCents === 0],
    [{ hasDraft: true }, ({ entity }) => entity.customer.name === 'Tardi'],
    [{ hasDraft: false }, ({ entity }) => entity.customer.name !== 'Tardi'],
    [{ text: 'rich' }, ({ entity }) => entity.customer.name === 'Richiamo'],
    [{ why: 'callback' }, ({ view }) => view.callback !== null],
    [{ why: 'promise-open' }, ({ view }) => view.promise !== null && view.promise.state !== 'broken'],
    [{ why: 'promise-broken' }, ({ view }) => view.reasons[0]?.key === 'promise-broken'],
    [{ why: 'payment-claimed' }, ({ view }) => view.placement.orderClass === 'payment-check'],
    [{ why: 'recovery' }, ({ view }) => view.tone === 'recovery'],
    [{ why: 'overdue' }, (held) => (lateOf(held) ?? 0) > 0],
    [{ why: 'due-soon' }, (held) => { const late = lateOf(held); return late !== null && late <= 0 && late >= -7; }],
    [{ why: 'due-later' }, (held) => (lateOf(held) ?? 0) < -7],
    [{ tone: 'reminder', amountFromCents: 10_000, text: 'f' }, ({ view }) => view.tone === 'reminder' && view.openCents >= 10_000],
  ];

  it.each(checks)('%j gives what the cases themselves say', (filter, matches) => {
    const expected = [...ids].filter(([, caseId]) => {
      const held = session.book.get(caseId, viewContext(session));
      if (held === null) throw new Error('not held');
      return matches(held);
    }).map(([name]) => name);
    expect(expected.length).toBeGreaterThan(0);
    expect(namesOf('all', filter).toSorted()).toEqual(expected.toSorted());
    expect(list('all', filter).counts.all).toBe(expected.length);
  });
});

describe('the agenda', () => {
  it('shows today first, with what is late before it', () => {
    const { late, days } = listAgenda(session, { span: 'day', offset: 0 });
    expect(late.entries.map(({ customerName, kind }) => [customerName, kind])).toEqual([['Mancata', 'promise']]);
    expect(days[0]?.entries.map(({ customerName, kind, late: isLate, audience }) => [customerName, kind, isLate, audience])).toEqual([['Richiamo', 'callback', true, 'only-me']]);
  });

  it('shows seven days from today, and other weeks without what is late', () => {
    const week = listAgenda(session, { span: 'week', offset: 0 });
    expect(week.days.map(({ date, entries }) => [date, entries.map((entry) => entry.customerName)]).filter(([, names]) => names?.length !== 0)).toEqual([
      [addDays(sampleToday, 0), ['Richiamo']], [addDays(sampleToday, 2), ['Promette']], [addDays(sampleToday, 6), ['Pagato']],
    ]);
    expect(listAgenda(session, { span: 'week', offset: 1 }).late.count).toBe(0);
  });
});

it('the numbers of today are counted from the facts of today, by hour', () => {
  expect(showToday(session)).toMatchObject({ calls: 2, rightParty: 1, promises: 0, promised: [], contactPercent: 50 });
  expect(showToday(session).byHour.filter(({ calls }) => calls > 0)).toEqual([{ hour: 10, calls: 1, rightParty: 1 }, { hour: 11, calls: 1, rightParty: 0 }]);
});
