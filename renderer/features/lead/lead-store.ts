/** Where the lead is: which tab, which case, and what is looked for. Kept while the app is open, so that nothing is lost by a look elsewhere. */
import { create } from 'zustand';
import type { QueryInput } from '../../../shared/contract/contract.ts';
import type { CaseId } from '../../../shared/id.ts';

export const leadTabs = ['lists', 'incoming', 'flags', 'audits', 'find', 'mail'] as const;
export type LeadTab = (typeof leadTabs)[number];

/** A list that was chosen in figures, in words for the screen. */
export interface ChosenList { filter: Pick<QueryInput<'find-cases'>, 'creditorId' | 'tone' | 'measure'>; creditorName: string }

interface LeadStore {
  tab: LeadTab;
  caseId: CaseId | null;
  /** The row that a case was opened from, until the focus is back on it. */
  openedRow: string | null;
  search: string;
  list: ChosenList | null;
  show: (tab: LeadTab) => void;
  /** @param row the `data-row` of where it was opened */
  openCase: (caseId: CaseId, row: string) => void;
  closeCase: () => void;
  /** The focus is back where the case was opened from. */
  cameBack: () => void;
  setSearch: (search: string) => void;
  setList: (list: ChosenList | null) => void;
  reset: () => void;
}

const nowhere = { tab: 'lists', caseId: null, openedRow: null, search: '', list: null } as const;

export const useLead = create<LeadStore>((set) => ({
  ...nowhere,
  show: (tab) => { set({ tab, caseId: null, openedRow: null }); },
  openCase: (caseId, openedRow) => { set({ caseId, openedRow }); },
  closeCase: () => { set({ caseId: null }); },
  cameBack: () => { set({ openedRow: null }); },
  setSearch: (search) => { set({ search }); },
  setList: (list) => { set({ list, search: '', tab: 'find', caseId: null, openedRow: null }); },
  reset: () => { set(nowhere); },
}));
