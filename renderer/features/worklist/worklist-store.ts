/** What the list shows and where the operator stood in it: kept while a case is open. */
import { create } from 'zustand';
import type { WorklistViewName } from '../../../shared/contract/screens.ts';
import type { CaseId, CreditorId } from '../../../shared/id.ts';

interface WorklistStore {
  view: WorklistViewName;
  creditorId: CreditorId | null;
  selected: CaseId | null;
  /** Where the selected row stood: when it leaves the list, the one that takes its place is next. */
  index: number;
  showView: (view: WorklistViewName) => void;
  showCreditor: (creditorId: CreditorId | null) => void;
  select: (caseId: CaseId, index: number) => void;
  /** Another person sits down: nothing of the one before is left. */
  reset: () => void;
}

const fresh = { view: 'to-work', creditorId: null, selected: null, index: 0 } as const;

export const useWorklist = create<WorklistStore>((set) => ({
  ...fresh,
  showView: (view) => {
    set({ view, selected: null, index: 0 });
  },
  showCreditor: (creditorId) => {
    set({ creditorId, selected: null, index: 0 });
  },
  select: (selected, index) => {
    set({ selected, index });
  },
  reset: () => {
    set(fresh);
  },
}));
