import type { CommandOutput, CommandRequest } from '../../../shared/contract/contract.ts';
import type { Result } from '../../../shared/result.ts';
import { fail, ok } from '../../../shared/result.ts';
import { resumablesOf } from '../lead/resumables.ts';
import { viewFetched } from '../lead/lead-cases.ts';
import type { Session } from '../session.ts';
import { commitDecision, needReason } from './commit-decision.ts';

/** Lets work go on after a stop, a representative or a suspension; says that a complaint or a privacy request was answered, how and when. */
export function resumeActivity(session: Session, input: CommandRequest<'resume-activity'>): Promise<Result<CommandOutput<'resume-activity'>>> {
  return commitDecision(session, 'resume-activity', 'activity-resumed', input, (reply, text) => {
    const { targetFactId } = input;
    const stands = resumablesOf(viewFetched(session, reply)).some(({ factId }) => factId === targetFactId);
    if (!stands) return fail('nothing-to-resume', 'error.nothingToResume');
    const reason = needReason(text);
    return reason.ok ? ok({ targetFactId, reason: reason.value }) : reason;
  });
}
