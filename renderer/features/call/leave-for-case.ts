/**
 * From wherever one is to a case that was chosen.
 *
 * Invariants: what is being typed is on the disk before another case takes its place; what is pressed from the choice on is for the case
 * that comes, never for the one in front until then: a call would be taken for the wrong person.
 */
import type { CaseId } from '../../../shared/id.ts';
import { dropKeys, holdKeys, releaseKeys } from '../../app/hold-keys.ts';
import { useNavigation } from '../../app/navigation-store.ts';
import { saveDraftNow } from './draft-saver.ts';

/** The case lets the keys go once it stands there (`call-screen.tsx`). */
export async function leaveForCase(caseId: CaseId): Promise<void> {
  holdKeys();
  await saveDraftNow();
  const { place: before, openCase } = useNavigation.getState();
  openCase(caseId);
  const { place } = useNavigation.getState();
  if (place.name !== 'case' || place.caseId !== caseId) dropKeys();
  // It stood there already.
  else if (before.name === 'case' && before.caseId === caseId) releaseKeys();
}
