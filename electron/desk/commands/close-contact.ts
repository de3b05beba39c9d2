import type { CommandOutput, CommandRequest } from '../../../shared/contract/contract.ts';
import { contactClosedBodySchema } from '../../../shared/facts/contact-task-bodies.ts';
import { factVersions } from '../../../shared/facts/fact-bodies.ts';
import type { FactId } from '../../../shared/id.ts';
import { newId } from '../../../shared/id.ts';
import type { Result } from '../../../shared/result.ts';
import { fail, ok } from '../../../shared/result.ts';
import { noteEnded } from '../contacts/contact-task-store.ts';
import { holdContactTask } from '../contacts/hold-contact-task.ts';
import type { Session } from '../session.ts';
import { appendFact } from '../store/fact-store.ts';
import { afterCommit } from './after-commit.ts';
import { commitOnce, readReply } from './commit-once.ts';

/** Ends a task without a case, with why. */
export async function closeContact(session: Session, input: CommandRequest<'close-contact'>): Promise<Result<CommandOutput<'close-contact'>>> {
  const before = readReply<CommandOutput<'close-contact'>>(session.db, input.commandId);
  if (before !== null) return ok(before);
  const { taskId, reason, text } = input;
  if (reason === 'other' && text.trim() === '') return fail('reason-missing', 'error.contactReasonMissing', { field: 'text' });
  const held = await holdContactTask(session, taskId);
  if (!held.ok) return held;
  const done = commitOnce(session, { commandId: input.commandId, name: 'close-contact' }, () => {
    const fact = appendFact(session.db, {
      id: newId<FactId>(), type: 'contact-closed', version: factVersions['contact-closed'], at: session.clock.nowMs(), zone: session.siteZone, actor: session.user.userId,
      basedOn: { caseRevision: null, scriptVersion: null, policyVersion: null },
    }, contactClosedBodySchema.parse({ taskId, reason, text }));
    noteEnded(session.db, taskId);
    return ok({ factId: fact.header.id });
  });
  if (!done.ok) return done;
  if (!done.value.repeated) afterCommit(session, { what: ['contacts', 'sync'], caseIds: [] });
  return ok(done.value.reply);
}
