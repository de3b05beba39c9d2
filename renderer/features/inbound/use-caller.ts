/**
 * Who rings, as the card shows it: asked when the card comes, and told by the desk the moment the hub has answered.
 *
 * Invariant: an answer that was on its way before the name came never takes it away again.
 */
import { useEffect, useState } from 'react';
import type { CallerScreen } from '../../../shared/contract/inbound-channels.ts';
import type { CallId } from '../../../shared/id.ts';
import { onChanged } from '../../bridge/desk.ts';
import { useQuery } from '../../bridge/use-query.ts';

/** @param callId null: nothing is asked */
export function useCaller(callId: CallId | null): CallerScreen | null {
  const asked = useQuery('show-caller', callId === null ? null : { callId, creditorId: null }).data;
  const [told, setTold] = useState<CallerScreen | null>(null);
  useEffect(() => onChanged(({ caller }) => {
    if (caller !== undefined && caller.callId === callId) setTold(caller);
  }), [callId]);
  const isBehind = asked === null || asked.matches.some(({ state }) => state === 'fetching');
  return isBehind && told !== null && told.callId === callId ? told : asked;
}
