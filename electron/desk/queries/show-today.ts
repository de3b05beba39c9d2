import { foldCase } from '../../../shared/case/fold-case.ts';
import { outcomeRules } from '../../../shared/case/outcome-rules.ts';
import type { QueryOutput } from '../../../shared/contract/contract.ts';
import { dateOfInstant, instantOf } from '../../../shared/time.ts';
import type { Session } from '../session.ts';
import { viewContext } from '../session.ts';
import { readCaseFactsSince } from '../store/fact-store.ts';

/** My own numbers of today, corrections applied; nobody else's (domain §3.11). */
export function showToday(session: Session): QueryOutput<'show-today'> {
  const { nowMs, zone } = viewContext(session);
  const startMs = instantOf(dateOfInstant(nowMs, zone), '00:00', zone);
  const { outcomes } = foldCase(readCaseFactsSince(session.db, startMs));
  const useful = outcomes.filter((outcome) => ['success', 'right-party'].includes(outcomeRules[outcome.code].class));
  return {
    calls: outcomes.length,
    rightParty: useful.length,
    promises: outcomes.filter((outcome) => outcome.code === 'PTP').length,
  };
}
