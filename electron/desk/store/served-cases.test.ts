import { expect, it, onTestFinished } from 'vitest';
import type { CaseId, DeviceId, FactId } from '../../../shared/id.ts';
import { newId, newRandomHex } from '../../../shared/id.ts';
import { jsonObjectSchema } from '../../../shared/json-object.ts';
import { sampleCase, sampleInvoice } from '../../../shared/testing/sample-case.ts';
import { temporaryFolder } from '../../../tests/support/temporary-folder.ts';
import type { Sqlite } from './database.ts';
import { openStore } from './database.ts';
import { keepServed, listServedNaming } from './served-cases.ts';

function openDb(): Sqlite {
  const opened = openStore({ path: `${temporaryFolder()}/desk.db`, keyHex: newRandomHex(32), testRuntime: false });
  if (!opened.ok) throw new Error(opened.error.code);
  onTestFinished(() => void opened.value.db.close());
  return opened.value.db;
}

function serve(db: Sqlite, e164: string, servedAtMs: number): CaseId {
  const sample = sampleCase([sampleInvoice('1', 10, 1_000)]);
  const entity = { ...sample, caseId: newId<CaseId>(), numbers: sample.numbers.map((number) => ({ ...number, e164, raw: e164 })) };
  const body = jsonObjectSchema.parse(JSON.parse(JSON.stringify(entity)));
  expect(keepServed(db, { caseId: entity.caseId, revision: 1, body, etag: 'e', colleague: null }, servedAtMs)).toBe(true);
  return entity.caseId;
}

it('finds the served cases that a number may reach: by what was fetched, or because one was learnt here', () => {
  const db = openDb();
  const named = serve(db, '+393331230001', 1);
  const other = serve(db, '+393331230002', 2);
  const learnt = serve(db, '+393331230003', 3);
  expect(listServedNaming(db, '+393331230001')).toEqual([named]);
  expect(listServedNaming(db, '+393331230009')).toEqual([]);
  db.prepare("INSERT INTO facts (device_id, seq, id, type, version, case_id, at, hash, header) VALUES (?, 1, ?, 'contact-point-saved', 1, ?, 1, 'h', '{}')")
    .run(newId<DeviceId>(), newId<FactId>(), learnt);
  expect(listServedNaming(db, '+393331230002')).toEqual([learnt, other]);
});
