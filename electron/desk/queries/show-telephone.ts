import type { QueryOutput } from '../../../shared/contract/contract.ts';
import { isMissedCall, readUnansweredRing } from '../../../shared/telephone/unanswered-ring.ts';
import type { Session } from '../session.ts';
import { readUnclaimedCalls } from '../store/telephone-call-store.ts';

/** The telephone beside any call: whether there is an account, who called. Never the password. */
export function showTelephone({ db, telephone }: Session): QueryOutput<'show-telephone'> {
  const own = telephone.own();
  return {
    account: own?.account == null ? null : { user: own.account.user, domain: own.account.domain },
    reason: own === null ? 'unknown' : own.reason,
    calls: readUnclaimedCalls(db).flatMap((call) => {
      const { callId, begunAtMs, caller, answeredAtMs, endedAtMs, end, transferTo } = call;
      const ring = end === null || answeredAtMs !== null ? null : readUnansweredRing(end.cause);
      // What a colleague took at another place is nobody's to call back.
      if (ring === 'taken-elsewhere') return [];
      return [{
        callId, atMs: begunAtMs, number: caller?.number ?? null, name: caller?.name ?? null, answeredAtMs, endedAtMs,
        isMissed: isMissedCall(call), sentTo: ring === 'sent-on' ? transferTo : null,
      }];
    }),
    unsavedCount: telephone.unsavedCount(),
    notDialled: telephone.notDialled(),
  };
}
