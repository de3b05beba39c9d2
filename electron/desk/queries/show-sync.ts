import type { QueryOutput } from '../../../shared/contract/contract.ts';
import type { Session } from '../session.ts';
import { countUnsent } from '../store/fact-store.ts';
import { readMeta } from '../store/meta.ts';
import { holdsNewer } from '../store/newer-entities.ts';

/** The feed goes on, but not all that came can be shown. */
const updateAdvised = { code: 'update-advised', messageKey: 'error.updateAdvised' };

/** How this desk stands with the hub. */
export function showSync(session: Session | null): QueryOutput<'show-sync'> {
  if (session === null) return { network: 'offline', unsentCount: 0, lastSyncAt: null, problem: null };
  const { network, problem } = session.sync;
  const lastSyncAt = readMeta(session.db, 'lastSyncAt');
  return {
    network,
    unsentCount: countUnsent(session.db),
    lastSyncAt: lastSyncAt === null ? null : Number(lastSyncAt),
    problem: problem !== null ? { code: problem.code, messageKey: problem.messageKey } : holdsNewer(session.db) ? updateAdvised : null,
  };
}
