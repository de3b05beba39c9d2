/**
 * One decision of a lead about any case = one fact = one transaction.
 *
 * Invariants: only leads get this far, and the hub looks again (ADR 0015); every decision has a reason; the case need not
 * be mine: it is the one that was fetched.
 */
import { mayDecide } from '../../../shared/facts/decision-rules.ts';
import type { FactType } from '../../../shared/facts/fact-bodies.ts';
import type { Fact } from '../../../shared/facts/fact-header.ts';
import type { CaseId, CommandId, FactId } from '../../../shared/id.ts';
import type { CaseReply } from '../../../shared/protocol/lead-protocol.ts';
import type { Result } from '../../../shared/result.ts';
import { fail, ok } from '../../../shared/result.ts';
import { needCase } from '../lead/lead-cases.ts';
import type { Session } from '../session.ts';
import { afterCommit } from './after-commit.ts';
import { appendCaseFact } from './append-case-fact.ts';
import { commitOnce } from './commit-once.ts';

export interface Decision { commandId: CommandId; caseId: CaseId; reason: string }

/** `read` turns what was typed into the fact's body. */
export function commitDecision(
  session: Session, name: string, type: FactType, input: Decision, read: (reply: CaseReply, reason: string) => Result<Fact['body']>,
): Promise<Result<{ factId: FactId }>> {
  return commitDecisionSaying(session, name, type, input, (reply, reason) => {
    const body = read(reply, reason);
    return body.ok ? ok({ body: body.value, said: {} }) : body;
  });
}

/** The same, with what the page is told beside the fact's id. */
export async function commitDecisionSaying<Said extends object>(
  session: Session, name: string, type: FactType, input: Decision, read: (reply: CaseReply, reason: string) => Result<{ body: Fact['body']; said: Said }>,
): Promise<Result<Said & { factId: FactId }>> {
  if (!mayDecide(session.user.role)) return fail('lead-only', 'error.leadOnly');
  const reply = await needCase(session, input.caseId);
  if (!reply.ok) return reply;
  const done = commitOnce(session, { commandId: input.commandId, name }, () => {
    const content = read(reply.value, input.reason.trim());
    if (!content.ok) return content;
    const fact = appendCaseFact(session, reply.value.case, type, content.value.body, { caseRevision: reply.value.revision, scriptVersion: null });
    return ok({ ...content.value.said, factId: fact.header.id });
  });
  if (!done.ok) return done;
  if (!done.value.repeated) afterCommit(session, { what: ['case', 'incoming', 'flags', 'sync'], caseIds: [input.caseId] });
  return ok(done.value.reply);
}

/** A decision without a reason is none. */
export function needReason(reason: string): Result<string> {
  return reason.length < 3 ? fail('reason-too-short', 'error.reasonTooShort', { field: 'reason' }) : ok(reason);
}
