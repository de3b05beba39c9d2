import type { CommandOutput, CommandRequest } from '../../../shared/contract/contract.ts';
import type { Result } from '../../../shared/result.ts';
import { ok } from '../../../shared/result.ts';
import type { Session } from '../session.ts';
import { markMessageRead } from '../store/read-messages.ts';

/** Takes a message off the screen; kept on this PC only, so that nobody is told when somebody read it. */
export function readMessage(session: Session, input: CommandRequest<'read-message'>): Result<CommandOutput<'read-message'>> {
  session.db.transaction(() => { markMessageRead(session.db, input.messageId); }).immediate();
  session.notify({ what: ['messages'], caseIds: [] });
  return ok({});
}
