/** The open call as the page sees it: its gate, and of the script only the step that stands now. */
import { readBirthDate } from '../../../shared/case/read-birth-date.ts';
import { isToldInCall } from '../../../shared/case/told-in-call.ts';
import type { CallScreen } from '../../../shared/contract/conduct-channels.ts';
import type { Locale } from '../../../shared/contract/contract.ts';
import { dateOfInstant } from '../../../shared/time.ts';
import type { CaseInBook } from '../projections/case-book.ts';
import type { Session } from '../session.ts';
import { withOwnFacts } from '../projections/view-held-case.ts';
import { viewContext } from '../session.ts';
import type { OpenCall } from '../store/open-call-store.ts';
import { readOpenCall } from '../store/open-call-store.ts';
import { showCallTelephone } from '../telephone/show-call-telephone.ts';
import { describeRecording } from '../recordings/describe-recording.ts';
import { showWalk } from './call-walk.ts';
import { identityMethodsOf } from './identity-methods.ts';

/** Null where none runs, or its case is not held any more. */
export function showOpenCall(session: Session, locale: Locale): CallScreen | null {
  const call = readOpenCall(session.db);
  if (call === null) return null;
  const held = session.book.get(call.caseId, viewContext(session));
  return held === null ? null : describeCall(session, call, held, locale);
}

export function describeCall(session: Session, call: OpenCall, held: CaseInBook, locale: Locale): CallScreen {
  const { callId, caseId, direction, startedAtMs, pointId, partyId, gate } = call;
  const walk = showWalk(session, held, call, locale);
  const { conduct, policy } = held.view.rules;
  const { taxCode } = held.entity.customer;
  const { nowMs, zone } = viewContext(session);
  const birthDate = taxCode === null ? null : readBirthDate(taxCode, dateOfInstant(nowMs, zone));
  return {
    callId, caseId, direction, startedAtMs, pointId, partyId, walk,
    telephone: showCallTelephone(session.db, callId, policy.resumeMinutes),
    recording: describeRecording(session, call, held),
    isTold: isToldInCall(withOwnFacts(session.db, held.entity).facts, held.view.folded, callId),
    gate: { ...gate, methods: [...identityMethodsOf(held)], printedNumber: conduct.printedNumber, birthDate },
  };
}
