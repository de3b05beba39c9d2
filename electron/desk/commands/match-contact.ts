import type { CommandOutput, CommandRequest } from '../../../shared/contract/contract.ts';
import { contactMatchedBodySchema } from '../../../shared/facts/contact-task-bodies.ts';
import type { Result } from '../../../shared/result.ts';
import { fail, ok } from '../../../shared/result.ts';
import { noteEnded } from '../contacts/contact-task-store.ts';
import { holdContactTask } from '../contacts/hold-contact-task.ts';
import { inWords } from '../office/ask-office.ts';
import type { Session } from '../session.ts';
import { viewContext } from '../session.ts';
import { afterCommit } from './after-commit.ts';
import { appendCaseFact } from './append-case-fact.ts';
import { commitOnce, readReply } from './commit-once.ts';

/** It is this case's: what was said stands in its history, and the task is over for all. */
export async function matchContact(session: Session, input: CommandRequest<'match-contact'>): Promise<Result<CommandOutput<'match-contact'>>> {
  const before = readReply<CommandOutput<'match-contact'>>(session.db, input.commandId);
  if (before !== null) return ok(before);
  const { taskId, caseId } = input;
  const task = await holdContactTask(session, taskId);
  if (!task.ok) return task;
  const served = await session.callers.serve(session, caseId, 'search', null);
  if (!served.ok) return { ok: false, error: inWords(served.error) };
  const { channel, who, reasons, text, at } = task.value;
  const done = commitOnce(session, { commandId: input.commandId, name: 'match-contact' }, () => {
    const held = session.book.get(caseId, viewContext(session));
    if (held === null || held.taken) return fail('case-not-found', 'error.caseNotFound');
    const body = contactMatchedBodySchema.parse({ taskId, contactAt: at, channel, who, reasons, text });
    const fact = appendCaseFact(session, held.entity, 'contact-matched', body, { caseRevision: held.revision, scriptVersion: null });
    noteEnded(session.db, taskId);
    session.book.placeAgain(caseId, viewContext(session));
    return ok({ factId: fact.header.id });
  });
  if (!done.ok) return done;
  if (!done.value.repeated) afterCommit(session, { what: ['contacts', 'case', 'worklist', 'today', 'sync'], caseIds: [caseId] });
  return ok(done.value.reply);
}
