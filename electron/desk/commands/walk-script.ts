import type { CommandOutput, CommandRequest } from '../../../shared/contract/contract.ts';
import type { Result } from '../../../shared/result.ts';
import { ok } from '../../../shared/result.ts';
import { stepWalk } from '../conduct/call-walk.ts';
import type { Session } from '../session.ts';
import { commitInCall } from './commit-in-call.ts';

/** One step in the script of the open call: on the disk before the next is shown, so that a crash comes back to it. */
export function walkScript(session: Session, input: CommandRequest<'walk-script'>): Result<CommandOutput<'walk-script'>> {
  return commitInCall(session, 'walk-script', input, (call, held) => {
    const walk = stepWalk(session, held, call, input.action, input.locale);
    return walk.ok ? ok({ gate: call.gate, walk: walk.value }) : walk;
  });
}
