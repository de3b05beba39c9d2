/**
 * Facts of a call that carry their own moment: the softphone told them, perhaps while no desk was there.
 *
 * Invariant: call inside the transaction that moves `lastNumber`.
 */
import type { FactId } from '../../../shared/id.ts';
import { newId } from '../../../shared/id.ts';
import { factVersions } from '../../../shared/facts/fact-bodies.ts';
import type { CallStartedBody } from '../../../shared/facts/conduct-bodies.ts';
import { noteMissedCall } from '../contacts/note-missed-call.ts';
import type { Session } from '../session.ts';
import { appendFact } from '../store/fact-store.ts';
import type { TelephoneCall, TelephoneFact } from '../store/telephone-call-store.ts';

type StartedFact = { type: 'call-started'; at: number; body: CallStartedBody };

export function appendCallFacts(session: Pick<Session, 'db' | 'siteZone' | 'user'>, call: TelephoneCall, facts: readonly (StartedFact | TelephoneFact)[]): void {
  for (const { type, at, body } of facts) {
    appendFact(session.db, {
      id: newId<FactId>(), type, version: factVersions[type], at, zone: session.siteZone, actor: session.user.userId, callId: call.callId,
      ...(call.caseId === null || call.customerId === null ? {} : { caseId: call.caseId, customerId: call.customerId }),
      basedOn: { ...call.basedOn, policyVersion: call.policyVersion },
    }, body);
  }
}

/** An inbound call of which nobody said whose it is, told as it was: that it came, how it went, how it ended; a missed one is a task. */
export function tellUnclaimed(session: Pick<Session, 'db' | 'siteZone' | 'user' | 'telephone' | 'clock' | 'book'>, call: TelephoneCall): TelephoneCall {
  const started: StartedFact = { type: 'call-started', at: call.begunAtMs, body: { direction: 'inbound', pointId: null, partyId: null, by: session.telephone.line() } };
  appendCallFacts(session, call, [started, ...call.waiting]);
  noteMissedCall(session, call);
  return { ...call, waiting: [], isTold: true };
}
