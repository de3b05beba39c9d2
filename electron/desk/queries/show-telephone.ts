import type { QueryOutput } from '../../../shared/contract/contract.ts';
import type { Session } from '../session.ts';
import { readUnclaimedCalls } from '../store/telephone-call-store.ts';

/** The telephone beside any call: whether there is an account, who called. Never the password. */
export function showTelephone({ db, telephone }: Session): QueryOutput<'show-telephone'> {
  const own = telephone.own();
  return {
    account: own?.account == null ? null : { user: own.account.user, domain: own.account.domain },
    reason: own === null ? 'unknown' : own.reason,
    calls: readUnclaimedCalls(db).map(({ callId, begunAtMs, caller, answeredAtMs, endedAtMs, end }) => ({
      callId, atMs: begunAtMs, number: caller?.number ?? null, name: caller?.name ?? null, answeredAtMs, endedAtMs,
      isMissed: endedAtMs !== null && answeredAtMs === null && end?.cause !== 'rejected',
    })),
    unsavedCount: telephone.unsavedCount(),
    notDialled: telephone.notDialled(),
  };
}
