/**
 * No two persons may work one customer at the same moment.
 *
 * Invariant: a desk may work what it holds while its lease is live by its own clock. Whatever the desks' clocks say, no customer
 * is ever workable at desks of two persons. What no software can know is left out: a desk on a copy of a disk, or on a
 * restored one, counts again once it alone has its device id and has synchronised; after a restored hub, or a hub whose
 * clock was set, each desk counts again once it has synchronised.
 */
import { findLease } from '../../electron/desk/queries/find-lease.ts';
import { viewContext } from '../../electron/desk/session.ts';
import { readDeviceId } from '../../electron/desk/store/fact-store.ts';
import { leaseOf } from '../../electron/desk/store/lease-watch.ts';
import type { UserId } from '../../shared/id.ts';
import type { DeskRig } from './desk-rig.ts';
import { heldCaseIds } from './run-command.ts';

export class Workers {
  readonly #desks: readonly DeskRig[];
  readonly #counted = new Set<DeskRig>();

  constructor(desks: readonly DeskRig[]) {
    this.#desks = desks;
  }

  /** A synchronisation of this desk ended well. */
  count(desk: DeskRig): void {
    const deviceId = readDeviceId(desk.session.db);
    if (this.#desks.every((other) => other === desk || readDeviceId(other.session.db) !== deviceId)) this.#counted.add(desk);
  }

  leaveOut(...desks: DeskRig[]): void {
    for (const desk of desks) this.#counted.delete(desk);
  }

  leaveAllOut(): void {
    this.#counted.clear();
  }

  /** A running desk looks at its clock every two seconds. */
  tick(): void {
    for (const desk of this.#desks) {
      findLease(desk.session);
      leaseOf(desk.session.db).keep();
    }
  }

  /** Throws when two persons may work one customer. */
  check(): void {
    this.tick();
    const workers = new Map<string, UserId>();
    for (const desk of this.#counted) {
      const { session } = desk;
      if (findLease(session).state !== 'live') continue;
      for (const caseId of heldCaseIds(session)) {
        const customerId = session.book.get(caseId, viewContext(session))?.entity.customerId;
        if (customerId === undefined) continue;
        const other = workers.get(customerId);
        if (other !== undefined && other !== session.user.userId) throw new Error('two persons may work one customer at the same moment');
        workers.set(customerId, session.user.userId);
      }
    }
  }
}
