import type { CommandOutput, CommandRequest } from '../../../shared/contract/contract.ts';
import { failField } from '../../../shared/case/form-context.ts';
import { readOutcomeForm } from '../../../shared/case/read-outcome-form.ts';
import type { CaseEntity } from '../../../shared/case/case-entity.ts';
import type { CaseView } from '../../../shared/case/view-case.ts';
import type { Result } from '../../../shared/result.ts';
import { fail, ok } from '../../../shared/result.ts';
import { viewHeldCase } from '../projections/view-held-case.ts';
import { isCorrectable } from '../queries/correctable.ts';
import type { Session } from '../session.ts';
import { viewContext } from '../session.ts';
import { readCaseFacts } from '../store/fact-store.ts';
import { appendCaseFact } from './append-case-fact.ts';
import { afterCaseCommit } from './after-commit.ts';
import { commitOnce } from './commit-once.ts';

/** Replaces or annuls an outcome of mine of this shift; both stay in the history (domain §3.10). */
export function correctOutcome(
  session: Session,
  input: CommandRequest<'correct-outcome'>,
): Result<CommandOutput<'correct-outcome'>> {
  const done = commitOnce(session, { commandId: input.commandId, name: 'correct-outcome' }, () => {
    const context = viewContext(session);
    const held = session.book.get(input.caseId, context);
    if (held === null) return fail('case-not-mine', 'error.caseNotMine');
    const target = held.view.folded.history.find((entry) => entry.kind === 'outcome' && entry.factId === input.targetFactId);
    if (target === undefined) return fail('correction-target-missing', 'error.correctionTargetMissing');
    if (!isCorrectable(target, context)) return fail('correction-not-allowed', 'error.correctionNotAllowed');
    const reason = input.reason.trim();
    if (reason.length < 3) return failField('reason', 'reason-too-short', 'error.reasonTooShort');

    let replacement = null;
    if (input.form !== null) {
      const view = viewWithout(session, held.entity, input.targetFactId);
      const body = readOutcomeForm(input.form, { view, nowMs: context.nowMs, zone: context.zone, locale: input.locale });
      if (!body.ok) return body;
      replacement = body.value;
    }
    const fact = appendCaseFact(session, held.entity, 'outcome-corrected', { targetFactId: input.targetFactId, replacement, reason }, input.basedOn);
    session.book.placeAgain(input.caseId, viewContext(session));
    return ok({ factId: fact.header.id });
  });
  if (!done.ok) return done;
  if (!done.value.repeated) afterCaseCommit(session, input.caseId);
  return ok(done.value.reply);
}

/** The case as it would be without the outcome that is being replaced. */
function viewWithout(session: Session, entity: CaseEntity, factId: string): CaseView {
  const facts = readCaseFacts(session.db, entity.caseId).filter((fact) => fact.id !== factId);
  return viewHeldCase(session.db, { ...entity, facts: entity.facts.filter((fact) => fact.id !== factId) }, facts, viewContext(session));
}
