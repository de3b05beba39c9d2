/**
 * The calls of a case as its facts tell them.
 *
 * Invariants: permit, start, identity and outcome belong together by the call's id; the newest word about identity counts;
 * a call that was begun and not made is no contact; one that was begun and has no outcome is an attempt. It ends once: what the telephone
 * tells counts before what a desk supposed that found it open. How it sounded may be known only after the end.
 */
import type { CallStartedBody, identityResults, IdentityMethod } from '../facts/conduct-bodies.ts';
import type { CallEndedBody, CallQuality } from '../facts/telephone-bodies.ts';
import type { CallId, FactId, NumberId, PartyId } from '../id.ts';
import type { ReadFact } from './fold-case.ts';

export interface FoldedCall {
  callId: CallId;
  /** When it was permitted, or begun where it needed no permit. */
  at: number;
  direction: 'outbound' | 'inbound';
  pointId: NumberId | null;
  /** As it was dialled. */
  to: string | null;
  /** Null = the holder. */
  partyId: PartyId | null;
  isPermitted: boolean;
  /** Null: nobody was asked yet. */
  identity: { result: (typeof identityResults)[number]; method: IdentityMethod | null; partyId: PartyId | null; at: number } | null;
  /** The outcome that closed it, as first saved; corrections keep its place. */
  outcomeFactId: FactId | null;
  /** Begun, and nothing rang. */
  isNotMade: boolean;
  by: CallStartedBody['by'];
  /** By the softphone's clock; null = nobody answered, or no telephone told. */
  answeredAt: number | null;
  /** Null: it runs, or nobody told how it ended. */
  end: (CallEndedBody & { at: number }) | null;
  /** The newest word about being recorded; null: nobody was asked. */
  recordingAnswer: 'yes' | 'no' | null;
}

/** A lead's word that frequency may be exceeded. */
export interface FrequencyAllowance { factId: FactId; at: number; until: number; reason: string }

export interface FoldedCalls { calls: FoldedCall[]; allowances: FrequencyAllowance[] }

/** `ordered`: the case's facts in the order all machines agree on. */
export function foldCalls(ordered: readonly ReadFact[]): FoldedCalls {
  const calls = new Map<CallId, FoldedCall>();
  const allowances: FrequencyAllowance[] = [];
  const measured = new Map<CallId, CallQuality>();
  const callOf = ({ fact }: ReadFact): FoldedCall | null => {
    if (fact.callId === null) return null;
    const known = calls.get(fact.callId);
    if (known !== undefined) return known;
    const fresh: FoldedCall = {
      callId: fact.callId, at: fact.at, direction: 'outbound', pointId: null, to: null, partyId: null, isPermitted: false, identity: null,
      outcomeFactId: null, isNotMade: false, by: 'by-hand', answeredAt: null, end: null, recordingAnswer: null,
    };
    calls.set(fact.callId, fresh);
    return fresh;
  };
  for (const read of ordered) {
    if (read.type === 'contact-allowed') {
      allowances.push({ factId: read.fact.id, at: read.fact.at, until: read.body.until, reason: read.body.reason });
      continue;
    }
    if (!isOfCall(read)) continue;
    const call = callOf(read);
    if (call === null) continue;
    switch (read.type) {
      case 'contact-permitted':
        Object.assign(call, { isPermitted: true, pointId: read.body.pointId, to: read.body.to, partyId: read.body.partyId });
        break;
      case 'call-started':
        Object.assign(call, { direction: read.body.direction, pointId: read.body.pointId, partyId: read.body.partyId, by: read.body.by });
        break;
      case 'call-ended':
        if (isNotMade(read.body)) call.isNotMade = true;
        if (call.end === null || (call.end.number === null && read.body.number !== null)) call.end = { ...read.body, at: read.fact.at };
        break;
      case 'call-moved':
        if (read.body.move === 'answered') call.answeredAt ??= read.body.atMs;
        if (read.body.quality !== null) measured.set(call.callId, read.body.quality);
        break;
      case 'identity-checked':
        call.identity = { ...read.body, at: read.fact.at };
        break;
      case 'recording-answered':
        call.recordingAnswer = read.body.answer;
        break;
      case 'outcome-recorded':
        call.outcomeFactId ??= read.fact.id;
        break;
    }
  }
  for (const [callId, quality] of measured) {
    const end = calls.get(callId)?.end;
    if (end != null) end.quality = quality;
  }
  return { calls: [...calls.values()], allowances };
}

type ReadOfCall = Extract<ReadFact, { type: 'contact-permitted' | 'call-started' | 'call-moved' | 'call-ended' | 'identity-checked' | 'recording-answered' | 'outcome-recorded' }>;

function isOfCall(read: ReadFact): read is ReadOfCall {
  return ['contact-permitted', 'call-started', 'call-moved', 'call-ended', 'identity-checked', 'recording-answered', 'outcome-recorded'].includes(read.type);
}

/** Begun and never dialled, or the line was not there: nothing rang. */
function isNotMade({ cause, ringSeconds, talkSeconds }: CallEndedBody): boolean {
  return cause === 'not-made' || (cause === 'line-failed' && ringSeconds === null && talkSeconds === null);
}
