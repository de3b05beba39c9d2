/**
 * Nothing of an erased person is left in the store: not in a row, not in a byte of its files.
 *
 * The bytes are looked for in a store without its cipher, else nothing would ever be found; each search has its
 * control that finds the same text before.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { SalvageNotice } from '../../../shared/contract/salvage-notice.ts';
import type { CaseEntity } from '../../../shared/case/case-entity.ts';
import { checkLink, contentOf } from '../../../shared/facts/chain.ts';
import type { CommandId, DeviceId, FactId, FlagId, UserId } from '../../../shared/id.ts';
import { newId } from '../../../shared/id.ts';
import { ok } from '../../../shared/result.ts';
import { sampleCase, sampleInvoice } from '../../../shared/testing/sample-case.ts';
import { systemClock } from '../../../shared/time.ts';
import { temporaryFolder } from '../../../tests/support/temporary-folder.ts';
import { commitOnce } from '../commands/commit-once.ts';
import { searchCases } from '../projections/case-search.ts';
import { applyFeedPage } from '../sync/apply-feed-page.ts';
import type { FeedPage } from '../sync/feed-page.ts';
import type { Sqlite } from './database.ts';
import { writeDraft } from './draft-store.ts';
import { erasePerson, isErased } from './erase-person.ts';
import { appendFact, readCaseFacts, readUnsentFacts } from './fact-store.ts';
import { forkDevice } from './fork-device.ts';
import { writeMeta } from './meta.ts';
import { migrations } from './migrations/index.ts';
import { readSalvageNotice } from './salvage-store.ts';

const userId = newId<UserId>();
const context = { nowMs: systemClock.nowMs(), zone: 'Europe/Rome', userId };
/** Words that stand in one place of the store each. */
const traces = ['Ermenegildo', 'Precedente', 'ricorda il nipote', 'bozza confidenziale', 'parola di lui', 'FT-SEGRETA'];

/** A store as `openStore` makes it, its cipher apart. */
function openPlain(folder: string): Sqlite {
  const db = new Database(join(folder, 'desk.db'));
  onTestFinished(() => void db.close());
  for (const pragma of ['locking_mode = EXCLUSIVE', 'journal_mode = WAL', 'synchronous = FULL', 'foreign_keys = ON', 'wal_autocheckpoint = 0', 'temp_store = MEMORY']) db.pragma(pragma);
  for (const migrate of migrations) migrate(db);
  writeMeta(db, 'deviceId', newId<DeviceId>());
  return db;
}

let revision = 0;
function page(changes: FeedPage['changes'], mode: FeedPage['mode'] = 'delta'): FeedPage {
  return { mode, changes, cursor: `${String(revision)}:0123456789abcdef`, more: false, lease: null };
}

function upsert(kind: string, id: string, body: object): FeedPage['changes'][number] {
  revision += 1;
  return { line: 'upsert', kind, id, revision, bodyText: JSON.stringify(body) };
}

function erasureOf(entity: CaseEntity): FeedPage['changes'][number] {
  return upsert('erasure', entity.customerId, { customerId: entity.customerId, caseIds: [entity.caseId], at: context.nowMs });
}

function note(db: Sqlite, entity: CaseEntity, text: string): FactId {
  const { caseId, customerId } = entity;
  const saved = commitOnce({ db, clock: systemClock }, { commandId: newId<CommandId>(), name: 'record-outcome' }, () => {
    const fact = appendFact(db, {
      id: newId<FactId>(), type: 'note-added', version: 1, caseId, customerId, at: context.nowMs, zone: context.zone, actor: userId,
      basedOn: { caseRevision: 1, scriptVersion: null, policyVersion: null },
    }, { text });
    return ok({ factId: fact.header.id, outcome: { text } });
  });
  if (!saved.ok) throw new Error(saved.error.code);
  return saved.value.reply.factId;
}

function filesWith(folder: string, text: string): string[] {
  return readdirSync(folder).filter((name) => readFileSync(join(folder, name)).includes(text));
}

