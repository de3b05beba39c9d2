/**
 * What others did about a case since it was opened here: somebody called in, a lead decided, money came.
 *
 * Invariant: what I saved is never news; opening the case anew makes everything known.
 */
import type { CaseScreen } from '../../../shared/contract/screens.ts';
import type { CaseId } from '../../../shared/id.ts';
import type { TimelineEntry } from './timeline-filter.ts';

/** The case as it stood when it was opened. */
export interface CaseStand { caseId: CaseId; factIds: ReadonlySet<string>; openCents: number }

export interface CaseNews {
  /** Newest first. */
  entries: TimelineEntry[];
  /** What was owed, where it is another figure now; null: it is the same. */
  owedBeforeCents: number | null;
}

/** They lead up to what is told, or concern only the machine. */
const silent: ReadonlySet<TimelineEntry['kind']> = new Set(['call', 'identity', 'script', 'recording-answer', 'recording', 'audit', 'unknown']);

export function standOf({ caseId, history, openCents }: Pick<CaseScreen, 'caseId' | 'history' | 'openCents'>): CaseStand {
  return { caseId, factIds: new Set(history.map(({ factId }) => factId)), openCents };
}

export function findNews(stand: CaseStand | null, screen: Pick<CaseScreen, 'caseId' | 'history' | 'openCents'>): CaseNews {
  if (stand?.caseId !== screen.caseId) return { entries: [], owedBeforeCents: null };
  const entries = screen.history.filter((entry) => !entry.mine && !stand.factIds.has(entry.factId) && !silent.has(entry.kind));
  return { entries, owedBeforeCents: stand.openCents === screen.openCents ? null : stand.openCents };
}
