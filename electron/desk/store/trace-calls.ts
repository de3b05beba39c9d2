/**
 * What the facts that were salvaged say of each call.
 *
 * Invariants: pure; facts are the truth about a contact, rows beside them may be older (an older page, a commit that SQLite dropped) or gone, so
 * where both speak the facts win. A call counts as closed only by a fact that nothing but its closing writes.
 */
import type { FactHeader } from '../../../shared/facts/fact-header.ts';
import { readBody } from '../../../shared/facts/fact-bodies.ts';
import type { CallStartedBody } from '../../../shared/facts/conduct-bodies.ts';
import type { CallEndedBody } from '../../../shared/facts/telephone-bodies.ts';
import type { CallId, CaseId, CustomerId, FactId } from '../../../shared/id.ts';
import { parseJson } from '../profile/json-file.ts';
import type { OpenCall } from './open-call-store.ts';
import type { ReadFact } from './read-damaged-facts.ts';

export interface CallTrace {
  callId: CallId;
  /** Null: of nobody known. */
  caseId: CaseId | null;
  customerId: CustomerId | null;
  /** Null: the fact that it began cannot be read. */
  started: (CallStartedBody & { seq: number; atMs: number; basedOn: OpenCall['basedOn']; policyVersion: string | null }) | null;
  permitFactId: FactId | null;
  /** The newest word; null: nobody was asked. */
  gate: OpenCall['gate'] | null;
  /** An outcome was saved, perhaps of a call that went on. */
  hasOutcome: boolean;
  hasFollowedScript: boolean;
  /** Of what the softphone told, the last that is a fact. */
  lastNumber: number;
  rangAtMs: number | null;
  answeredAtMs: number | null;
  end: (CallEndedBody & { atMs: number }) | null;
}

/** @param facts of one device in their order, without those of erased persons */
export function traceCalls(facts: readonly ReadFact[]): Map<CallId, CallTrace> {
  const traces = new Map<CallId, CallTrace>();
  for (const { header, content } of facts) {
    const { callId, caseId, customerId } = header;
    if (callId === undefined || content === null) continue;
    const trace: CallTrace = traces.get(callId) ?? {
      callId, caseId: null, customerId: null, started: null, permitFactId: null, gate: null, hasOutcome: false, hasFollowedScript: false, lastNumber: 0,
      rangAtMs: null, answeredAtMs: null, end: null,
    };
    traces.set(callId, trace);
    trace.caseId = caseId ?? trace.caseId;
    trace.customerId = customerId ?? trace.customerId;
    follow(trace, readBody(header.type, header.version, parseJson(content.body)), header);
  }
  return traces;
}

function follow(trace: CallTrace, read: ReturnType<typeof readBody>, { id, seq, at: atMs, basedOn: seen }: FactHeader): void {
  switch (read.type) {
    case 'contact-permitted':
      trace.permitFactId = id;
      return;
    case 'call-started':
      trace.started = { ...read.body, seq, atMs, basedOn: { caseRevision: seen.caseRevision ?? 0, scriptVersion: seen.scriptVersion }, policyVersion: seen.policyVersion };
      return;
    case 'identity-checked':
      trace.gate = { state: read.body.result, method: read.body.method, partyId: read.body.partyId };
      return;
    case 'outcome-recorded':
      trace.hasOutcome = true;
      return;
    case 'script-followed':
      trace.hasFollowedScript = true;
      return;
    case 'call-moved':
      trace.lastNumber = Math.max(trace.lastNumber, read.body.number);
      if (read.body.move === 'ringing') trace.rangAtMs ??= read.body.atMs;
      if (read.body.move === 'answered') trace.answeredAtMs ??= read.body.atMs;
      return;
    case 'call-ended':
      trace.end = { ...read.body, atMs };
      return;
    default:
  }
}

/** Whether the desk closed it: told to the end, taken back, never rung; or one by hand that nobody came back to. */
export function isClosed({ hasFollowedScript, end, started, rangAtMs, answeredAtMs }: CallTrace): boolean {
  if (hasFollowedScript || end?.cause === 'not-made') return true;
  if (end?.cause === 'line-failed') return rangAtMs === null && answeredAtMs === null && started?.direction === 'outbound';
  return end?.cause === 'interrupted' && started?.by === 'by-hand';
}
