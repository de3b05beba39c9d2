/** What changes by itself while somebody is signed in: the lease, and the day of the site. */
import type { LeaseStateName } from '../../shared/policy/read-lease.ts';
import type { Clock, PlainDate } from '../../shared/time.ts';
import { dateOfInstant } from '../../shared/time.ts';
import { findLease } from './queries/find-lease.ts';
import type { Session } from './session.ts';

/** Answers what is another than when it was asked last. */
export class DayAndLease {
  readonly #clock: Clock;
  readonly #zone: string;
  #lease: LeaseStateName = 'none';
  #today: PlainDate | null = null;

  constructor(clock: Clock, zone: string) {
    this.#clock = clock;
    this.#zone = zone;
  }

  /** A lease that ends, or comes back, changes what the lists give. */
  leaseChanged(session: Session | null): boolean {
    if (session === null) return false;
    const before = this.#lease;
    this.#lease = findLease(session).state;
    return before !== this.#lease;
  }

  /** A new day of the site changes what every screen says of today. */
  dayChanged(): boolean {
    const before = this.#today;
    this.#today = dateOfInstant(this.#clock.nowMs(), this.#zone);
    return before !== null && before !== this.#today;
  }
}
