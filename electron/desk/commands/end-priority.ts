import type { CommandOutput, CommandRequest } from '../../../shared/contract/contract.ts';
import type { Result } from '../../../shared/result.ts';
import { fail, ok } from '../../../shared/result.ts';
import type { Session } from '../session.ts';
import { readEntity } from '../store/entity-store.ts';
import { needReason } from './commit-decision.ts';
import { commitHouseFact } from './commit-house-fact.ts';

/** A queue stands in the usual order again. Errors: `nothing-to-resume` where it does so already. */
export function endPriority(session: Session, { commandId, priorityId, ...input }: CommandRequest<'end-priority'>): Result<CommandOutput<'end-priority'>> {
  return commitHouseFact(session, 'end-priority', 'activity-resumed', commandId, () => {
    if (readEntity(session.db, 'priority', priorityId) === null) return fail('nothing-to-resume', 'error.nothingToResume');
    const reason = needReason(input.reason.trim());
    return reason.ok ? ok({ targetFactId: priorityId, reason: reason.value }) : reason;
  });
}
