/** What happened in a call can be saved although the case went to somebody else meanwhile. */
import { expect, it } from 'vitest';
import type { DeviceId, UserId } from '../../../shared/id.ts';
import { newId, newRandomHex } from '../../../shared/id.ts';
import { emptyDraft } from '../../../shared/testing/empty-draft.ts';
import { sampleCase, sampleInvoice } from '../../../shared/testing/sample-case.ts';
import { temporaryFolder } from '../../../tests/support/temporary-folder.ts';
import { CaseBook } from '../projections/case-book.ts';
import { searchCases } from '../projections/case-search.ts';
import { applyFeedPage } from '../sync/apply-feed-page.ts';
import type { FeedPage } from '../sync/feed-page.ts';
import type { Sqlite } from './database.ts';
import { openStore } from './database.ts';
import { writeDraft } from './draft-store.ts';
import { erasePerson } from './erase-person.ts';
import { writeMeta } from './meta.ts';

const context = { nowMs: 1_795_000_000_000, zone: 'Europe/Rome', userId: newId<UserId>() };
const HOUR_MS = 3_600_000;
const entity = sampleCase([sampleInvoice('F-1', 30, 10_000)]);
const { caseId } = entity;
const given: FeedPage['changes'] = [{ line: 'upsert', kind: 'case', id: caseId, revision: 4, bodyText: JSON.stringify(entity) }];
const taken: FeedPage['changes'] = [{ line: 'remove', kind: 'case', id: caseId, revision: 5 }];

function open(): Sqlite {
  const opened = openStore({ path: `${temporaryFolder()}/desk.db`, keyHex: newRandomHex(32), testRuntime: false });
  if (!opened.ok) throw new Error(opened.error.code);
  writeMeta(opened.value.db, 'deviceId', newId<DeviceId>());
  return opened.value.db;
}

function apply(db: Sqlite, changes: FeedPage['changes'], nowMs = context.nowMs, mode: FeedPage['mode'] = 'delta'): void {
  applyFeedPage(db, { mode, cursor: '9:aa112233445566aa', more: false, lease: null, changes }, { ...context, nowMs });
}

it('keeps a taken case out of every list, answers for it, and lists it again when it comes back', () => {
  const db = open();
  const book = new CaseBook(db);
  apply(db, given);
  apply(db, taken);
  expect(book.get(caseId, context)).toMatchObject({ taken: true, entity: { caseId } });
  book.placeAgain(caseId, context);
  expect(db.prepare('SELECT count(*) AS n FROM case_list').get()).toEqual({ n: 0 });
  expect(searchCases(db, entity.customer.name.slice(0, 8), 9)).toEqual([]);
  apply(db, given);
  expect(book.get(caseId, context)?.taken).toBe(false);
  expect(db.prepare("SELECT count(*) AS n FROM entities WHERE kind GLOB '~*'").get()).toEqual({ n: 0 });
});

it('keeps it for a shift, and longer while a draft waits', () => {
  const db = open();
  const book = new CaseBook(db);
  apply(db, given);
  apply(db, taken);
  writeDraft(db, caseId, { ...emptyDraft, note: 'stava dicendo' }, context.nowMs);
  apply(db, [], context.nowMs + 13 * HOUR_MS);
  expect(book.get(caseId, context)?.taken).toBe(true);
  db.prepare('DELETE FROM drafts').run();
  apply(db, [], context.nowMs + 13 * HOUR_MS);
  expect(book.get(caseId, context)).toBeNull();
});

it('survives a snapshot that does not bring it, and no erasure', () => {
  const db = open();
  const book = new CaseBook(db);
  apply(db, given);
  apply(db, [], context.nowMs, 'snapshot');
  expect(book.get(caseId, context)?.taken).toBe(true);
  apply(db, [], context.nowMs, 'snapshot');
  expect(book.get(caseId, context)?.taken).toBe(true);
  db.transaction(() => erasePerson(db, { customerId: entity.customerId, caseIds: [caseId] }))();
  expect(book.get(caseId, context)).toBeNull();
});
