/** Which screen is shown. One window, one place: no addresses, no history to lose. */
import { create } from 'zustand';
import type { CaseId } from '../../shared/id.ts';

export type Place = { name: 'home' } | { name: 'worklist' } | { name: 'case'; caseId: CaseId };

interface NavigationStore {
  place: Place;
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
  searchOpen: false,
  shortcutsOpen: false,
  go: (place) => {
    set({ place, searchOpen: false });
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
