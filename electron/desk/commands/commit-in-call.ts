/**
 * One step of the open call = one transaction: what all commands inside a call have in common.
 *
 * Invariants: only the call that the page names is moved, and only while it is open; gate and walk are on the disk with the facts
 * that moved them; a step that cannot be shown is not taken. A repeat is answered with the call as it stands: what was shown is not kept.
 */
import type { CallScreen } from '../../../shared/contract/conduct-channels.ts';
import type { Locale } from '../../../shared/contract/contract.ts';
import type { CallId, CommandId } from '../../../shared/id.ts';
import type { Result } from '../../../shared/result.ts';
import { fail, ok } from '../../../shared/result.ts';
import { describeCall, showOpenCall } from '../conduct/describe-call.ts';
import type { CaseInBook } from '../projections/case-book.ts';
import type { Session } from '../session.ts';
import { viewContext } from '../session.ts';
import type { OpenCall } from '../store/open-call-store.ts';
import { readOpenCall, updateOpenCall } from '../store/open-call-store.ts';
import { afterCallCommit, afterStepCommit } from './after-commit.ts';
import { commitOnce } from './commit-once.ts';

export interface CallIntent { commandId: CommandId; callId: CallId; locale: Locale }

/** `step` answers gate and walk as they stand after it, having appended its facts. */
export function commitInCall(
  session: Session, name: 'walk-script' | 'check-identity', input: CallIntent, step: (call: OpenCall, held: CaseInBook) => Result<Pick<OpenCall, 'gate' | 'walk'>>,
): Result<{ call: CallScreen }> {
  const shown: { call: CallScreen | null } = { call: null };
  const done = commitOnce(session, { commandId: input.commandId, name }, () => {
    const found = findCall(session, input.callId);
    if (!found.ok) return found;
    const { call, held } = found.value;
    const moved = step(call, held);
    if (!moved.ok) return moved;
    updateOpenCall(session.db, { callId: call.callId, ...moved.value });
    shown.call = describeCall(session, { ...call, ...moved.value }, held, input.locale);
    return ok({});
  });
  if (!done.ok) return done;
  const call = shown.call ?? showOpenCall(session, input.locale);
  if (call?.callId !== input.callId) return fail('call-not-open', 'error.callNotOpen');
  const follow = name === 'walk-script' ? afterStepCommit : afterCallCommit;
  if (!done.value.repeated) follow(session, call.caseId);
  return ok({ call });
}

/** The open call, if it is this one, and its case. */
export function findCall(session: Session, callId: CallId): Result<{ call: OpenCall; held: CaseInBook }> {
  const call = readOpenCall(session.db);
  if (call?.callId !== callId) return fail('call-not-open', 'error.callNotOpen');
  const held = session.book.get(call.caseId, viewContext(session));
  return held === null ? fail('case-not-found', 'error.caseNotFound') : ok({ call, held });
}
