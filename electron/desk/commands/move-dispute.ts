import type { CommandOutput, CommandRequest } from '../../../shared/contract/contract.ts';
import { readTypedDate } from '../../../shared/case/read-typed-date.ts';
import type { DisputeMovedBody } from '../../../shared/facts/agreement-bodies.ts';
import type { Result } from '../../../shared/result.ts';
import { fail, ok } from '../../../shared/result.ts';
import type { PlainDate } from '../../../shared/time.ts';
import type { Session } from '../session.ts';
import { commitCaseFact } from './commit-case-fact.ts';
import { notOpen, openNow, readActDay, todayOf } from './read-act.ts';

/** How far the answer to a dispute is: the proof, who finds out, by when. */
export function moveDispute(session: Session, input: CommandRequest<'move-dispute'>): Result<CommandOutput<'move-dispute'>> {
  const { targetFactId, proof, owner } = input;
  return commitCaseFact(session, 'move-dispute', 'dispute-moved', input, (held) => {
    const dispute = openNow(session, held).disputes.find((one) => one.targetFactId === targetFactId);
    if (dispute === undefined) return notOpen(held.view, targetFactId);
    const dueOn = readDue(session, input, dispute.dueOn);
    if (!dueOn.ok) return dueOn;
    const note = input.note.trim();
    if (note === '' && proof === dispute.proof && owner === dispute.owner && dueOn.value === dispute.dueOn) {
      return fail('dispute-unmoved', 'error.act.disputeUnmoved', { field: 'proof' });
    }
    const body: DisputeMovedBody = { targetFactId, proof, owner, dueOn: dueOn.value, note: note === '' ? null : note };
    return ok({ body, said: {} });
  });
}

/** A day that has gone by may stay; a new one lies ahead. */
function readDue(session: Session, { dueText, locale }: CommandRequest<'move-dispute'>, before: PlainDate | null): Result<PlainDate | null> {
  if (dueText.trim() === '') return ok(null);
  const typed = readTypedDate(dueText, { today: todayOf(session), locale });
  return typed.ok && typed.value === before ? typed : readActDay(session, dueText, locale, 'due');
}
