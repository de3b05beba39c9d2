/** The one line at the foot of the window: what was just done; it is read aloud too. */
import { create } from 'zustand';

interface NoticeStore {
  text: string;
  tone: 'calm' | 'problem';
  say: (text: string) => void;
  warn: (text: string) => void;
}

export const useNotice = create<NoticeStore>((set) => ({
  text: '',
  tone: 'calm',
  say: (text) => {
    set({ text, tone: 'calm' });
  },
  warn: (text) => {
    set({ text, tone: 'problem' });
  },
}));
