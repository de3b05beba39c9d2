/** What the list shows and where the operator stood in it: kept while a case is open. */
import { create } from 'zustand';
import type { WorklistViewName } from '../../../shared/contract/screens.ts';
import type { SavedView } from '../../../shared/contract/settings-channels.ts';
import type { WorklistFilter } from '../../../shared/contract/worklist-filter.ts';
import { noFilter } from '../../../shared/contract/worklist-filter.ts';
import type { CaseId, CreditorId } from '../../../shared/id.ts';
import { windowFor } from './list-window.ts';

interface WorklistStore {
  view: WorklistViewName;
  creditorId: CreditorId | null;
  filter: WorklistFilter;
  filtersOpen: boolean;
  /** Grows when a filter is set from elsewhere, so that what was typed is shown anew. */
  filterGeneration: number;
  /** The saved view that was chosen last, until something of it is changed. */
  savedName: string | null;
  /** Null: whichever stands at `index`, which may still be on its way. */
  selected: CaseId | null;
  /** Where the selected row stood: when it leaves the list, the one that takes its place is next. */
  index: number;
  /** The first row that is held (`list-window.ts`). */
  first: number;
  showView: (view: WorklistViewName) => void;
  showCreditor: (creditorId: CreditorId | null) => void;
  changeFilter: (change: Partial<WorklistFilter>) => void;
  clearFilter: () => void;
  openFilters: (open: boolean) => void;
  showSaved: (saved: SavedView) => void;
  nameSaved: (name: string) => void;
  select: (caseId: CaseId | null, index: number) => void;
  /** These rows are in sight. */
  showRows: (from: number, to: number) => void;
  /** Another person sits down: nothing of the one before is left. */
  reset: () => void;
}

const top = { selected: null, index: 0, first: 0 } as const;
const fresh = { view: 'to-work', creditorId: null, filter: noFilter, filtersOpen: false, savedName: null, ...top } as const;

export const useWorklist = create<WorklistStore>((set) => ({
  ...fresh,
  filterGeneration: 0,
  showView: (view) => {
    set({ view, savedName: null, ...top });
  },
  showCreditor: (creditorId) => {
    set({ creditorId, savedName: null, ...top });
  },
  changeFilter: (change) => {
    set(({ filter }) => ({ filter: { ...filter, ...change }, savedName: null, ...top }));
  },
  clearFilter: () => {
    set(({ filterGeneration }) => ({ filter: noFilter, savedName: null, filterGeneration: filterGeneration + 1, ...top }));
  },
  openFilters: (filtersOpen) => {
    set({ filtersOpen });
  },
  showSaved: ({ name, view, creditorId, filter }) => {
    set(({ filterGeneration }) => ({ view, creditorId, filter, savedName: name, filterGeneration: filterGeneration + 1, ...top }));
  },
  nameSaved: (savedName) => {
    set({ savedName });
  },
  select: (selected, index) => {
    set({ selected, index });
  },
  showRows: (from, to) => {
    set(({ first }) => ({ first: windowFor(first, from, to) }));
  },
  reset: () => {
    set(({ filterGeneration }) => ({ ...fresh, filterGeneration: filterGeneration + 1 }));
  },
}));

/** How many of the filters narrow the list. */
export function countFilters(filter: WorklistFilter): number {
  const { text, ...rest } = filter;
  return Object.values(rest).filter((value) => value !== null).length + (text.trim() === '' ? 0 : 1);
}
