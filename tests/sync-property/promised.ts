/**
 * What operators and the hub's administrator were told, and what must therefore be true in the end.
 *
 * Invariant: a fact or a file leaves these lists only when a restored backup took the last disk that had it: no software
 * brings it back. An erasure never leaves.
 */
import type { CaseId, CustomerId, FactId } from '../../shared/id.ts';
import { readStoredAttachments, readWaitingAttachments } from '../../electron/desk/store/attachment-store.ts';
import type { DeskRig } from './desk-rig.ts';
import { storedFactIds } from './desk-rig.ts';
import { hashOf } from './hash-of.ts';
import type { HubRig } from './hub-rig.ts';

export class Promised {
  /** Facts whose acknowledgement an operator saw. */
  readonly facts = new Set<FactId>();
  /** Bodies that only a later version understands. */
  readonly futureBodies = new Map<FactId, unknown>();
  /** The SHA-256 of each file that an operator was told is attached. */
  readonly files = new Map<FactId, string>();
  readonly erasedCases = new Set<CaseId>();
  readonly erasedCustomers = new Set<CustomerId>();

  addFile(factId: FactId, bytes: Uint8Array): void {
    this.facts.add(factId);
    this.files.set(factId, hashOf(bytes));
  }

  addErasure(erasure: { customerId: CustomerId; caseIds: readonly CaseId[] }): void {
    this.erasedCustomers.add(erasure.customerId);
    for (const caseId of erasure.caseIds) this.erasedCases.add(caseId);
  }

  /** After a restore: answers how many facts and files no disk has any more. */
  async forgetLost(hub: HubRig, desks: readonly DeskRig[]): Promise<number> {
    const facts = await hub.factIds();
    const files = await hub.wholeFiles();
    for (const { session } of desks) {
      for (const factId of storedFactIds(session.db)) facts.add(factId);
      for (const { factId } of [...readWaitingAttachments(session.db), ...readStoredAttachments(session.db)]) files.add(factId);
    }
    const lostFacts = [...this.facts].filter((factId) => !facts.has(factId));
    const lostFiles = [...this.files.keys()].filter((factId) => !facts.has(factId) || !files.has(factId));
    for (const factId of lostFacts) this.facts.delete(factId);
    for (const factId of lostFiles) this.files.delete(factId);
    return lostFacts.length + lostFiles.length;
  }
}
