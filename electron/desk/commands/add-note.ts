import type { CommandOutput, CommandRequest } from '../../../shared/contract/contract.ts';
import { failField } from '../../../shared/case/read-outcome-form.ts';
import type { Result } from '../../../shared/result.ts';
import { fail, ok } from '../../../shared/result.ts';
import type { Session } from '../session.ts';
import { viewContext } from '../session.ts';
import { afterCaseCommit } from './after-commit.ts';
import { appendCaseFact } from './append-case-fact.ts';
import { commitOnce } from './commit-once.ts';

/** Adds a note to a case without an outcome. */
export function addNote(session: Session, input: CommandRequest<'add-note'>): Result<CommandOutput<'add-note'>> {
  const done = commitOnce(session, { commandId: input.commandId, name: 'add-note' }, () => {
    const held = session.book.get(input.caseId, viewContext(session));
    if (held === null) return fail('case-not-mine', 'error.caseNotMine');
    const text = input.text.trim();
    if (text === '') return failField('note', 'note-empty', 'error.noteEmpty');
    const fact = appendCaseFact(session, held.entity, 'note-added', { text }, input.basedOn);
    session.book.placeAgain(input.caseId, viewContext(session));
    return ok({ factId: fact.header.id });
  });
  if (!done.ok) return done;
  if (!done.value.repeated) afterCaseCommit(session, input.caseId);
  return ok(done.value.reply);
}
