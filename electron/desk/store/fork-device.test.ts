import { expect, it } from 'vitest';
import { checkLink, contentOf } from '../../../shared/facts/chain.ts';
import type { CaseId, CommandId, DeviceId, FactId, UserId } from '../../../shared/id.ts';
import { newId, newRandomHex } from '../../../shared/id.ts';
import { fail, ok } from '../../../shared/result.ts';
import { systemClock } from '../../../shared/time.ts';
import { temporaryFolder } from '../../../tests/support/temporary-folder.ts';
import { commitOnce } from '../commands/commit-once.ts';
import type { Sqlite } from './database.ts';
import { openStore } from './database.ts';
import { appendFact, countUnsent, readCaseFacts, readDeviceId, readUnsentFacts, writeAckedSeq } from './fact-store.ts';
import { forkDevice } from './fork-device.ts';
import { writeMeta } from './meta.ts';

const caseId = newId<CaseId>();

function openFresh(): Sqlite {
  const opened = openStore({ path: `${temporaryFolder()}/desk.db`, keyHex: newRandomHex(32), testRuntime: false });
  if (!opened.ok) throw new Error(opened.error.code);
  writeMeta(opened.value.db, 'deviceId', newId<DeviceId>());
  return opened.value.db;
}

function appendNote(db: Sqlite, text: string): FactId {
  return appendFact(db, {
    id: newId<FactId>(), type: 'note-added', version: 1, caseId, at: 1_700_000_000_000, zone: 'Europe/Rome', actor: newId<UserId>(),
    basedOn: { caseRevision: 1, scriptVersion: null, policyVersion: null },
  }, { text }).header.id;
}

it('chains the facts again under a new device, same ids, with their origin; readers take each once', () => {
  const db = openFresh();
  const oldDevice = readDeviceId(db);
  const ids = ['one', 'two', 'three', 'four'].map((text) => appendNote(db, text));
  writeAckedSeq(db, 2);
  expect(forkDevice(db).rechained).toBe(4);
  const unsent = readUnsentFacts(db, 0, 10);
  expect(unsent.map((fact) => fact.header.id)).toEqual(ids);
  expect(unsent.map((fact) => fact.header.origin)).toEqual([1, 2, 3, 4].map((seq) => ({ deviceId: oldDevice, seq })));
  let before: { seq: number; hash: string } | null = null;
  for (const fact of unsent) {
    expect(checkLink(fact.header, contentOf(fact), before)).toBeNull();
    before = { seq: fact.header.seq, hash: fact.header.hash };
  }
  expect(countUnsent(db)).toBe(4);
  expect(new Set(readCaseFacts(db, caseId).map((fact) => fact.id))).toEqual(new Set(ids));

  forkDevice(db);
  expect(readUnsentFacts(db, 0, 10).map((fact) => fact.header.origin?.deviceId)).toEqual([oldDevice, oldDevice, oldDevice, oldDevice]);
  db.close();
});

it('runs a command once however often it is sent, and leaves nothing of a refused one', () => {
  const db = openFresh();
  const command = { commandId: newId<CommandId>(), name: 'add-note' };
  const write = () => ok({ factId: appendNote(db, 'once') });
  const first = commitOnce({ db, clock: systemClock }, command, write);
  const second = commitOnce({ db, clock: systemClock }, command, write);
  if (!first.ok || !second.ok) throw new Error('refused');
  expect(second.value).toEqual({ reply: first.value.reply, repeated: true });
  expect(countUnsent(db)).toBe(1);

  const refused = commitOnce({ db, clock: systemClock }, { commandId: newId<CommandId>(), name: 'add-note' }, () => {
    appendNote(db, 'never');
    return fail('no', 'error.unexpected');
  });
  expect(refused.ok).toBe(false);
  expect(countUnsent(db)).toBe(1);
  db.close();
});
