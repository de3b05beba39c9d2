/** The keys as the operator who is signed in has them. */
import { create } from 'zustand';
import type { Bindings } from './keyboard.ts';
import { applyBindings } from './keyboard.ts';

interface ShortcutStore {
  bindings: Bindings;
  /** Own keys by id; `{}` = as they come. */
  apply: (own: Readonly<Record<string, string>>) => void;
}

export const useBindings = create<ShortcutStore>((set) => ({
  bindings: applyBindings({}),
  apply: (own) => {
    set({ bindings: applyBindings(own) });
  },
}));
