import type { CommandOutput, CommandRequest } from '../../../shared/contract/contract.ts';
import { isToldInCall } from '../../../shared/case/told-in-call.ts';
import type { Result } from '../../../shared/result.ts';
import { fail, ok } from '../../../shared/result.ts';
import { followedScript } from '../conduct/call-walk.ts';
import { withOwnFacts } from '../projections/view-held-case.ts';
import type { Session } from '../session.ts';
import { viewContext } from '../session.ts';
import { removeDraft } from '../store/draft-store.ts';
import { forgetDroppedScripts, removeOpenCall } from '../store/open-call-store.ts';
import { readTelephoneCall } from '../store/telephone-call-store.ts';
import { afterCallCommit } from './after-commit.ts';
import { appendCaseFact } from './append-case-fact.ts';
import { findCall } from './commit-in-call.ts';
import { commitOnce } from './commit-once.ts';

/**
 * Closes a call of which an outcome was saved while it went on (`told-in-call.ts`): its script is told, and nothing else. Errors: `call-not-open`, `call-not-told`,
 * `call-still-talking` where the line has not ended.
 */
export function closeCall(session: Session, input: CommandRequest<'close-call'>): Result<CommandOutput<'close-call'>> {
  const done = commitOnce(session, { commandId: input.commandId, name: 'close-call' }, () => {
    const found = findCall(session, input.callId);
    if (!found.ok) return found;
    const { call, held } = found.value;
    if (!isToldInCall(withOwnFacts(session.db, held.entity).facts, held.view.folded, call.callId)) return fail('call-not-told', 'error.codeMissing', { field: 'code' });
    const onLine = readTelephoneCall(session.db, call.callId);
    if (onLine !== null && onLine.endedAtMs === null) return fail('call-still-talking', 'error.callStillTalking');
    const told = followedScript(session.db, call);
    if (told !== null) appendCaseFact(session, call, 'script-followed', told.followed, call.basedOn, call);
    if (told?.supportNeed != null) appendCaseFact(session, call, 'support-need-saved', told.supportNeed, call.basedOn, call);
    forgetDroppedScripts(session.db, call.caseId, viewContext(session).nowMs);
    removeOpenCall(session.db, call.callId);
    removeDraft(session.db, call.caseId);
    session.book.placeAgain(call.caseId, viewContext(session));
    return ok({ call: null, caseId: call.caseId });
  });
  if (!done.ok) return done;
  if (!done.value.repeated) afterCallCommit(session, done.value.reply.caseId);
  return ok({ call: null });
}
