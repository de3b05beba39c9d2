import type { QueryOutput } from '../../../shared/contract/contract.ts';
import { dateOfInstant } from '../../../shared/time.ts';
import type { Session } from '../session.ts';
import { viewContext } from '../session.ts';
import { houseOf } from '../store/house-rules.ts';

/** Queues that come before the others today. */
export function listPriorities(session: Session): QueryOutput<'list-priorities'> {
  const { nowMs, zone } = viewContext(session);
  const today = dateOfInstant(nowMs, zone);
  return { rows: (houseOf(session.db).priorities ?? []).filter(({ until }) => until >= today) };
}
