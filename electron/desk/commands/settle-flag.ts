import type { CommandOutput, CommandRequest } from '../../../shared/contract/contract.ts';
import { mayDecide } from '../../../shared/facts/decision-rules.ts';
import { factVersions } from '../../../shared/facts/fact-bodies.ts';
import type { FactId } from '../../../shared/id.ts';
import { newId } from '../../../shared/id.ts';
import type { Result } from '../../../shared/result.ts';
import { fail, ok } from '../../../shared/result.ts';
import type { Session } from '../session.ts';
import { readEntity } from '../store/entity-store.ts';
import { appendFact } from '../store/fact-store.ts';
import { afterCommit } from './after-commit.ts';
import { commitOnce } from './commit-once.ts';

/** Says that a flag was looked at; it needs no line to the hub. */
export function settleFlag(session: Session, input: CommandRequest<'settle-flag'>): Result<CommandOutput<'settle-flag'>> {
  if (!mayDecide(session.user.role)) return fail('lead-only', 'error.leadOnly');
  const done = commitOnce(session, { commandId: input.commandId, name: 'settle-flag' }, () => {
    const flag = readEntity(session.db, 'flag', input.flagId)?.body;
    if (flag === undefined || flag.settled !== null) return fail('flag-not-found', 'error.flagNotFound');
    const note = input.note.trim();
    const fact = appendFact(session.db, {
      id: newId<FactId>(), type: 'flag-settled', version: factVersions['flag-settled'],
      // So that its note goes with the person, should that be erased; a case that nobody knows has none.
      ...(flag.caseId === null || flag.code === 'unknown-case' ? {} : { caseId: flag.caseId }),
      at: session.clock.nowMs(), zone: session.siteZone, actor: session.user.userId,
      basedOn: { caseRevision: null, scriptVersion: null, policyVersion: null },
    }, { flagId: input.flagId, note: note === '' ? null : note });
    return ok({ factId: fact.header.id });
  });
  if (!done.ok) return done;
  if (!done.value.repeated) afterCommit(session, { what: ['flags', 'sync'], caseIds: [] });
  return ok(done.value.reply);
}
