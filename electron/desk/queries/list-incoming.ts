import { outcomeRules } from '../../../shared/case/outcome-rules.ts';
import type { QueryOutput } from '../../../shared/contract/contract.ts';
import type { Session } from '../session.ts';
import { readEntities } from '../store/entity-store.ts';

/** The lead's list of what came in, newest first; it names no operator (domain §3.11). */
export function listIncoming(session: Session): QueryOutput<'list-incoming'> {
  const rows = readEntities(session.db, 'incoming').map((entity) => entity.body).sort((a, b) => b.at - a.at);
  const counted = rows.filter((row) => row.status !== 'annulled');
  const promises = counted.filter((row) => row.code === 'PTP');
  const promisedCents: Record<string, number> = {};
  for (const { currency, amountCents } of promises) {
    if (currency !== null && amountCents !== null) promisedCents[currency] = (promisedCents[currency] ?? 0) + amountCents;
  }
  return {
    rows,
    totals: {
      outcomes: counted.length,
      rightParty: counted.filter((row) => ['success', 'right-party'].includes(outcomeRules[row.code].class)).length,
      promises: promises.length,
      promisedCents,
      disputes: counted.filter((row) => row.code === 'DSP').length,
    },
  };
}
