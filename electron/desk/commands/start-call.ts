import type { CommandOutput, CommandRequest } from '../../../shared/contract/contract.ts';
import type { CallStartedBody } from '../../../shared/facts/conduct-bodies.ts';
import type { CallId } from '../../../shared/id.ts';
import { newId } from '../../../shared/id.ts';
import type { Result } from '../../../shared/result.ts';
import { fail, ok } from '../../../shared/result.ts';
import { beginWalk, showWalk } from '../conduct/call-walk.ts';
import { describeCall } from '../conduct/describe-call.ts';
import { takePermit, targetOf } from '../conduct/take-permit.ts';
import type { Session } from '../session.ts';
import { viewContext } from '../session.ts';
import type { OpenCall } from '../store/open-call-store.ts';
import { insertOpenCall, readOpenCall } from '../store/open-call-store.ts';
import { afterCallCommit } from './after-commit.ts';
import { appendCaseFact } from './append-case-fact.ts';
import { commitOnce } from './commit-once.ts';

/** Begins a call: permit and start in one transaction, or the refusal. A call that the customer made needs no permit. */
export function startCall(session: Session, input: CommandRequest<'start-call'>): Result<CommandOutput<'start-call'>> {
  const done = commitOnce(session, { commandId: input.commandId, name: 'start-call' }, () => {
    const { caseId, direction, pointId, basedOn, locale } = input;
    const held = session.book.get(caseId, viewContext(session));
    if (held === null || held.taken) return fail('case-not-mine', 'error.caseNotMine');
    if (readOpenCall(session.db) !== null) return fail('call-open', 'error.callOpen');
    const callId = newId<CallId>();
    const target = targetOf(held, direction === 'outbound' ? 'phone-outbound' : 'phone-inbound', pointId);
    let policyVersion: string | null = null;
    if (direction === 'outbound') {
      const permit = takePermit(session, held, { callId, channel: 'phone-outbound', target, basedOn });
      if (!permit.ok) return permit;
      // Where no number is known at all, somebody found one elsewhere and dials by hand; where all that are known are retired, nobody does.
      if (target.pointId === null && held.view.numbers.length > 0) return fail('number-missing', 'error.numberToCallMissing');
      ({ policyVersion } = permit.value);
    }
    const body: CallStartedBody = { direction, pointId: target.pointId, partyId: target.partyId, by: 'by-hand' };
    const started = appendCaseFact(session, held.entity, 'call-started', body, basedOn, { callId, policyVersion });
    const { script, walk } = beginWalk(session, held, direction, target.partyId, locale);
    const call: OpenCall = {
      callId, caseId, customerId: held.entity.customerId, direction, pointId: target.pointId, partyId: target.partyId, startedAtMs: started.header.at,
      basedOn, policyVersion, gate: { state: 'unconfirmed', method: null, partyId: null }, walk,
    };
    insertOpenCall(session.db, call, script);
    session.book.placeAgain(caseId, viewContext(session));
    return ok({ call: describeCall(session, call, held, showWalk(session, held, call, locale)) });
  });
  if (!done.ok) return done;
  if (!done.value.repeated) afterCallCommit(session, input.caseId);
  return ok(done.value.reply);
}
