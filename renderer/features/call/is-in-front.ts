/**
 * Whether this case is still the one at work.
 *
 * Invariant: whoever waited for an answer asks this before touching form, focus or place: another case may have been opened meanwhile,
 * and what is about the one that was left never shows in it.
 */
import type { CaseId } from '../../../shared/id.ts';
import { useNavigation } from '../../app/navigation-store.ts';
import { useCall } from './call-store.ts';

export function isInFront(caseId: CaseId): boolean {
  const { place } = useNavigation.getState();
  return place.name === 'case' && place.caseId === caseId && useCall.getState().caseId === caseId;
}
