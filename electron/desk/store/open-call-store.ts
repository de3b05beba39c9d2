/**
 * The call that runs on this desk, so that a desk that died goes on with it: at most one in front; and those beside it whose line has ended
 * and that wait for their outcome, each of another case, with all that belongs to them.
 *
 * Invariants: written in the transaction of the facts that it tells of; which call is meant is always said by its id; the script stands here as it was when the call began, in a row of
 * its own (45 kB, which would be written anew with every step).
 */
import { z } from 'zod';
import { gateStates } from '../../../shared/contract/conduct-channels.ts';
import { identityMethodSchema } from '../../../shared/facts/conduct-bodies.ts';
import type { CallId, CaseId } from '../../../shared/id.ts';
import { callIdSchema, caseIdSchema, customerIdSchema, numberIdSchema, partyIdSchema } from '../../../shared/id.ts';
import { basedOnInput } from '../../../shared/contract/people-channels.ts';
import { instantSchema } from '../../../shared/time.ts';
import type { Sqlite } from './database.ts';
import { prepared } from './statements.ts';

const gateSchema = z.object({ state: z.enum(gateStates), method: identityMethodSchema.nullable(), partyId: partyIdSchema.nullable() });

const openCallSchema = z.object({
  callId: callIdSchema,
  caseId: caseIdSchema,
  customerId: customerIdSchema,
  direction: z.enum(['outbound', 'inbound']),
  pointId: numberIdSchema.nullable(),
  partyId: partyIdSchema.nullable(),
  startedAtMs: instantSchema,
  basedOn: basedOnInput,
  policyVersion: z.string().nullable(),
  gate: gateSchema,
  /** Where it stands in its script, as `call-walk.ts` reads it; null: it has none. */
  walk: z.unknown(),
  /** Since when it waits for its outcome; null: it is the call in front. */
  putAsideAtMs: instantSchema.nullable(),
});
export type OpenCall = z.infer<typeof openCallSchema>;

interface Row {
  call_id: string; case_id: string; customer_id: string; direction: string; point_id: string | null; party_id: string | null; started_at: number;
  based_on: string; policy_version: string | null; gate: string; walk: string | null; put_aside_at: number | null;
}

const columns = 'call_id, case_id, customer_id, direction, point_id, party_id, started_at, based_on, policy_version, gate, walk, put_aside_at';

/** The call in front. Without its script, which is long and stays as it was: see `readCallScript`. */
export function readOpenCall(db: Sqlite): OpenCall | null {
  const row = prepared<[], Row>(db, `SELECT ${columns} FROM open_calls WHERE put_aside_at IS NULL`).get();
  return row === undefined ? null : fromRow(row);
}

/** Those that wait for their outcome, whoever waits longest first. */
export function readWaitingCalls(db: Sqlite): OpenCall[] {
  return prepared<[], Row>(db, `SELECT ${columns} FROM open_calls WHERE put_aside_at IS NOT NULL ORDER BY put_aside_at, call_id`).all().map(fromRow);
}

/** In front or waiting. */
export function readCallOfCase(db: Sqlite, caseId: CaseId): OpenCall | null {
  const row = prepared<[string], Row>(db, `SELECT ${columns} FROM open_calls WHERE case_id = ?`).get(caseId);
  return row === undefined ? null : fromRow(row);
}

function fromRow(row: Row): OpenCall {
  return openCallSchema.parse(fieldsOf(row));
}

/** A row as it was read from a damaged store, of this schema or of one before; null: it is none. */
export function readOldRow(row: Readonly<Record<string, unknown>>): OpenCall | null {
  return openCallSchema.safeParse(fieldsOf(row)).data ?? null;
}

