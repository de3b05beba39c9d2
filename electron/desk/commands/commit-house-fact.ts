/**
 * One decision of a lead about no single case = one fact = one transaction.
 *
 * Invariant: only leads get this far, and the hub looks again (ADR 0015); it needs no line to the hub.
 */
import { mayDecide } from '../../../shared/facts/decision-rules.ts';
import type { FactType } from '../../../shared/facts/fact-bodies.ts';
import { factVersions } from '../../../shared/facts/fact-bodies.ts';
import type { Fact } from '../../../shared/facts/fact-header.ts';
import type { CommandId, FactId } from '../../../shared/id.ts';
import { newId } from '../../../shared/id.ts';
import type { Result } from '../../../shared/result.ts';
import { fail, ok } from '../../../shared/result.ts';
import type { Session } from '../session.ts';
import { appendFact } from '../store/fact-store.ts';
import { afterCommit } from './after-commit.ts';
import { commitOnce } from './commit-once.ts';

export function commitHouseFact(session: Session, name: string, type: FactType, commandId: CommandId, read: () => Result<Fact['body']>): Result<{ factId: FactId }> {
  if (!mayDecide(session.user.role)) return fail('lead-only', 'error.leadOnly');
  const done = commitOnce(session, { commandId, name }, () => {
    const body = read();
    if (!body.ok) return body;
    const fact = appendFact(session.db, {
      id: newId<FactId>(), type, version: factVersions[type], at: session.clock.nowMs(), zone: session.siteZone, actor: session.user.userId,
      basedOn: { caseRevision: null, scriptVersion: null, policyVersion: null },
    }, body.value);
    return ok({ factId: fact.header.id });
  });
  if (!done.ok) return done;
  if (!done.value.repeated) afterCommit(session, { what: ['sync'], caseIds: [] });
  return ok(done.value.reply);
}
