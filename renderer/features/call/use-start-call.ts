/**
 * Beginning a call of the case in front: on the line where there is one, by hand where not or where the operator wants it so.
 *
 * Invariants: whatever stands in the way is said before anything is asked of the desk; nothing is dialled twice, and nothing while
 * another call is in hand. Who called is asked at that moment, not read from the screen: a call that came in a moment ago must not be
 * left on the line while another one is begun by hand beside it.
 */
import type { CaseId } from '../../../shared/id.ts';
import { numberIdSchema } from '../../../shared/id.ts';
import { useWords } from '../../app/i18n.ts';
import { useNotice } from '../../app/notice-store.ts';
import { query } from '../../bridge/desk.ts';
import { useLine } from '../telephone/line-store.ts';
import { linePhase, unclaimedCall, whatIsInTheWay } from '../telephone/line-view.ts';
import { useCall } from './call-store.ts';
import { leaveField } from './form-errors.ts';
import type { BasedOn } from './inline-forms.tsx';
import { actOnCall, useRunningCall } from './running-call.ts';

/** `inbound`: the customer called; the call that was accepted and is nobody's is this case's then. */
export type StartHow = 'outbound' | 'by-hand' | 'inbound';

export function useStartCall(caseId: CaseId, basedOn: BasedOn): (how: StartHow) => Promise<void> {
  const { locale } = useWords();
  return async (how) => {
    if (isBusy()) return;
    const { screen: line } = useLine.getState();
    const onLine = how === 'outbound' && linePhase(line) !== 'none';
    const inTheWay = onLine ? whatIsInTheWay(line) : null;
    if (inTheWay !== null) {
      useRunningCall.setState({ error: { action: 'start-call', error: inTheWay } });
      return;
    }
    // What was said of the last save belongs to no ear on the line.
    useNotice.getState().say('');
    useCall.getState().setInline(null);
    leaveField();
    const pointId = numberIdSchema.safeParse(useCall.getState().form.numberId).data ?? null;
    const telephone = how === 'inbound' ? await query('show-telephone', {}) : null;
    if (isBusy()) return;
    if (telephone?.ok === false) {
      useRunningCall.setState({ error: { action: 'start-call', error: telephone.error } });
      return;
    }
    const claimed = unclaimedCall(telephone?.value ?? null, useLine.getState().screen?.calls ?? []);
    const begun = await actOnCall('start-call', {
      caseId, direction: how === 'inbound' ? 'inbound' : 'outbound', pointId, locale, basedOn,
      line: onLine || claimed !== null ? 'softphone' : 'by-hand', callId: claimed?.callId ?? null,
    });
    const callId = useRunningCall.getState().call?.callId;
    if (begun && onLine && callId !== undefined) useLine.setState({ dialled: { caseId, callId } });
  };
}

function isBusy(): boolean {
  const { call, busy } = useRunningCall.getState();
  return call !== null || busy || useCall.getState().saving;
}
