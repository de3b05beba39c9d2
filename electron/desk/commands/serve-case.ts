import type { CommandOutput, CommandRequest } from '../../../shared/contract/contract.ts';
import type { Result } from '../../../shared/result.ts';
import { ok } from '../../../shared/result.ts';
import { inWords } from '../office/ask-office.ts';
import type { Session } from '../session.ts';

/** Makes a case that is somebody else's ready to be opened, for somebody who calls; twice is once more asked and once more logged. */
export async function serveCase(session: Session, { caseId, reason, callId }: CommandRequest<'serve-case'>): Promise<Result<CommandOutput<'serve-case'>>> {
  const served = await session.callers.serve(session, caseId, reason, callId);
  return served.ok ? ok({ caseId }) : { ok: false, error: inWords(served.error) };
}
