/**
 * Says yes to a plan of sharing: one `customer-assigned` for each customer, as if the lead had moved each by hand.
 *
 * Invariants: all of them and the acknowledgement stand in one transaction, so nothing is half said; they travel with the outbox, in pieces, and go on where they
 * stopped, whoever was killed. The hub moves each as the leases allow (ADR 0014, 0029).
 */
import type { CommandOutput, CommandRequest } from '../../../shared/contract/contract.ts';
import { mayDecide } from '../../../shared/facts/decision-rules.ts';
import { factVersions } from '../../../shared/facts/fact-bodies.ts';
import type { FactId } from '../../../shared/id.ts';
import { newId } from '../../../shared/id.ts';
import type { Result } from '../../../shared/result.ts';
import { fail, ok } from '../../../shared/result.ts';
import { findPlan } from '../lead/share-plans.ts';
import type { Session } from '../session.ts';
import { appendFact } from '../store/fact-store.ts';
import { afterCommit } from './after-commit.ts';
import { needReason } from './commit-decision.ts';
import { commitOnce } from './commit-once.ts';

export function shareQueue(session: Session, input: CommandRequest<'share-queue'>): Result<CommandOutput<'share-queue'>> {
  const { db, clock, siteZone, user } = session;
  if (!mayDecide(user.role)) return fail('lead-only', 'error.leadOnly');
  const done = commitOnce(session, { commandId: input.commandId, name: 'share-queue' }, () => {
    const moves = findPlan(session, input.planId);
    if (moves === null) return fail('share-old', 'error.shareOld');
    if (moves.length === 0) return fail('share-nothing', 'error.shareNothing');
    const reason = needReason(input.reason.trim());
    if (!reason.ok) return reason;
    const at = clock.nowMs();
    for (const { caseId, customerId, ownerId } of moves) {
      appendFact(db, {
        id: newId<FactId>(), type: 'customer-assigned', version: factVersions['customer-assigned'], caseId, customerId, at, zone: siteZone, actor: user.userId,
        basedOn: { caseRevision: null, scriptVersion: null, policyVersion: null },
      }, { ownerId, reason: reason.value });
    }
    return ok({ moves: moves.length });
  });
  if (!done.ok) return done;
  if (!done.value.repeated) afterCommit(session, { what: ['case', 'sync'], caseIds: [] });
  return ok(done.value.reply);
}
