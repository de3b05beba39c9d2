/** A store of before 0008 was left in the middle of a call: it is the call in front afterwards, with all that it had. */
import Database from 'better-sqlite3';
import { expect, it, onTestFinished } from 'vitest';
import type { CallId, CaseId, CustomerId } from '../../../../shared/id.ts';
import { newId } from '../../../../shared/id.ts';
import { insertOpenCall, readCallScript, readOpenCall, readWaitingCalls } from '../open-call-store.ts';
import { keepWaitingCalls } from './0008-waiting-calls.ts';
import { migrations } from './index.ts';

it('keeps the call that ran, and lets no second one stand in front', () => {
  const db = new Database(':memory:');
  onTestFinished(() => void db.close());
  for (const migrate of migrations.slice(0, migrations.indexOf(keepWaitingCalls))) migrate(db);
  const [callId, caseId, customerId] = [newId<CallId>(), newId<CaseId>(), newId<CustomerId>()];
  db.prepare(`INSERT INTO open_call (only, call_id, case_id, customer_id, direction, started_at, based_on, policy_version, gate, walk)
    VALUES (1, ?, ?, ?, 'outbound', 1000, '{"caseRevision":3,"scriptVersion":null}', 'house@1', '{"state":"confirmed","method":"role","partyId":null}', '{"at":"s2"}')`).run(callId, caseId, customerId);
  db.prepare("INSERT INTO call_scripts (call_id, case_id, script) VALUES (?, ?, '{}')").run(callId, caseId);
  keepWaitingCalls(db);
  const call = readOpenCall(db);
  expect(call).toEqual({
    callId, caseId, customerId, direction: 'outbound', pointId: null, partyId: null, startedAtMs: 1_000, basedOn: { caseRevision: 3, scriptVersion: null },
    policyVersion: 'house@1', gate: { state: 'confirmed', method: 'role', partyId: null }, walk: { at: 's2' }, putAsideAtMs: null,
  });
  expect([readWaitingCalls(db), readCallScript(db, callId)]).toEqual([[], {}]);
  if (call === null) return;
  expect(() => { insertOpenCall(db, { ...call, callId: newId<CallId>(), caseId: newId<CaseId>() }, null); }).toThrow(/UNIQUE/);
  expect(() => { insertOpenCall(db, { ...call, callId: newId<CallId>(), putAsideAtMs: 2_000 }, null); }).toThrow(/UNIQUE/);
});