/** A store with the person among others, their older versions too, so that free pages and split ones hold them. */
function plant(): { folder: string; db: Sqlite; person: CaseEntity; other: CaseEntity } {
  const folder = temporaryFolder();
  const db = openPlain(folder);
  const customer = sampleCase([]).customer;
  const invoices = [sampleInvoice('FT-SEGRETA-1', 40, 10_000)];
  const person = sampleCase(invoices, { customer: { ...customer, name: 'Ermenegildo Bianchi', code: 'C-1' } });
  const other = sampleCase([sampleInvoice('FT-ALTRA', 40, 10_000)], { customer: { ...customer, name: 'Lucrezia Verdi', code: 'C-2' } });
  const crowd = Array.from({ length: 200 }, (_value, index) => sampleCase(
    Array.from({ length: 12 }, (_none, count) => sampleInvoice(`F${String(index)}-${String(count)}`, 30, 5_000)),
    { customer: { ...customer, name: `Cliente ${String(index)}`, code: `X${String(index)}` } },
  ));
  const older = { ...person, customer: { ...person.customer, name: 'Precedente Bianchi' }, invoices: [...invoices, ...(crowd[0]?.invoices ?? [])] };
  applyFeedPage(db, page([upsert('case', person.caseId, older), upsert('case', other.caseId, other), ...crowd.map((entity) => upsert('case', entity.caseId, entity))], 'snapshot'), context);
  applyFeedPage(db, page([upsert('case', person.caseId, person)]), context);
  const flagId = newId<FlagId>();
  const factId = note(db, person, 'ricorda il nipote');
  applyFeedPage(db, page([
    upsert('flag', flagId, { flagId, factId, caseId: person.caseId, code: 'not-assigned', at: 1, details: { said: 'parola di lui' } }),
  ]), context);
  note(db, other, 'di Lucrezia resta tutto');
  note(db, person, 'ricorda il nipote ancora');
  writeDraft(db, person.caseId, { code: 'NA', note: 'bozza confidenziale' } as never, 1);
  for (const copy of ['before-2', 'damaged-2026', 'damaged-2026-wal']) writeFileSync(join(folder, `desk.db.${copy}`), 'Ermenegildo');
  const lost = ['Ermenegildo Bianchi', 'Lucrezia Verdi'].map((customerName) => ({ kind: 'note' as const, at: 1, customerName }));
  writeMeta(db, 'salvageNotice', JSON.stringify({ at: 1, salvaged: 0, lost, perhapsLost: [] } satisfies SalvageNotice));
  return { folder, db, person, other };
}

describe('erasing a person from a desk', () => {
  it('leaves no row, and no byte in any file; everybody else stays', () => {
    const { folder, db, person, other } = plant();
    for (const trace of traces) expect(filesWith(folder, trace), trace).not.toEqual([]);
    const changes = applyFeedPage(db, page([erasureOf(person)]), context);
    expect(changes.caseIds).toEqual([person.caseId]);
    for (const trace of [...traces, 'ermenegildo', 'precedente']) expect(filesWith(folder, trace), trace).toEqual([]);
    expect(readdirSync(folder).filter((name) => /before|damaged/.test(name))).toEqual([]);
    expect(readSalvageNotice(db)?.lost.map((entry) => entry.customerName)).toEqual([null, 'Lucrezia Verdi']);
    expect(searchCases(db, 'ermenegildo', 10)).toEqual([]);
    expect(db.prepare("SELECT count(*) AS n FROM entities WHERE kind = 'flag'").get()).toEqual({ n: 0 });
    expect(db.prepare('SELECT count(*) AS n FROM command_log').get()).toEqual({ n: 1 });

    expect(searchCases(db, 'lucrezia', 10)).toEqual([other.caseId]);
    expect(readCaseFacts(db, other.caseId).map((fact) => fact.body)).toEqual([{ text: 'di Lucrezia resta tutto' }]);
    expect(filesWith(folder, 'di Lucrezia resta tutto')).toEqual(['desk.db']);
    expect(db.pragma('integrity_check', { simple: true })).toBe('ok');
  });

  it('leaves a chain that verifies, also when the device forks after it', () => {
    const { db, person } = plant();
    applyFeedPage(db, page([erasureOf(person)]), context);
    for (const device of ['first', 'forked']) {
      if (device === 'forked') forkDevice(db);
      const facts = readUnsentFacts(db, 0, 10);
      expect(facts.map((fact) => [fact.salt === null, fact.body === null])).toEqual([[true, true], [false, false], [true, true]]);
      let before: { seq: number; hash: string } | null = null;
      for (const fact of facts) {
        expect(checkLink(fact.header, contentOf(fact), before)).toBeNull();
        before = { seq: fact.header.seq, hash: fact.header.hash };
      }
    }
  });

  it('a crash before the scrub leaves bytes, and the next page overwrites them', () => {
    const { folder, db, person } = plant();
    db.pragma('wal_checkpoint(TRUNCATE)');
    db.transaction(() => erasePerson(db, { customerId: person.customerId, caseIds: [person.caseId] }))();
    expect(traces.filter((trace) => filesWith(folder, trace).length > 0), 'deleting alone is not enough').not.toEqual([]);
    applyFeedPage(db, page([]), context);
    for (const trace of traces) expect(filesWith(folder, trace), trace).toEqual([]);
  });

  it('stores nothing of the person again, whatever a hub sends, and hearing it again changes nothing', () => {
    const { folder, db, person } = plant();
    applyFeedPage(db, page([erasureOf(person)]), context);
    expect(isErased(db, person.caseId)).toBe(true);
    const again = applyFeedPage(db, page([erasureOf(person)]), context);
    expect(again.caseIds).toEqual([]);
    applyFeedPage(db, page([upsert('case', person.caseId, person)], 'snapshot'), context);
    expect(searchCases(db, 'ermenegildo', 10)).toEqual([]);
    expect(filesWith(folder, 'Ermenegildo')).toEqual([]);
  });
});
