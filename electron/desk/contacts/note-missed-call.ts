/**
 * A missed call is a task for whoever answers, and for the owner of the one case that its number reaches.
 *
 * Invariants: noted in the transaction that tells the call, so never without it and never twice; without a number, and from a colleague, there
 * is nobody to call back; which calls are missed ones, `unanswered-ring.ts` says.
 */
import { contactNotedBodySchema } from '../../../shared/facts/contact-task-bodies.ts';
import { factVersions } from '../../../shared/facts/fact-bodies.ts';
import type { FactId } from '../../../shared/id.ts';
import { newId } from '../../../shared/id.ts';
import { readCallerNumber } from '../../../shared/telephone/read-caller-number.ts';
import { isMissedCall } from '../../../shared/telephone/unanswered-ring.ts';
import { findCallers } from '../inbound/find-callers.ts';
import type { Session } from '../session.ts';
import { appendFact } from '../store/fact-store.ts';
import type { TelephoneCall } from '../store/telephone-call-store.ts';

export function noteMissedCall(session: Pick<Session, 'db' | 'siteZone' | 'user' | 'clock' | 'book' | 'telephone'>, call: TelephoneCall): void {
  const { caller, endedAtMs, callId } = call;
  if (!isMissedCall(call) || caller?.number == null) return;
  const number = readCallerNumber(caller.number);
  if (number.kind !== 'number') return;
  const { called, reached } = findCallers(session, call);
  const [only] = reached;
  const one = only === undefined || reached.length > 1 ? null : only;
  appendFact(session.db, {
    id: newId<FactId>(), type: 'contact-noted', version: factVersions['contact-noted'], at: endedAtMs ?? session.clock.nowMs(), zone: session.siteZone, actor: session.user.userId,
    callId, basedOn: { caseRevision: null, scriptVersion: null, policyVersion: null },
  }, contactNotedBodySchema.parse({
    channel: 'missed-call', who: number.e164[0] ?? caller.number, reasons: [], text: '', creditorId: called ?? one?.creditorId ?? null, reachedCaseId: one?.caseId ?? null,
  }));
}
