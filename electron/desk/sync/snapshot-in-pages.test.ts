/** A snapshot that comes in pages, to a desk that holds something already. */
import { describe, expect, it } from 'vitest';
import type { CaseEntity } from '../../../shared/case/case-entity.ts';
import type { DeviceId, UserId } from '../../../shared/id.ts';
import { newId, newRandomHex } from '../../../shared/id.ts';
import { sampleCase, sampleInvoice } from '../../../shared/testing/sample-case.ts';
import { temporaryFolder } from '../../../tests/support/temporary-folder.ts';
import { CaseBook } from '../projections/case-book.ts';
import { searchCases } from '../projections/case-search.ts';
import type { Sqlite } from '../store/database.ts';
import { openStore } from '../store/database.ts';
import { readEntities } from '../store/entity-store.ts';
import { readMeta, writeMeta } from '../store/meta.ts';
import { holdsStale } from '../store/stale-entities.ts';
import { applyFeedPage } from './apply-feed-page.ts';
import type { FeedPage } from './feed-page.ts';

const context = { nowMs: 1_795_000_000_000, zone: 'Europe/Rome', userId: newId<UserId>() };
const keyHex = newRandomHex(32);

function open(path: string): Sqlite {
  const opened = openStore({ path, keyHex, testRuntime: false });
  if (!opened.ok) throw new Error(opened.error.code);
  if (readMeta(opened.value.db, 'deviceId') === null) writeMeta(opened.value.db, 'deviceId', newId<DeviceId>());
  return opened.value.db;
}

function named(name: string): CaseEntity {
  const entity = sampleCase([sampleInvoice(`F-${name}`, 30, 10_000)]);
  return { ...entity, customer: { ...entity.customer, name } };
}

function page(mode: FeedPage['mode'], cursor: string, more: boolean, held: CaseEntity[], removed: CaseEntity[] = []): FeedPage {
  return {
    mode, cursor, more, lease: null,
    changes: [
      ...held.map((body, index) => ({ line: 'upsert' as const, kind: 'case', id: body.caseId, revision: index + 1, bodyText: JSON.stringify(body) })),
      ...removed.map(({ caseId }) => ({ line: 'remove' as const, kind: 'case', id: caseId, revision: 9 })),
    ],
  };
}

const namesOf = (db: Sqlite): string[] => readEntities(db, 'case').map(({ body }) => body.customer.name).sort();
const listed = (db: Sqlite): string[] => db.prepare<[], { name: string }>('SELECT customer_name AS name FROM case_list ORDER BY 1').all().map((row) => row.name);

const joinedFrom = (db: Sqlite): unknown => db.prepare("SELECT v FROM case_search_config WHERE k = 'automerge'").pluck().get();

describe('a snapshot in pages', () => {
  it('joins the search index rarely until its last page, over a restart, and finds all the same', () => {
    const path = `${temporaryFolder()}/desk.db`;
    let db = open(path);
    const cases = Array.from({ length: 40 }, (_, index) => named(`Cliente${String(index)}`));
    cases.slice(0, 30).forEach((entity, index) => applyFeedPage(db, page(index === 0 ? 'snapshot' : 'delta', `${String(index + 1)}:aa112233445566aa`, true, [entity]), context));
    expect(joinedFrom(db)).toBe(0);
    expect(searchCases(db, 'cliente', 99)).toHaveLength(30);
    db.close();
    db = open(path);
    applyFeedPage(db, page('delta', '99:aa112233445566aa', false, cases.slice(30)), context);
    expect(joinedFrom(db)).toBe(4);
    expect(searchCases(db, 'cliente', 99)).toHaveLength(40);
    expect(searchCases(db, 'cliente7', 99)).toEqual([cases[7]?.caseId]);
    db.close();
  });

  it('keeps what was held until its last page, over a restart, and then drops what it did not bring', () => {
    const path = `${temporaryFolder()}/desk.db`;
    let db = open(path);
    const [stays, goes, gone, comes] = [named('Resta'), named('Sparisce'), named('Tolto'), named('Nuovo')];
    applyFeedPage(db, page('snapshot', '3:00112233445566aa', false, [stays, goes, gone]), context);
    expect(holdsStale(db)).toBe(false);

    applyFeedPage(db, page('snapshot', '1:aa112233445566aa', true, [comes], [gone]), context);
    expect(namesOf(db)).toEqual(['Nuovo', 'Resta', 'Sparisce']);
    db.close();
    db = open(path);
    expect(readMeta(db, 'feedCursor')).toBe('1:aa112233445566aa');
    applyFeedPage(db, page('delta', '2:aa112233445566aa', true, []), context);
    expect(namesOf(db)).toEqual(['Nuovo', 'Resta', 'Sparisce']);
    applyFeedPage(db, page('delta', '3:aa112233445566aa', false, [stays]), context);
    expect(namesOf(db)).toEqual(['Nuovo', 'Resta']);
    expect(listed(db)).toEqual(['Nuovo', 'Resta']);
    expect(searchCases(db, 'sparisce', 9)).toEqual([]);
    expect(searchCases(db, 'resta', 9)).toEqual([stays.caseId]);
    expect(db.prepare("SELECT count(*) AS n FROM entities WHERE kind NOT GLOB '~*'").get()).toEqual({ n: 2 });
    db.close();
  });

  it('begins anew when the hub was restored in between', () => {
    const db = open(`${temporaryFolder()}/desk.db`);
    const [first, second, other] = [named('Prima'), named('Seconda'), named('Altra')];
    applyFeedPage(db, page('snapshot', '5:00112233445566aa', false, [first, second]), context);
    applyFeedPage(db, page('snapshot', '1:aa112233445566aa', true, [second]), context);
    applyFeedPage(db, page('snapshot', '1:bb112233445566aa', true, [other]), context);
    expect(namesOf(db)).toEqual(['Altra', 'Prima', 'Seconda']);
    applyFeedPage(db, page('delta', '2:bb112233445566aa', false, [first]), context);
    expect(namesOf(db)).toEqual(['Altra', 'Prima']);
    db.close();
  });

  it('shows the content of each page though another history used its revisions, in between too', () => {
    const db = open(`${temporaryFolder()}/desk.db`);
    const book = new CaseBook(db);
    const before = named('Prima');
    const after = { ...before, customer: { ...before.customer, name: 'Dopo' } };
    const shown = (): string | undefined => book.get(before.caseId, context)?.entity.customer.name;
    applyFeedPage(db, page('snapshot', '1:00112233445566aa', false, [before]), context);
    expect(shown()).toBe('Prima');
    applyFeedPage(db, page('snapshot', '1:aa112233445566aa', true, []), context);
    expect(shown()).toBe('Prima');
    applyFeedPage(db, page('delta', '2:aa112233445566aa', true, [after]), context);
    expect(shown()).toBe('Dopo');
    db.close();
  });
});
