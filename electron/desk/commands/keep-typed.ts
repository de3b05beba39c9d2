import type { CommandOutput, CommandRequest } from '../../../shared/contract/contract.ts';
import type { Result } from '../../../shared/result.ts';
import { ok } from '../../../shared/result.ts';
import { typeIntoWalk } from '../conduct/call-walk.ts';
import type { Session } from '../session.ts';
import { readOpenCall, updateOpenCall } from '../store/open-call-store.ts';
import { storeFailure } from '../store/store-failure.ts';

/** Keeps what is being typed into the script, so that a page that was loaded again shows it; not a fact, so it needs no command log. */
export function keepTyped(session: Session, input: CommandRequest<'keep-typed'>): Result<CommandOutput<'keep-typed'>> {
  try {
    const call = readOpenCall(session.db);
    const walk = call?.callId === input.callId ? typeIntoWalk(session.db, call, input.stepId, input.values) : null;
    if (call !== null && walk !== null) updateOpenCall(session.db, { callId: call.callId, gate: call.gate, walk });
    return ok({});
  } catch (error) {
    return storeFailure(error);
  }
}
