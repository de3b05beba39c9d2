/** Where one is among the rules of the house, and what was typed there and is not published yet: kept while the same person is signed in. */
import { create } from 'zustand';
import type { CreditorId, UserId } from '../../../shared/id.ts';
import type { CalendarForm } from './calendar-form.ts';
import type { ConductForm } from './conduct-form.ts';
import type { RateTableId } from '../../../shared/protocol/rates-protocol.ts';
import type { RatesForm } from './rates-form.ts';
import type { WorkersForm } from './workers-form.ts';

export const conductTabs = ['scripts', 'rules', 'calendar', 'certificates', 'rates', 'workers', 'mail'] as const;
export type ConductTab = (typeof conductTabs)[number];

interface ConductStore {
  userId: UserId | null;
  tab: ConductTab;
  creditorId: CreditorId | null;
  forms: Readonly<Record<CreditorId, ConductForm>>;
  calendar: CalendarForm | null;
  rates: Readonly<Partial<Record<RateTableId, RatesForm>>>;
  workers: WorkersForm | null;
  enter: (userId: UserId) => void;
  show: (tab: ConductTab) => void;
  choose: (creditorId: CreditorId) => void;
  /** Null: as published. */
  setForm: (creditorId: CreditorId, form: ConductForm | null) => void;
  setCalendar: (calendar: CalendarForm | null) => void;
  setRates: (tableId: RateTableId, form: RatesForm | null) => void;
  setWorkers: (workers: WorkersForm | null) => void;
}

const fresh = { tab: 'scripts', creditorId: null, forms: {}, calendar: null, rates: {}, workers: null } as const;

export const useConduct = create<ConductStore>((set, get) => ({
  userId: null,
  ...fresh,
  enter: (userId) => {
    if (get().userId !== userId) set({ userId, ...fresh });
  },
  show: (tab) => { set({ tab }); },
  choose: (creditorId) => { set({ creditorId }); },
  setForm: (creditorId, form) => {
    set(({ forms }) => {
      const { [creditorId]: _before, ...others } = forms;
      return { forms: form === null ? others : { ...others, [creditorId]: form } };
    });
  },
  setCalendar: (calendar) => { set({ calendar }); },
  setWorkers: (workers) => { set({ workers }); },
  setRates: (tableId, form) => {
    set(({ rates }) => {
      const { [tableId]: _before, ...others } = rates;
      return { rates: form === null ? others : { ...others, [tableId]: form } };
    });
  },
}));
