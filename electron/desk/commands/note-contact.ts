import type { CommandOutput, CommandRequest } from '../../../shared/contract/contract.ts';
import { contactNotedBodySchema } from '../../../shared/facts/contact-task-bodies.ts';
import { factVersions } from '../../../shared/facts/fact-bodies.ts';
import type { FactId } from '../../../shared/id.ts';
import { newId } from '../../../shared/id.ts';
import type { Result } from '../../../shared/result.ts';
import { fail, ok } from '../../../shared/result.ts';
import type { Session } from '../session.ts';
import { appendFact } from '../store/fact-store.ts';
import { afterCommit } from './after-commit.ts';
import { commitOnce } from './commit-once.ts';

/** Notes somebody who got in touch and whom nobody could find; it needs no line to the hub. */
export function noteContact(session: Session, input: CommandRequest<'note-contact'>): Result<CommandOutput<'note-contact'>> {
  const { channel, who, reasons, text, creditorId } = input;
  if (who.trim() === '') return fail('contact-who-missing', 'error.contactWhoMissing', { field: 'who' });
  if (reasons.length === 0 && text.trim() === '') return fail('contact-text-missing', 'error.contactTextMissing', { field: 'text' });
  const body = contactNotedBodySchema.parse({ channel, who, reasons: [...new Set(reasons)], text, creditorId, reachedCaseId: null });
  const done = commitOnce(session, { commandId: input.commandId, name: 'note-contact' }, () => {
    const fact = appendFact(session.db, {
      id: newId<FactId>(), type: 'contact-noted', version: factVersions['contact-noted'], at: session.clock.nowMs(), zone: session.siteZone, actor: session.user.userId,
      basedOn: { caseRevision: null, scriptVersion: null, policyVersion: null },
    }, body);
    return ok({ factId: fact.header.id });
  });
  if (!done.ok) return done;
  if (!done.value.repeated) afterCommit(session, { what: ['contacts', 'sync'], caseIds: [] });
  return ok(done.value.reply);
}
