/** Who hears of the case in front, as it changes; and peeking into what they may not hear. */
import { useShallow } from 'zustand/react/shallow';
import type { CaseId } from '../../../shared/id.ts';
import { useLine } from '../telephone/line-store.ts';
import { useRunningCall } from './running-call.ts';
import { whoHears } from './who-hears.ts';
import type { Hearing } from './who-hears.ts';

export function useHearing(caseId: CaseId): Omit<Hearing, 'ear'> & { peeking: boolean; peek: () => void } {
  const { call, peekedBy } = useRunningCall(useShallow((store) => ({ call: store.call, peekedBy: store.peekedBy })));
  const { hidden, isStranger, ear } = useLine(useShallow(({ screen }) => whoHears(caseId, call, screen?.calls ?? [])));
  const peeking = hidden && peekedBy === ear;
  return { hidden, isStranger, peeking, peek: () => { useRunningCall.setState({ peekedBy: peeking ? null : ear }); } };
}
