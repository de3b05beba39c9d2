import type { CommandOutput, CommandRequest } from '../../../shared/contract/contract.ts';
import type { Result } from '../../../shared/result.ts';
import { ok } from '../../../shared/result.ts';
import { dateOfInstant } from '../../../shared/time.ts';
import type { Session } from '../session.ts';
import { viewContext } from '../session.ts';
import { commitDecision, needReason } from './commit-decision.ts';
import { commitHouseFact } from './commit-house-fact.ts';
import { readTypedEnd } from './read-typed-end.ts';

/** Puts a case, or a queue of the board, before the others until a day; without one, until tonight. */
export function setPriority(session: Session, input: CommandRequest<'set-priority'>): Promise<Result<CommandOutput<'set-priority'>>> | Result<CommandOutput<'set-priority'>> {
  const { caseId, queue, commandId } = input;
  const read = (): Result<{ queue: typeof queue; until: string; reason: string }> => {
    const { nowMs, zone } = viewContext(session);
    const until = input.untilText.trim() === '' ? ok(dateOfInstant(nowMs, zone)) : readTypedEnd(session, input);
    if (!until.ok) return until;
    const reason = needReason(input.reason.trim());
    return reason.ok ? ok({ queue, until: until.value, reason: reason.value }) : reason;
  };
  return caseId === null ? commitHouseFact(session, 'set-priority', 'priority-set', commandId, read) : commitDecision(session, 'set-priority', 'priority-set', { ...input, caseId }, read);
}
