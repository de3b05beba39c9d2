import type { CommandOutput, CommandRequest } from '../../../shared/contract/contract.ts';
import { readOutcomeForm } from '../../../shared/case/read-outcome-form.ts';
import type { Result } from '../../../shared/result.ts';
import { fail, ok } from '../../../shared/result.ts';
import type { Session } from '../session.ts';
import { viewContext } from '../session.ts';
import { appendCaseFact } from './append-case-fact.ts';
import { commitOnce } from './commit-once.ts';
import { removeDraft } from '../store/draft-store.ts';
import { afterCaseCommit } from './after-commit.ts';

/** Saves how a contact ended: one fact; its draft goes in the same transaction. */
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
    const fact = appendCaseFact(session, held.entity, 'outcome-recorded', body.value, input.basedOn);
    session.book.placeAgain(input.caseId, viewContext(session));
    removeDraft(session.db, input.caseId);
    return ok({ factId: fact.header.id, outcome: body.value });
  });
  if (!done.ok) return done;
  if (!done.value.repeated) afterCaseCommit(session, input.caseId);
  return ok(done.value.reply);
}
