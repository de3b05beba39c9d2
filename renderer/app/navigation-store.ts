/** Which screen is shown. One window, one place: no addresses, no history to lose. */
import { create } from 'zustand';
import type { CaseId } from '../../shared/id.ts';

export type Place = { name: 'home' } | { name: 'worklist' } | { name: 'agenda' } | { name: 'settings' } | { name: 'imports' } | { name: 'users' } | { name: 'conduct' } | { name: 'case'; caseId: CaseId };

/** Where one goes back to from a case. */
type List = Exclude<Place, { name: 'case' } | { name: 'settings' } | { name: 'imports' } | { name: 'users' } | { name: 'conduct' }>;

interface NavigationStore {
  place: Place;
  list: List;
  searchOpen: boolean;
  shortcutsOpen: boolean;
  go: (place: Place) => void;
  openCase: (caseId: CaseId) => void;
  setSearchOpen: (open: boolean) => void;
  setShortcutsOpen: (open: boolean) => void;
}

/** `home` is the lead's screen for a lead and the worklist for a collector. */
export const useNavigation = create<NavigationStore>((set) => ({
  place: { name: 'home' },
  list: { name: 'home' },
  searchOpen: false,
  shortcutsOpen: false,
  go: (place) => {
    set(({ list }) => ({ place, searchOpen: false, list: place.name === 'case' || place.name === 'settings' || place.name === 'imports' || place.name === 'users' || place.name === 'conduct' ? list : place }));
  },
  openCase: (caseId) => {
    set({ place: { name: 'case', caseId }, searchOpen: false });
  },
  setSearchOpen: (searchOpen) => {
    set({ searchOpen });
  },
  setShortcutsOpen: (shortcutsOpen) => {
    set({ shortcutsOpen });
  },
}));
