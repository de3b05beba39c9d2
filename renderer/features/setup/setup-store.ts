/** How far the first run is. It outlives the sign-in that happens in its second step. */
import { create } from 'zustand';

export const setupSteps = ['agency', 'account', 'people', 'import', 'done'] as const;
export type SetupStep = (typeof setupSteps)[number];

interface SetupStore {
  /** Null while no first run is under way. */
  step: SetupStep | null;
  go: (step: SetupStep | null) => void;
}

export const useSetup = create<SetupStore>((set) => ({
  step: null,
  go: (step) => { set({ step }); },
}));
