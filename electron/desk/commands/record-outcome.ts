import type { CommandOutput, CommandRequest } from '../../../shared/contract/contract.ts';
import { failField } from '../../../shared/case/form-context.ts';
import { outcomeRules } from '../../../shared/case/outcome-rules.ts';
import { readOutcomeForm } from '../../../shared/case/read-outcome-form.ts';
import type { Result } from '../../../shared/result.ts';
import { fail, ok } from '../../../shared/result.ts';
import { followedScript } from '../conduct/call-walk.ts';
import { joinContact } from '../conduct/join-call.ts';
import type { Session } from '../session.ts';
import { viewContext } from '../session.ts';
import { appendCaseFact } from './append-case-fact.ts';
import { commitOnce } from './commit-once.ts';
import { removeDraft } from '../store/draft-store.ts';
import { forgetDroppedScripts, removeOpenCall } from '../store/open-call-store.ts';
import { afterCallCommit } from './after-commit.ts';

/**
 * Saves how a contact ended: the outcome, with the permit, identity and script that belong to it; its draft and the open call go in the
 * same transaction; also when it is sent once more because nobody heard the first answer: what was typed again meanwhile is this outcome.
 * Where the call goes on (a part disputed, the rest in a plan), the call stays open, and its script is told with the last outcome.
 */
export function recordOutcome(
  session: Session,
  input: CommandRequest<'record-outcome'>,
): Result<CommandOutput<'record-outcome'>> {
  const done = commitOnce(session, { commandId: input.commandId, name: 'record-outcome' }, () => {
    const held = session.book.get(input.caseId, viewContext(session));
    if (held === null) return fail('case-not-mine', 'error.caseNotMine');
    const { nowMs, zone } = viewContext(session);
    const body = readOutcomeForm(input.form, { view: held.view, nowMs, zone, locale: input.locale });
    if (!body.ok) return body;
    const contact = joinContact(session, held, input.form, body.value, input.basedOn);
    if (!contact.ok) return contact;
    const { goesOn } = input;
    if (goesOn && contact.value.closes === null) return fail('no-call-to-go-on', 'error.noCallToGoOn');
    if (goesOn && !['success', 'right-party'].includes(outcomeRules[body.value.code].class)) return failField('code', 'outcome-ends-call', 'error.outcomeEndsCall');
    const closes = goesOn ? null : contact.value.closes;
    const told = closes === null ? null : followedScript(session.db, closes);
    if (told !== null) appendCaseFact(session, held.entity, 'script-followed', told.followed, input.basedOn, contact.value);
    if (told?.supportNeed != null) appendCaseFact(session, held.entity, 'support-need-saved', told.supportNeed, input.basedOn, contact.value);
    const fact = appendCaseFact(session, held.entity, 'outcome-recorded', body.value, input.basedOn, contact.value);
    if (!goesOn) forgetDroppedScripts(session.db, input.caseId, nowMs);
    if (closes !== null) removeOpenCall(session.db, closes.callId, body.value.code === 'DRP' ? nowMs : null);
    session.book.placeAgain(input.caseId, viewContext(session));
    removeDraft(session.db, input.caseId);
    return ok({ factId: fact.header.id, outcome: body.value });
  }, () => { removeDraft(session.db, input.caseId); });
  if (!done.ok) return done;
  afterCallCommit(session, input.caseId);
  return ok(done.value.reply);
}
