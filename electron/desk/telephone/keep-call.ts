/**
 * A call as it is now, with the fact of what happened to it.
 *
 * Invariants: call inside a transaction, which makes both or neither; the fact of a call of nobody yet waits with it; one that ended and that
 * nobody answered is told at once: nobody will claim it; a call to a colleague leaves no fact.
 */
import type { Session } from '../session.ts';
import type { TelephoneCall, TelephoneFact } from '../store/telephone-call-store.ts';
import { writeTelephoneCall } from '../store/telephone-call-store.ts';
import { appendCallFacts, tellUnclaimed } from './append-call-facts.ts';

export type Committing = Pick<Session, 'db' | 'siteZone' | 'user' | 'clock' | 'book' | 'telephone'>;

/** @returns the call as it was kept */
export function keepCall(session: Committing, call: TelephoneCall, fact: TelephoneFact | null = null): TelephoneCall {
  const kept = fact === null || call.isInternal ? call : place(session, call, fact);
  const isMissed = kept.caseId === null && kept.endedAtMs !== null && kept.answeredAtMs === null && !kept.isInternal && !kept.isTold;
  const told = isMissed ? tellUnclaimed(session, kept) : kept;
  writeTelephoneCall(session.db, told);
  return told;
}

function place(session: Committing, call: TelephoneCall, fact: TelephoneFact): TelephoneCall {
  if (call.caseId === null && !call.isTold) return { ...call, waiting: [...call.waiting, fact] };
  appendCallFacts(session, call, [fact]);
  return call;
}
