/** The guide under way. */
import { create } from 'zustand';
import type { GuideStep } from './guide-steps.ts';

interface GuideStore {
  open: boolean;
  done: ReadonlySet<GuideStep>;
  passed: ReadonlySet<GuideStep>;
  /** Outcomes of today when it began; null until that is known. */
  savedAtStart: number | null;
  /** Starts it, or starts it over. */
  begin: () => void;
  /** Its first look at the work: from here on it counts. */
  note: (savedToday: number) => void;
  tick: (steps: readonly GuideStep[]) => void;
  pass: (step: GuideStep) => void;
  end: () => void;
}

export const useGuide = create<GuideStore>((set) => ({
  open: false,
  done: new Set(),
  passed: new Set(),
  savedAtStart: null,
  begin: () => { set({ open: true, done: new Set(), passed: new Set(), savedAtStart: null }); },
  note: (savedToday) => { set((state) => (state.savedAtStart === null ? { savedAtStart: savedToday } : {})); },
  tick: (steps) => { set((state) => ({ done: new Set([...state.done, ...steps]) })); },
  pass: (step) => { set((state) => ({ passed: new Set([...state.passed, step]) })); },
  end: () => { set({ open: false }); },
}));