function fieldsOf(row: Readonly<Record<keyof Row, unknown>>): Readonly<Record<keyof OpenCall, unknown>> {
  const json = (text: unknown): unknown => (typeof text === 'string' ? JSON.parse(text) : null);
  return {
    callId: row.call_id, caseId: row.case_id, customerId: row.customer_id, direction: row.direction, pointId: row.point_id, partyId: row.party_id,
    startedAtMs: row.started_at, basedOn: json(row.based_on), policyVersion: row.policy_version, gate: json(row.gate), walk: json(row.walk),
    putAsideAtMs: row.put_aside_at ?? null,
  };
}

/** The script that a call began with; null: it has none. */
export function readCallScript(db: Sqlite, callId: CallId): unknown {
  const text = prepared<[string], { script: string }>(db, 'SELECT script FROM call_scripts WHERE call_id = ?').get(callId)?.script;
  return text === undefined ? null : JSON.parse(text);
}

export function insertOpenCall(db: Sqlite, call: OpenCall, script: unknown): void {
  const json = (value: unknown): string | null => (value === null || value === undefined ? null : JSON.stringify(value));
  prepared(db, `INSERT INTO open_calls (${columns}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  ).run(
    call.callId, call.caseId, call.customerId, call.direction, call.pointId, call.partyId, call.startedAtMs, json(call.basedOn), call.policyVersion,
    json(call.gate), json(call.walk), call.putAsideAtMs,
  );
  if (script !== null && script !== undefined) {
    prepared(db, 'INSERT INTO call_scripts (call_id, case_id, script) VALUES (?, ?, ?)').run(call.callId, call.caseId, JSON.stringify(script));
  }
}

/** Where gate and walk stand now. */
export function updateOpenCall(db: Sqlite, { callId, gate, walk }: Pick<OpenCall, 'callId' | 'gate' | 'walk'>): void {
  prepared(db, 'UPDATE open_calls SET gate = ?, walk = ? WHERE call_id = ?').run(JSON.stringify(gate), walk === null ? null : JSON.stringify(walk), callId);
}

/** @param putAsideAtMs null: it is in front from now on, where no other may stand */
export function moveOpenCall(db: Sqlite, callId: CallId, putAsideAtMs: number | null): void {
  prepared(db, 'UPDATE open_calls SET put_aside_at = ? WHERE call_id = ?').run(putAsideAtMs, callId);
}

/** @param droppedAtMs where the line fell: its script and where it stood are kept for the call that takes it up again */
export function removeOpenCall(db: Sqlite, callId: CallId, droppedAtMs: number | null = null): void {
  if (droppedAtMs === null) prepared(db, 'DELETE FROM call_scripts WHERE call_id = ?').run(callId);
  else {
    prepared(db, 'UPDATE call_scripts SET dropped_at = ?, walk = open_calls.walk FROM open_calls WHERE open_calls.call_id = call_scripts.call_id AND call_scripts.call_id = ?')
      .run(droppedAtMs, callId);
  }
  prepared(db, 'DELETE FROM open_calls WHERE call_id = ?').run(callId);
}

/** The script of the call of this case that dropped, and where it stood; null: none since then. */
export function readDroppedScript(db: Sqlite, caseId: CaseId, sinceMs: number): { script: unknown; walk: unknown } | null {
  const row = prepared<[string, number], { script: string; walk: string | null }>(db, 'SELECT script, walk FROM call_scripts WHERE case_id = ? AND dropped_at >= ? ORDER BY dropped_at DESC LIMIT 1')
    .get(caseId, sinceMs);
  return row?.walk == null ? null : { script: JSON.parse(row.script), walk: JSON.parse(row.walk) };
}

/** Something else came of this case since; and what dropped long ago nobody takes up again. */
export function forgetDroppedScripts(db: Sqlite, caseId: CaseId, nowMs: number): void {
  prepared(db, 'DELETE FROM call_scripts WHERE dropped_at IS NOT NULL AND (case_id = ? OR dropped_at < ?)').run(caseId, nowMs - LONG_AGO_MS);
}

const LONG_AGO_MS = 24 * 3_600_000;
