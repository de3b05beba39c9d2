import type { CommandOutput, CommandRequest } from '../../../shared/contract/contract.ts';
import type { Result } from '../../../shared/result.ts';
import { ok } from '../../../shared/result.ts';
import { askToTake } from '../contacts/hold-contact-task.ts';
import type { Session } from '../session.ts';

/** So that no colleague does the same; or gives it back. Asked twice is as once. */
export async function takeContact(session: Session, { taskId, take }: CommandRequest<'take-contact'>): Promise<Result<CommandOutput<'take-contact'>>> {
  const asked = await askToTake(session, taskId, take);
  return asked.ok ? ok({}) : asked;
}
