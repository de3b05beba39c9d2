import { afterEach, expect, it } from 'vitest';
import type { CaseId } from '../../shared/id.ts';
import { newId } from '../../shared/id.ts';
import { neverHeld, useNavigation } from './navigation-store.ts';

afterEach(() => { useNavigation.setState({ place: { name: 'home' }, isHeld: neverHeld, heldBack: 0, searchOpen: false }); });

it('a held screen stays, whatever one tries, and each try is counted', () => {
  const { go, openCase, setSearchOpen } = useNavigation.getState();
  const caseId = newId<CaseId>();
  openCase(caseId);
  useNavigation.setState({ isHeld: () => true });
  go({ name: 'worklist' });
  openCase(newId<CaseId>());
  setSearchOpen(true);
  expect(useNavigation.getState()).toMatchObject({ place: { name: 'case', caseId }, searchOpen: false, heldBack: 3 });
  useNavigation.setState({ isHeld: neverHeld });
  setSearchOpen(true);
  go({ name: 'worklist' });
  expect(useNavigation.getState()).toMatchObject({ place: { name: 'worklist' }, searchOpen: false, heldBack: 3 });
});
