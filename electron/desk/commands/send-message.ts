import type { CommandOutput, CommandRequest } from '../../../shared/contract/contract.ts';
import { mayDecide } from '../../../shared/facts/decision-rules.ts';
import { factVersions } from '../../../shared/facts/fact-bodies.ts';
import { messageSentBodySchema } from '../../../shared/facts/message-bodies.ts';
import type { FactId } from '../../../shared/id.ts';
import { newId } from '../../../shared/id.ts';
import type { Result } from '../../../shared/result.ts';
import { fail, ok } from '../../../shared/result.ts';
import type { Session } from '../session.ts';
import { appendFact } from '../store/fact-store.ts';
import { afterCommit } from './after-commit.ts';
import { commitOnce } from './commit-once.ts';

/** Writes to all, to one person (leads only), or to whoever has a case; it needs no line to the hub. */
export function sendMessage(session: Session, input: CommandRequest<'send-message'>): Result<CommandOutput<'send-message'>> {
  const { to, aboutCaseId } = input;
  if (to.kind !== 'case-holder' && !mayDecide(session.user.role)) return fail('lead-only', 'error.leadOnly');
  if (to.kind === 'case-holder' && aboutCaseId === null) return fail('case-not-found', 'error.caseNotFound');
  const body = messageSentBodySchema.safeParse({ to, text: input.text });
  if (!body.success) return fail('message-empty', 'error.messageEmpty', { field: 'text' });
  const done = commitOnce(session, { commandId: input.commandId, name: 'send-message' }, () => {
    const fact = appendFact(session.db, {
      id: newId<FactId>(), type: 'message-sent', version: factVersions['message-sent'],
      // So that it goes with the person, should that be erased.
      ...(aboutCaseId === null ? {} : { caseId: aboutCaseId }),
      at: session.clock.nowMs(), zone: session.siteZone, actor: session.user.userId,
      basedOn: { caseRevision: null, scriptVersion: null, policyVersion: null },
    }, body.data);
    return ok({ factId: fact.header.id });
  });
  if (!done.ok) return done;
  if (!done.value.repeated) afterCommit(session, { what: ['sync'], caseIds: [] });
  return ok(done.value.reply);
}
