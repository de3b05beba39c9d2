import type { CommandOutput } from '../../../shared/contract/contract.ts';
import type { SettingKey } from '../../../shared/contract/settings-channels.ts';
import type { Result } from '../../../shared/result.ts';
import { ok } from '../../../shared/result.ts';
import type { Session } from '../session.ts';
import { readSettings, writeSetting } from '../store/settings-store.ts';
import { storeFailure } from '../store/store-failure.ts';

const resettable: readonly SettingKey[] = ['language', 'theme', 'density', 'shortcuts'];

/** Everything as at first; the saved views stay, because they are work. */
export function resetSettings(session: Session): Result<CommandOutput<'reset-settings'>> {
  try {
    session.db.transaction(() => {
      for (const key of resettable) writeSetting(session.db, key, null, session.clock.nowMs());
    }).immediate();
  } catch (error) {
    return storeFailure(error);
  }
  session.notify({ what: ['settings'], caseIds: [] });
  return ok(readSettings(session.db));
}
