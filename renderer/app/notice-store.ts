/**
 * The one line at the foot of the window: what was just done; it is read aloud too. Beside it, for a while, one thing that
 * may still be done about it.
 *
 * Invariant: an offer outlives the texts that follow it, but not its time, the next offer, or the session (an empty text).
 */
import { create } from 'zustand';

export interface Offer {
  /** The whole of it, read aloud. */
  label: string;
  shortLabel: string;
  keys: string;
  /** As `nameOfKey` says it. */
  shortcut: string;
  run: () => void;
}

interface NoticeStore {
  text: string;
  tone: 'calm' | 'problem';
  offered: Offer | null;
  say: (text: string) => void;
  warn: (text: string) => void;
  offer: (offer: Offer, forMs: number) => void;
  withdraw: () => void;
}

let timer: ReturnType<typeof setTimeout> | undefined;

export const useNotice = create<NoticeStore>((set, get) => ({
  text: '',
  tone: 'calm',
  offered: null,
  say: (text) => {
    set({ text, tone: 'calm' });
    if (text === '') get().withdraw();
  },
  warn: (text) => {
    set({ text, tone: 'problem' });
  },
  offer: (offered, forMs) => {
    clearTimeout(timer);
    set({ offered });
    timer = setTimeout(() => { set({ offered: null }); }, forMs);
  },
  withdraw: () => {
    clearTimeout(timer);
    set({ offered: null });
  },
}));
