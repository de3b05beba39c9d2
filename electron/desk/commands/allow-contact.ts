import type { CommandOutput, CommandRequest } from '../../../shared/contract/contract.ts';
import type { Result } from '../../../shared/result.ts';
import { fail, ok } from '../../../shared/result.ts';
import { addDays, dateOfInstant, instantOf } from '../../../shared/time.ts';
import type { Session } from '../session.ts';
import { viewContext } from '../session.ts';
import { commitDecision, needReason } from './commit-decision.ts';
import { readTypedEnd } from './read-typed-end.ts';

/** Longer than a week is no exception any more. */
const MOST_DAYS = 7;

/** A lead lets frequency be exceeded, for a reason and until the end of a day; nothing else gives way. */
export function allowContact(session: Session, input: CommandRequest<'allow-contact'>): Promise<Result<CommandOutput<'allow-contact'>>> {
  return commitDecision(session, 'allow-contact', 'contact-allowed', input, (_reply, text) => {
    const { nowMs, zone } = viewContext(session);
    const today = dateOfInstant(nowMs, zone);
    const day = input.untilText.trim() === '' ? ok(today) : readTypedEnd(session, input);
    if (!day.ok) return day;
    if (day.value > addDays(today, MOST_DAYS)) return fail('allowance-too-far', 'error.allowanceTooFar', { field: 'until', days: MOST_DAYS });
    const reason = needReason(text);
    return reason.ok ? ok({ until: instantOf(addDays(day.value, 1), '00:00', zone) - 1, reason: reason.value }) : reason;
  });
}
