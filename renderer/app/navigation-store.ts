/** Which screen is shown. One window, one place: no addresses, no history to lose. */
import { create } from 'zustand';
import type { CaseId } from '../../shared/id.ts';

export type Place = { name: 'home' } | { name: 'worklist' } | { name: 'agenda' } | { name: 'inbound' } | { name: 'settings' } | { name: 'imports' } | { name: 'users' } | { name: 'conduct' } | { name: 'live' } | { name: 'case'; caseId: CaseId };

/** Where one goes back to from a case. */
type List = Exclude<Place, { name: 'case' } | { name: 'settings' } | { name: 'imports' } | { name: 'users' } | { name: 'conduct' } | { name: 'live' }>;

/**
 * Invariant: while `isHeld` answers yes no other place and no search opens, whoever asks; `heldBack` counts how often somebody did.
 */
interface NavigationStore {
  place: Place;
  list: List;
  searchOpen: boolean;
  /** What the search begins with. */
  searchText: string;
  shortcutsOpen: boolean;
  /** The screen in front may not be left now. */
  isHeld: () => boolean;
  heldBack: number;
  go: (place: Place) => void;
  openCase: (caseId: CaseId) => void;
  setSearchOpen: (open: boolean, text?: string) => void;
  setShortcutsOpen: (open: boolean) => void;
}

export const neverHeld = (): boolean => false;

/** `home` is the lead's screen for a lead and the worklist for a collector. */
export const useNavigation = create<NavigationStore>((set) => ({
  place: { name: 'home' },
  list: { name: 'home' },
  searchOpen: false,
  searchText: '',
  shortcutsOpen: false,
  isHeld: neverHeld,
  heldBack: 0,
  go: (place) => {
    if (holdBack()) return;
    set(({ list }) => ({ place, searchOpen: false, list: place.name === 'case' || place.name === 'settings' || place.name === 'imports' || place.name === 'users' || place.name === 'conduct' || place.name === 'live' ? list : place }));
  },
  openCase: (caseId) => {
    if (holdBack()) return;
    set({ place: { name: 'case', caseId }, searchOpen: false });
  },
  setSearchOpen: (searchOpen, searchText = '') => {
    if (searchOpen && holdBack()) return;
    set({ searchOpen, searchText });
  },
  setShortcutsOpen: (shortcutsOpen) => {
    set({ shortcutsOpen });
  },
}));

function holdBack(): boolean {
  const { isHeld, heldBack } = useNavigation.getState();
  const held = isHeld();
  if (held) useNavigation.setState({ heldBack: heldBack + 1 });
  return held;
}
