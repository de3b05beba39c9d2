import { MOST_SCRIPT_DRAFTS } from '../../../shared/contract/conduct-office-channels.ts';
import type { CommandOutput, CommandRequest } from '../../../shared/contract/contract.ts';
import type { Result } from '../../../shared/result.ts';
import { fail, ok } from '../../../shared/result.ts';
import type { Session } from '../session.ts';
import { readScriptDrafts, removeScriptDraft, writeScriptDraft } from '../store/script-draft-store.ts';
import { storeFailure } from '../store/store-failure.ts';
import { conductRoles } from './ask-office.ts';

/** Keeps a script as it is being written; not a fact, so it needs no command log: the last one wins. */
export function saveScriptDraft(
  session: Pick<Session, 'db' | 'user' | 'clock'>, { packId, pack }: CommandRequest<'save-script-draft'>,
): Result<CommandOutput<'save-script-draft'>> {
  if (!conductRoles.includes(session.user.role)) return fail('not-allowed', 'error.notAllowed');
  try {
    if (pack === null) {
      removeScriptDraft(session.db, packId);
      return ok({});
    }
    const others = readScriptDrafts(session.db).filter((draft) => draft.packId !== packId);
    if (others.length >= MOST_SCRIPT_DRAFTS) return fail('too-many-drafts', 'error.tooManyDrafts', { most: MOST_SCRIPT_DRAFTS });
    writeScriptDraft(session.db, packId, pack, session.clock.nowMs());
    return ok({});
  } catch (error) {
    return storeFailure(error);
  }
}
