import type { CommandOutput, CommandRequest } from '../../../shared/contract/contract.ts';
import type { Result } from '../../../shared/result.ts';
import { ok } from '../../../shared/result.ts';
import type { Session } from '../session.ts';
import { readSettings, writeSetting } from '../store/settings-store.ts';
import { storeFailure } from '../store/store-failure.ts';

/** Keeps one setting; not a fact, so it needs no command log: the last one wins. */
export function saveSetting(session: Session, { change }: CommandRequest<'save-setting'>): Result<CommandOutput<'save-setting'>> {
  try {
    writeSetting(session.db, change.key, change.value, session.clock.nowMs());
  } catch (error) {
    return storeFailure(error);
  }
  session.notify({ what: ['settings'], caseIds: [] });
  return ok(readSettings(session.db));
}
