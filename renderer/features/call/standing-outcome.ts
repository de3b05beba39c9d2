import type { CaseScreen } from '../../../shared/contract/screens.ts';
import type { Outcome } from '../../app/sentences.ts';
import type { TimelineEntry } from './timeline-filter.ts';

/** What an outcome of the history says now: its newest correction, or itself. */
export function standingOutcome(screen: Pick<CaseScreen, 'history'>, entry: Extract<TimelineEntry, { kind: 'outcome' }>): Outcome {
  const newest = screen.history.find((other) => other.kind === 'correction' && other.targetFactId === entry.factId && other.status === 'effective');
  return newest?.kind === 'correction' && newest.outcome !== null ? newest.outcome : entry.outcome;
}
