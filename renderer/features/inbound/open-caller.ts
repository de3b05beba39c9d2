/**
 * From a call that came in to the case it is about.
 *
 * Invariant: what is being typed is on the disk before another case takes its place; a call that was accepted claims nothing by itself: whose it
 * is, a person says.
 */
import type { CallId, CaseId } from '../../../shared/id.ts';
import type { AppError } from '../../../shared/result.ts';
import { command, query } from '../../bridge/desk.ts';
import { useNavigation } from '../../app/navigation-store.ts';
import { saveDraftNow } from '../call/draft-saver.ts';
import { leaveForCase } from '../call/leave-for-case.ts';
import { useRunningCall } from '../call/running-call.ts';

/** Null: it is open. */
export async function openServed(caseId: CaseId, reason: 'ring' | 'search', callId: CallId | null): Promise<AppError | null> {
  const served = await command('serve-case', { caseId, reason, callId });
  if (!served.ok) return served.error;
  await leaveForCase(caseId);
  return null;
}

/** Whoever has begun to search meanwhile knows better whom to find. */
async function openUnlessSearched(caseId: CaseId): Promise<void> {
  await saveDraftNow();
  const { searchOpen, openCase } = useNavigation.getState();
  if (!searchOpen) openCase(caseId);
}

/** After a call was accepted while no other one ran: the one case it can be about, or the place to choose and to search in. */
export async function goToCaller(callId: CallId): Promise<void> {
  const caller = await query('show-caller', { callId, creditorId: null });
  if (!caller.ok || useRunningCall.getState().call !== null) return;
  const { kind, matches: [only] } = caller.value;
  const { place, go } = useNavigation.getState();
  switch (kind) {
    case 'one':
      if (only === undefined) return;
      if ((await command('serve-case', { caseId: only.caseId, reason: 'ring', callId })).ok) await openUnlessSearched(only.caseId);
      else if (place.name !== 'case') go({ name: 'inbound' });
      return;
    case 'several':
    case 'creditors':
      await saveDraftNow();
      go({ name: 'inbound' });
      return;
    case 'nobody':
    case 'unknown':
    case 'extension':
  }
}
