/** What the list shows and where the operator stood in it: kept while a case is open. */
import { create } from 'zustand';
import type { WorklistViewName } from '../../../shared/contract/screens.ts';
import type { CaseId, CreditorId } from '../../../shared/id.ts';

interface WorklistStore {
  view: WorklistViewName;
  creditorId: CreditorId | null;
  selected: CaseId | null;
  showView: (view: WorklistViewName) => void;
  showCreditor: (creditorId: CreditorId | null) => void;
  select: (caseId: CaseId) => void;
}

export const useWorklist = create<WorklistStore>((set) => ({
  view: 'to-work',
  creditorId: null,
  selected: null,
  showView: (view) => {
    set({ view, selected: null });
  },
  showCreditor: (creditorId) => {
    set({ creditorId, selected: null });
  },
  select: (selected) => {
    set({ selected });
  },
}));
