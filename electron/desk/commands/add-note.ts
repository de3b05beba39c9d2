import { failField } from '../../../shared/case/form-context.ts';
import type { CommandOutput, CommandRequest } from '../../../shared/contract/contract.ts';
import type { Result } from '../../../shared/result.ts';
import { ok } from '../../../shared/result.ts';
import type { Session } from '../session.ts';
import { commitCaseFact } from './commit-case-fact.ts';

/** Adds a note to a case without an outcome. */
export function addNote(session: Session, input: CommandRequest<'add-note'>): Result<CommandOutput<'add-note'>> {
  return commitCaseFact(session, 'add-note', 'note-added', input, () => {
    const text = input.text.trim();
    return text === '' ? failField('note', 'note-empty', 'error.noteEmpty') : ok({ body: { text }, said: {} });
  });
}
