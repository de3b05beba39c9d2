/**
 * One intent about a case of mine = one fact = one transaction: the way all small commands go.
 *
 * Invariant: a command sent twice happens once; pages hear of it after the commit.
 */
import type { CaseEntity } from '../../../shared/case/case-entity.ts';
import type { CaseView } from '../../../shared/case/view-case.ts';
import type { FactType } from '../../../shared/facts/fact-bodies.ts';
import type { Fact } from '../../../shared/facts/fact-header.ts';
import type { CallId, CaseId, CommandId, FactId } from '../../../shared/id.ts';
import type { Result } from '../../../shared/result.ts';
import { fail, ok } from '../../../shared/result.ts';
import type { Session } from '../session.ts';
import { viewContext } from '../session.ts';
import { afterCaseCommit } from './after-commit.ts';
import type { BasedOnInput } from './append-case-fact.ts';
import { appendCaseFact } from './append-case-fact.ts';
import { commitOnce } from './commit-once.ts';

export interface CaseIntent { commandId: CommandId; caseId: CaseId; basedOn: BasedOnInput }

/** `read` turns what was typed into the fact's body and what the page is told beside the fact's id; `contact`: the call that it belongs to. */
export function commitCaseFact<Said extends object>(
  session: Session, name: string, type: FactType, input: CaseIntent,
  read: (held: { entity: CaseEntity; view: CaseView }) => Result<{ body: Fact['body']; said: Said; contact?: { callId: CallId; policyVersion: string | null } }>,
): Result<Said & { factId: FactId }> {
  const done = commitOnce(session, { commandId: input.commandId, name }, () => {
    const held = session.book.get(input.caseId, viewContext(session));
    if (held === null) return fail('case-not-mine', 'error.caseNotMine');
    const content = read(held);
    if (!content.ok) return content;
    const fact = appendCaseFact(session, held.entity, type, content.value.body, input.basedOn, content.value.contact ?? null);
    session.book.placeAgain(input.caseId, viewContext(session), isAboutPeople(type));
    return ok({ ...content.value.said, factId: fact.header.id });
  });
  if (!done.ok) return done;
  if (!done.value.repeated) afterCaseCommit(session, input.caseId);
  return ok(done.value.reply);
}

/** What is searched changes with these only. */
function isAboutPeople(type: FactType): boolean {
  return type === 'party-saved' || type === 'contact-point-saved';
}
