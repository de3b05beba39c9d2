import type { CommandOutput, CommandRequest } from '../../../shared/contract/contract.ts';
import type { Result } from '../../../shared/result.ts';
import { fail, ok } from '../../../shared/result.ts';
import type { Session } from '../session.ts';
import { storeFailure } from '../store/store-failure.ts';
import { isErased } from '../store/erase-person.ts';
import { removeDraft, writeDraft } from '../store/draft-store.ts';

/** Keeps what is being typed; not a fact, so it needs no command log: the last one wins. About an erased person nothing is kept. */
export function saveDraft(session: Session, input: CommandRequest<'save-draft'>): Result<CommandOutput<'save-draft'>> {
  try {
    if (isErased(session.db, input.caseId)) return fail('case-not-mine', 'error.caseNotMine');
    if (input.draft === null) removeDraft(session.db, input.caseId);
    else writeDraft(session.db, input.caseId, input.draft, session.clock.nowMs());
    return ok({});
  } catch (error) {
    return storeFailure(error);
  }
}
