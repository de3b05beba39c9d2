/**
 * What of everything that happened is shown.
 *
 * Invariants: every entry passes `all`, and at least one other filter shows it; the choice lasts as long as the operator's
 * session and goes with it.
 */
import { create } from 'zustand';
import type { CaseScreen } from '../../../shared/contract/screens.ts';
import type { UserId } from '../../../shared/id.ts';

export type TimelineEntry = CaseScreen['history'][number];

export const timelineFilters = ['all', 'calls', 'agreements', 'notes', 'decisions'] as const;
export type TimelineFilter = (typeof timelineFilters)[number];

type Outcome = Extract<TimelineEntry, { kind: 'outcome' }>['outcome'];

/** Whether an entry passes a filter. */
export function passesFilter(entry: TimelineEntry, filter: TimelineFilter): boolean {
  switch (filter) {
    case 'all': return true;
    case 'calls': return ['outcome', 'correction', 'call', 'contact', 'identity', 'script', 'recording-answer', 'recording'].includes(entry.kind);
    case 'agreements':
      if (entry.kind === 'agreement' || entry.kind === 'mail') return true;
      if (entry.kind === 'outcome') return isAgreement(entry.outcome);
      return entry.kind === 'correction' && entry.outcome !== null && isAgreement(entry.outcome);
    case 'notes': return isNote(entry);
    case 'decisions': return isDecision(entry);
  }
}

/** Something that both sides count on. */
function isAgreement({ promise, plan, payment, settlement, callback, resend, dispute }: Outcome): boolean {
  return [promise, plan, payment, settlement, callback, resend, dispute].some((part) => part !== null);
}

/** Notes, files and what was learnt of the people. */
function isNote(entry: TimelineEntry): boolean {
  switch (entry.kind) {
    case 'note': case 'attachment': case 'party': case 'contact-point': case 'preferences': return true;
    case 'outcome': return (entry.outcome.note ?? '') !== '';
    default: return false;
  }
}

function isDecision(entry: TimelineEntry): boolean {
  switch (entry.kind) {
    case 'suspension': case 'priority': case 'resumption': case 'audit': case 'assignment': case 'allowance': case 'unknown': return true;
    case 'outcome': return entry.audit !== null;
    default: return false;
  }
}

interface FilterStore {
  userId: UserId | null;
  filter: TimelineFilter;
  choose: (userId: UserId | null, filter: TimelineFilter) => void;
}

export const useTimelineFilter = create<FilterStore>((set) => ({
  userId: null,
  filter: 'all',
  choose: (userId, filter) => {
    set({ userId, filter });
  },
}));
