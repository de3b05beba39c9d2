import type { LeaseState } from '../../../shared/policy/read-lease.ts';
import type { Session } from '../session.ts';
import { leaseOf } from '../store/lease-watch.ts';

/** May this desk give its operator a case to start now? */
export function findLease(session: Pick<Session, 'db' | 'clock'>): LeaseState {
  return leaseOf(session.db).read(session.clock.nowMs());
}
