/**
 * The hub knows another history of this device: a restored backup or a cloned disk (design §4).
 *
 * Invariants: the device takes a new id and its facts are chained again under it with the *same*
 * fact ids and their `origin`; the old rows stay, so nothing is ever rewritten. All facts go
 * along, not only the unsent ones: what the hub confirmed it may have lost since (restored from
 * its own backup), and a fact that it still holds has no second effect there. An erased fact goes
 * along as its link.
 */
import { contentOf } from '../../../shared/facts/chain.ts';
import type { DeviceId } from '../../../shared/id.ts';
import { newId } from '../../../shared/id.ts';
import type { Sqlite } from './database.ts';
import { appendLink, readDeviceId, readUnsentFacts, writeAckedSeq } from './fact-store.ts';
import { writeMeta } from './meta.ts';

/** Forks in one transaction; answers the new device id and how many facts were chained again. */
export function forkDevice(db: Sqlite): { deviceId: DeviceId; rechained: number } {
  return db
    .transaction(() => {
      const oldDeviceId = readDeviceId(db);
      const facts = readUnsentFacts(db, 0, Number.MAX_SAFE_INTEGER);
      const deviceId = newId<DeviceId>();
      writeMeta(db, 'deviceId', deviceId);
      writeAckedSeq(db, 0);
      for (const old of facts) {
        const { deviceId: _device, seq, bodyHash, prev: _prev, hash: _hash, ...rest } = old.header;
        const origin = rest.origin ?? { deviceId: oldDeviceId, seq };
        appendLink(db, { ...rest, origin }, bodyHash, contentOf(old));
      }
      return { deviceId, rechained: facts.length };
    })
    .immediate();
}
