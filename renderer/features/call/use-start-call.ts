/**
 * Beginning a call of the case in front: on the line where there is one, by hand where not or where the operator wants it so.
 *
 * Invariant: whatever stands in the way is said before anything is asked of the desk; nothing is dialled twice, and nothing while
 * another call is in hand.
 */
import type { CaseId } from '../../../shared/id.ts';
import { numberIdSchema } from '../../../shared/id.ts';
import type { AppError } from '../../../shared/result.ts';
import { fail } from '../../../shared/result.ts';
import type { LineScreen } from '../../../shared/contract/line-channels.ts';
import { useWords } from '../../app/i18n.ts';
import { useNotice } from '../../app/notice-store.ts';
import { useQuery } from '../../bridge/use-query.ts';
import { useLine } from '../telephone/line-store.ts';
import { frontCall, linePhase, unclaimedCall } from '../telephone/line-view.ts';
import { useCall } from './call-store.ts';
import { leaveField } from './form-errors.ts';
import type { BasedOn } from './inline-forms.tsx';
import { actOnCall, useRunningCall } from './running-call.ts';

/** `inbound`: the customer called; the call that was accepted and is nobody's is this case's then. */
export type StartHow = 'outbound' | 'by-hand' | 'inbound';

export function useStartCall(caseId: CaseId, basedOn: BasedOn): (how: StartHow) => Promise<void> {
  const { locale } = useWords();
  const telephone = useQuery('show-telephone', {}).data;
  return async (how) => {
    const { call, busy } = useRunningCall.getState();
    if (call !== null || busy || useCall.getState().saving) return;
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
    const claimed = how === 'inbound' ? unclaimedCall(telephone, line?.calls ?? []) : null;
    const begun = await actOnCall('start-call', {
      caseId, direction: how === 'inbound' ? 'inbound' : 'outbound', pointId, locale, basedOn,
      line: onLine || claimed !== null ? 'softphone' : 'by-hand', callId: claimed?.callId ?? null,
    });
    const callId = useRunningCall.getState().call?.callId;
    if (begun && onLine && callId !== undefined) useLine.setState({ dialled: { caseId, callId } });
  };
}

/** Why nothing can be dialled now; null: it can. */
function whatIsInTheWay(line: LineScreen | null): AppError | null {
  if (linePhase(line) !== 'ready') return fail('telephone-line-lost', 'error.telephoneLineLost', {}, true).error;
  return frontCall(line?.calls ?? []) === null ? null : fail('telephone-call-in-front', 'error.telephoneCallInFront').error;
}
