/** Whether somebody else is in a call about the case now, as the facts say that have arrived; never who. */
import type { CaseEntity } from '../../shared/case/case-entity.ts';
import type { UserId } from '../../shared/id.ts';
import type { Colleague } from '../../shared/protocol/inbound-protocol.ts';
import { dialNumberSchema, isExtension } from '../../shared/telephone/dial-target.ts';
import type { Tx } from '../store/tables.ts';

/** A call of which nobody told the end was forgotten by then. */
const LONGEST_CALL_MS = 2 * 3_600_000;

/** Who began the last call that is not over, other than the one who asks; pure. */
export function whoIsInCall({ facts }: Pick<CaseEntity, 'facts'>, asking: UserId, nowMs: number): { userId: UserId; sinceMs: number } | null {
  const over = new Set(facts.flatMap(({ type, callId }) => (callId !== null && (type === 'outcome-recorded' || type === 'call-ended') ? [callId] : [])));
  const open = facts.findLast(({ type, callId, actor, at }) =>
    type === 'call-started' && callId !== null && !over.has(callId) && actor !== asking && at > nowMs - LONGEST_CALL_MS);
  return open === undefined ? null : { userId: open.actor, sinceMs: open.at };
}

export async function findColleague(tx: Tx, entity: CaseEntity, asking: UserId, nowMs: number): Promise<Colleague | null> {
  const found = whoIsInCall(entity, asking, nowMs);
  if (found === null) return null;
  const account = await tx.selectFrom('telephone_accounts').select('sip_user').where('user_id', '=', found.userId).executeTakeFirst();
  const number = dialNumberSchema.safeParse(account?.sip_user);
  return { sinceMs: found.sinceMs, extension: number.success && isExtension(number.data) ? number.data : null };
}
