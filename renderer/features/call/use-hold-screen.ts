/**
 * Keeps the case in front while somebody is on the line who may not hear of it.
 *
 * Invariant: the list and the search name creditors and amounts; from the start of a call until its gate is confirmed nobody goes there,
 * and who tries reads why. A case that cannot be read any more holds nobody.
 */
import { useEffect, useEffectEvent, useRef } from 'react';
import type { CaseId } from '../../../shared/id.ts';
import { useWords } from '../../app/i18n.ts';
import { neverHeld, useNavigation } from '../../app/navigation-store.ts';
import { useNotice } from '../../app/notice-store.ts';
import { isHidden, useRunningCall } from './running-call.ts';

export function useHoldScreen(caseId: CaseId, isReadable: boolean): void {
  const { t } = useWords();
  useEffect(() => {
    useNavigation.setState({ isHeld: () => {
      const { call } = useRunningCall.getState();
      return isReadable && call?.caseId === caseId && isHidden(call);
    } });
    return () => { useNavigation.setState({ isHeld: neverHeld }); };
  }, [caseId, isReadable]);
  const heldBack = useNavigation((store) => store.heldBack);
  const told = useRef(heldBack);
  const say = useEffectEvent(() => {
    const telephone = useRunningCall.getState().call?.telephone ?? null;
    useNotice.getState().warn(t(telephone === null ? 'call.notLeft' : telephone.ended === null ? 'telephone.notLeftOnLine' : 'telephone.notLeftEnded'));
  });
  useEffect(() => {
    if (heldBack !== told.current) say();
    told.current = heldBack;
  }, [heldBack]);
}
