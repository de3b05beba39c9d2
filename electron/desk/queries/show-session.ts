import demoUsers from '../../../assets/demo/users.json' with { type: 'json' };
import type { QueryOutput } from '../../../shared/contract/contract.ts';
import type { Desk } from '../desk.ts';
import { readSalvageNotice } from '../store/salvage-store.ts';
import { hasUnsentMark, listAccounts, storeFolder } from '../profile/accounts.ts';

/** Who is signed in, who could be, and whether their facts wait here. */
export function showSession(desk: Pick<Desk, 'config' | 'session' | 'hubReachable' | 'setup'>): QueryOutput<'show-session'> {
  const { config, session, hubReachable, setup } = desk;
  return {
    user: session?.user ?? null,
    accounts: listAccounts(config.profileDir, config.hubKey).map((account) => ({
      username: account.user.username,
      displayName: account.user.displayName,
      role: account.user.role,
      unsent: hasUnsentMark(storeFolder(config.profileDir, account)),
    })),
    demoAccounts: config.demo ? demoUsers.users.map(({ username, password, displayName, role }) => ({ username, password, displayName, role })) : [],
    hubReachable,
    setup,
    encrypted: session?.encrypted ?? !config.testRuntime,
    salvage: session === null ? null : readSalvageNotice(session.db),
  };
}
