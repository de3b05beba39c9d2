/**
 * What the softphone told, made facts.
 *
 * Invariants: a batch is one transaction and is acknowledged after it; an event that was committed before is left out, whoever repeats it
 * (by its call and its number); a call of this case goes on as that call also when the desk was away; what a call without a case did waits
 * until somebody says whose it is, and is told without one when nobody did. A missed call is told at once: nobody will claim it.
 *
 *   event ─▶ known and newer? ─no─▶ left out
 *                   └─yes─▶ of a case: fact   ·   of nobody yet: waits   ·   of a colleague: nothing
 */
import type { CaseId } from '../../../shared/id.ts';
import { newCallState } from '../../../shared/telephone/call-state.ts';
import type { TelephoneEvent } from '../../../shared/telephone/telephone-event.ts';
import { viewContext } from '../session.ts';
import { removeOpenCall } from '../store/open-call-store.ts';
import type { TelephoneCall } from '../store/telephone-call-store.ts';
import { readTelephoneCall } from '../store/telephone-call-store.ts';
import type { Committing } from './keep-call.ts';
import { keepCall } from './keep-call.ts';
import type { StepAt } from './read-step.ts';
import { readQuality, readStep } from './read-step.ts';

/** Commits in order; answers the cases that changed. Throws what the store throws. */
export function commitTelephoneEvents(session: Committing, events: readonly TelephoneEvent[]): Set<CaseId> {
  const changed = new Set<CaseId>();
  session.db.transaction(() => {
    for (const event of events) {
      const call = commitEvent(session, event);
      if (call?.caseId != null) changed.add(call.caseId);
    }
    for (const caseId of changed) session.book.placeAgain(caseId, viewContext(session));
  }).immediate();
  return changed;
}

function commitEvent(session: Committing, event: TelephoneEvent): TelephoneCall | null {
  switch (event.kind) {
    case 'call-begun': {
      const known = readTelephoneCall(session.db, event.callId);
      if (known !== null && event.number <= known.lastNumber) return null;
      const call = known ?? newCall(session, event);
      return keepCall(session, { ...call, state: event.state, lastNumber: event.number });
    }
    case 'call-stepped': {
      const call = readNewer(session, event);
      if (call === null) return null;
      const { step, state, atMs } = event;
      const fact = readStep(call, step, stepAt(session, call, event));
      const moved: TelephoneCall = {
        ...call, state, lastNumber: event.number,
        rangAtMs: step.kind === 'rings' ? call.rangAtMs ?? atMs : call.rangAtMs,
        answeredAtMs: step.kind === 'connected' ? call.answeredAtMs ?? atMs : call.answeredAtMs,
        isSoundLost: step.kind === 'sound' ? !step.there : call.isSoundLost,
        ...(step.kind === 'ended' ? { end: step.end, endedAtMs: atMs } : {}),
      };
      const kept = keepCall(session, moved, fact);
      if (step.kind === 'ended') closeWhereNothingRang(session, kept);
      return kept;
    }
    case 'call-quality': {
      const call = readNewer(session, event);
      return call === null ? null : keepCall(session, { ...call, lastNumber: event.number }, readQuality(call, event.figures, stepAt(session, call, event)));
    }
    case 'call-heard':
    case 'line':
    case 'audio-page':
      return null;
  }
}

/** Null: committed before, or of a call that this store knows nothing of (its person was erased). */
function readNewer({ db }: Committing, event: Extract<TelephoneEvent, { kind: 'call-stepped' | 'call-quality' }>): TelephoneCall | null {
  const call = readTelephoneCall(db, event.callId);
  return call === null || event.number <= call.lastNumber ? null : call;
}

function newCall({ clock }: Committing, { callId, caller, called, state, atMs }: Extract<TelephoneEvent, { kind: 'call-begun' }>): TelephoneCall {
  const isInbound = state.direction === 'inbound';
  return {
    callId, caseId: null, customerId: null, begunAtMs: Math.min(atMs, clock.nowMs()), endedAtMs: null, direction: state.direction,
    // One that goes out has its row since its permit, unless that was for a colleague, or its person was erased meanwhile.
    isInternal: !isInbound, permitFactId: null, policyVersion: null, basedOn: { caseRevision: 0, scriptVersion: null }, caller: isInbound ? caller : null, called: isInbound ? called ?? null : null,
    lastNumber: 0, rangAtMs: isInbound ? atMs : null, answeredAtMs: null, isSoundLost: false, state: newCallState(state.direction), transferTo: null, end: null,
    waiting: [], isTold: false,
  };
}

/** By the softphone's clock, never before the call nor after now: a clock that was set in between orders nothing wrongly. */
function stepAt({ clock }: Committing, call: TelephoneCall, { number, atMs }: { number: number; atMs: number }): StepAt {
  return { number, atMs, factAtMs: Math.max(call.begunAtMs, Math.min(atMs, clock.nowMs())) };
}

/** The line was not there: nobody was rung, so there is nothing to code, and the next may be dialled. */
function closeWhereNothingRang({ db }: Committing, call: TelephoneCall): void {
  if (call.end?.cause !== 'line-failed' || call.rangAtMs !== null || call.answeredAtMs !== null) return;
  removeOpenCall(db, call.callId);
}
