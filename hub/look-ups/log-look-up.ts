/**
 * The log of who looked up a case that is not theirs: who, which, when, why (ADR 0026).
 *
 * Invariant: written in the transaction of the answer, so that nothing was shown that does not stand here. Read by `hub -- look-ups` only,
 * on the hub's own machine: no route answers it.
 */
import type { CallId, CaseId, UserId } from '../../shared/id.ts';
import { newId } from '../../shared/id.ts';
import type { LookUpReason } from '../../shared/protocol/inbound-protocol.ts';
import { LOOK_UP_COUNTS_MS } from '../../shared/protocol/inbound-protocol.ts';
import type { Tx } from '../store/tables.ts';

/** `leads`: of what happened in the case, and who is in a call about it, a lead is not told by whom (ADR 0015). */
export interface Looking { userId: UserId; leads: boolean; nowMs: number; reason: LookUpReason; callId: CallId | null }

export async function logLookUps(tx: Tx, { userId, nowMs, reason, callId }: Looking, caseIds: readonly (CaseId | null)[], found: number): Promise<void> {
  if (caseIds.length === 0) return;
  await tx.insertInto('look_ups').values(caseIds.map((caseId) => (
    { look_up_id: newId<string>(), user_id: userId, case_id: caseId, reason, call_id: callId, found, at: nowMs }))).execute();
}

/** Which of the cases a person was shown whole, not longer ago than a look-up counts. */
export async function findLookedUp(tx: Tx, userId: UserId, caseIds: readonly CaseId[], nowMs: number): Promise<Set<CaseId>> {
  if (caseIds.length === 0) return new Set();
  const rows = await tx.selectFrom('look_ups').select('case_id').distinct().where('user_id', '=', userId).where('case_id', 'in', caseIds)
    .where('reason', 'in', ['ring', 'search']).where('at', '>=', nowMs - LOOK_UP_COUNTS_MS).execute();
  return new Set(rows.flatMap((row) => row.case_id ?? []));
}
