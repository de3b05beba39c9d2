import { outcomeRules } from '../../../shared/case/outcome-rules.ts';
import type { CommandOutput, CommandRequest } from '../../../shared/contract/contract.ts';
import type { Result } from '../../../shared/result.ts';
import { fail, ok } from '../../../shared/result.ts';
import { viewFetched } from '../lead/lead-cases.ts';
import type { Session } from '../session.ts';
import { commitDecision, needReason } from './commit-decision.ts';

/** A second person's word on a positive outcome; a rejected one stays a contact and binds nobody. */
export function auditOutcome(session: Session, input: CommandRequest<'audit-outcome'>): Promise<Result<CommandOutput<'audit-outcome'>>> {
  return commitDecision(session, 'audit-outcome', 'outcome-audited', input, (reply, text) => {
    const { targetFactId, verdict } = input;
    const target = viewFetched(session, reply).view.folded.outcomes.find(({ factId }) => factId === targetFactId);
    if (target === undefined || !outcomeRules[target.code].auditable) return fail('audit-target-missing', 'error.auditTargetMissing');
    if (target.actor === session.user.userId) return fail('audit-own', 'error.auditOwn');
    if (verdict === 'approved') return ok({ targetFactId, verdict, reason: text === '' ? null : text });
    const reason = needReason(text);
    return reason.ok ? ok({ targetFactId, verdict, reason: reason.value }) : reason;
  });
}
