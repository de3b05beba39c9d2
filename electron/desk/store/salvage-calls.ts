/**
 * The calls whose outcome is still to be told, in a store that was salvaged: the one in front and those that wait.
 *
 *   row read ───────────▶ closed by a fact, or an older call of its case? ─no─▶ open, with the gate that the facts tell ─┐
 *   fact that it began ─▶ no row, no outcome, not closed, not long ago? ──yes─▶ open, without its place in the script ───┴▶ newest in front
 *
 * Invariants: a call keeps its id, permit and policy, so what is told of it after the salvage is the same contact; a call that was told is not asked
 * for again: where the hub has a fact of its case that cannot be read here, nobody knows, and it is named instead; what a call
 * has lost is named too. Call inside the transaction that fills the new store, after facts and tables.
 */
import type { SalvageNotice } from '../../../shared/contract/salvage-notice.ts';
import { callEndSchema } from '../../../shared/telephone/call-end.ts';
import type { CallId, CaseId } from '../../../shared/id.ts';
import type { Sqlite } from './database.ts';
import type { OpenCall } from './open-call-store.ts';
import { insertOpenCall, readCallScript, readOldRow } from './open-call-store.ts';
import type { TelephoneCall } from './telephone-call-store.ts';
import { readTelephoneCall, readTelephoneCalls, writeTelephoneCall } from './telephone-call-store.ts';
import type { CallTrace } from './trace-calls.ts';
import { isClosed } from './trace-calls.ts';

/** A shift: later nobody comes back to a call (`end-call.ts`). */
const COMES_BACK_MS = 12 * 3_600_000;

export interface LostOfCall { kind: Extract<SalvageNotice['lost'][number]['kind'], 'call' | 'call-script'>; at: number; caseId: CaseId }

export interface Salvage {
  /** Rows of `open_calls` as they were read. */
  rows: readonly Readonly<Record<string, unknown>>[];
  traces: ReadonlyMap<CallId, CallTrace>;
  erasedCases: ReadonlySet<string>;
  /** Whether the hub has facts after `seq` that cannot be read here and may be of this case. */
  mayBeTold: (caseId: CaseId, seq: number) => boolean;
  nowMs: number;
}

/** Opens them again; answers what they have lost. */
export function salvageCalls(db: Sqlite, salvage: Salvage): LostOfCall[] {
  const { traces, nowMs } = salvage;
  catchUpTelephone(db, traces);
  const newest = newestOfCases(traces);
  const kept = keepRows(salvage, newest);
  const keptIds = new Set(kept.map(({ callId }) => callId));
  const lost: LostOfCall[] = [];
  const found: OpenCall[] = [];
  for (const [caseId, trace] of newest) {
    const { started } = trace;
    if (started === null || keptIds.has(trace.callId) || trace.hasOutcome || isClosed(trace) || nowMs - started.atMs > COMES_BACK_MS) continue;
    if (salvage.mayBeTold(caseId, started.seq)) lost.push({ kind: 'call', at: started.atMs, caseId });
    else found.push(...openAgain(trace, caseId));
  }
  let isFrontTaken = false;
  for (const call of [...kept, ...found].toSorted((a, b) => b.startedAtMs - a.startedAtMs)) {
    const isFront: boolean = call.putAsideAtMs === null && !isFrontTaken;
    isFrontTaken ||= isFront;
    const isScriptLost = !keptIds.has(call.callId) || (call.walk !== null && readCallScript(db, call.callId) === null);
    if (isScriptLost) lost.push({ kind: 'call-script', at: call.startedAtMs, caseId: call.caseId });
    insertOpenCall(db, { ...call, walk: isScriptLost ? null : call.walk, putAsideAtMs: isFront ? null : call.putAsideAtMs ?? nowMs }, null);
    const trace = traces.get(call.callId);
    if (trace !== undefined && readTelephoneCall(db, call.callId) === null) writeLine(db, call, trace);
  }
  return lost;
}

/** Of each case the call that began last. */
function newestOfCases(traces: ReadonlyMap<CallId, CallTrace>): Map<CaseId, CallTrace> {
  const newest = new Map<CaseId, CallTrace>();
  for (const trace of traces.values()) {
    if (trace.caseId === null || trace.started === null) continue;
    const other = newest.get(trace.caseId)?.started;
    if (other == null || other.atMs <= trace.started.atMs) newest.set(trace.caseId, trace);
  }
  return newest;
}

/** A row may be of an older page: what was closed since, or followed by another call of its case, is not open. */
function keepRows({ rows, traces, erasedCases }: Salvage, newest: ReadonlyMap<CaseId, CallTrace>): OpenCall[] {
  return rows.flatMap((row) => {
    const call = readOldRow(row);
    if (call === null || erasedCases.has(call.caseId)) return [];
    const trace = traces.get(call.callId);
    const latest = newest.get(call.caseId);
    const isOlder = latest?.started != null && latest.callId !== call.callId && latest.started.atMs > call.startedAtMs;
    return isOlder || (trace !== undefined && isClosed(trace)) ? [] : [{ ...call, gate: trace?.gate ?? call.gate }];
  });
}

function openAgain({ callId, customerId, started, gate }: CallTrace, caseId: CaseId): OpenCall[] {
  if (started === null || customerId === null) return [];
  const { direction, pointId, partyId, atMs, basedOn, policyVersion } = started;
  return [{
    callId, caseId, customerId, direction, pointId, partyId, startedAtMs: atMs, basedOn, policyVersion, gate: gate ?? { state: 'unconfirmed', method: null, partyId: null },
    walk: null, putAsideAtMs: null,
  }];
}

/** The rows of the softphone's calls may be of an older page too: nothing that is a fact is told a second time, nor awaited. */
function catchUpTelephone(db: Sqlite, traces: ReadonlyMap<CallId, CallTrace>): void {
  for (const call of readTelephoneCalls(db)) {
    const trace = traces.get(call.callId);
    if (trace !== undefined) writeTelephoneCall(db, caughtUp(call, trace));
  }
}

function caughtUp(call: TelephoneCall, trace: CallTrace): TelephoneCall {
  const end = trace.end === null ? null : callEndSchema.safeParse(trace.end).data ?? null;
  return {
    ...call, caseId: trace.caseId ?? call.caseId, customerId: trace.customerId ?? call.customerId, lastNumber: Math.max(call.lastNumber, trace.lastNumber),
    rangAtMs: call.rangAtMs ?? trace.rangAtMs, answeredAtMs: call.answeredAtMs ?? trace.answeredAtMs, endedAtMs: call.endedAtMs ?? trace.end?.atMs ?? null, end: call.end ?? end,
    ...(trace.started === null ? {} : { waiting: [], isTold: true }),
  };
}

/** Of a call on the line whose row is gone: as far as facts tell. Its first event counts as heard, so that it never passes for a call that was not made. */
function writeLine(db: Sqlite, { callId, caseId, customerId, direction, basedOn }: OpenCall, trace: CallTrace): void {
  const { started, permitFactId } = trace;
  if (started === null || started.by === 'by-hand') return;
  writeTelephoneCall(db, caughtUp({
    callId, caseId, customerId, begunAtMs: started.atMs, endedAtMs: null, direction, isInternal: false, permitFactId, policyVersion: started.policyVersion, basedOn, caller: null,
    lastNumber: 1, rangAtMs: null, answeredAtMs: null, isSoundLost: false, state: null, transferTo: null, end: null, waiting: [], isTold: true,
  }, trace));
}
