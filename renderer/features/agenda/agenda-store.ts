/** Which days the agenda shows and where the operator stood in it: kept while a case is open. */
import { create } from 'zustand';

interface AgendaStore {
  span: 'day' | 'week';
  /** Days from today, or weeks from this week. */
  offset: number;
  index: number;
  move: (by: number) => void;
  toggleSpan: () => void;
  goToToday: () => void;
  showDay: (offset: number) => void;
  select: (index: number) => void;
  /** Another person sits down. */
  reset: () => void;
}

const fresh = { span: 'day', offset: 0, index: 0 } as const;

export const useAgenda = create<AgendaStore>((set) => ({
  ...fresh,
  move: (by) => {
    set(({ offset }) => ({ offset: offset + by, index: 0 }));
  },
  toggleSpan: () => {
    set(({ span }) => ({ span: span === 'day' ? 'week' : 'day', offset: 0, index: 0 }));
  },
  goToToday: () => {
    set({ offset: 0, index: 0 });
  },
  showDay: (offset) => {
    set({ span: 'day', offset, index: 0 });
  },
  select: (index) => {
    set({ index });
  },
  reset: () => {
    set(fresh);
  },
}));
