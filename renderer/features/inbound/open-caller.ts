/**
 * From a call that came in to the case it is about.
 *
 * Invariants: what is being typed is on the disk before another case takes its place; a call that was accepted claims nothing by itself: whose it
 * is, a person says; a slow answer takes the screen from nobody who has gone on.
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

/** After a call was accepted while no other one ran: the one case it can be about, or the place to choose and to search in. */
export async function goToCaller(callId: CallId): Promise<void> {
  const { place: before } = useNavigation.getState();
  /** Whoever has gone elsewhere meanwhile, searches, or has said whose the call is, knows better whom to find. */
  const isExpected = (): boolean => {
    const { place, searchOpen } = useNavigation.getState();
    return place === before && !searchOpen && useRunningCall.getState().call === null;
  };
  const caller = await query('show-caller', { callId, creditorId: null });
  if (!caller.ok || !isExpected()) return;
  const { kind, matches: [only] } = caller.value;
  switch (kind) {
    case 'one': {
      if (only === undefined) return;
      const served = await command('serve-case', { caseId: only.caseId, reason: 'ring', callId });
      await saveDraftNow();
      if (!isExpected()) return;
      if (served.ok) useNavigation.getState().openCase(only.caseId);
      else if (before.name !== 'case') useNavigation.getState().go({ name: 'inbound' });
      return;
    }
    case 'several':
    case 'creditors':
      await saveDraftNow();
      if (isExpected()) useNavigation.getState().go({ name: 'inbound' });
      return;
    case 'nobody':
    case 'unknown':
    case 'extension':
  }
}
