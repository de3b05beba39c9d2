/**
 * The hub knows another history of this device: a restored backup or a cloned disk (design §4).
 *
 * Invariant: the device takes a new id and its unsent facts are chained again under it with
 * the *same* fact ids and their `origin`; the old rows stay, so nothing is ever rewritten.
 */
import type { DeviceId } from '../../../shared/id.ts';
import { newId } from '../../../shared/id.ts';
import type { Sqlite } from './database.ts';
import { appendFact, readAckedSeq, readDeviceId, readUnsentFacts, writeAckedSeq } from './fact-store.ts';
import { writeMeta } from './meta.ts';

/**
 * Forks in one transaction. Everything up to `ackedSeq` the hub confirmed in *this* history, so
 * only later facts go along; one that both histories share by id has no second effect at the hub.
 * @returns the new device id and how many facts were chained again
 */
export function forkDevice(db: Sqlite): { deviceId: DeviceId; rechained: number } {
  return db
    .transaction(() => {
      const oldDeviceId = readDeviceId(db);
      const unsent = readUnsentFacts(db, readAckedSeq(db), Number.MAX_SAFE_INTEGER);
      const deviceId = newId<DeviceId>();
      writeMeta(db, 'deviceId', deviceId);
      writeAckedSeq(db, 0);
      for (const old of unsent) {
        const { deviceId: _device, seq, bodyHash: _bodyHash, prev: _prev, hash: _hash, ...rest } = old.header;
        const origin = rest.origin ?? { deviceId: oldDeviceId, seq };
        appendFact(db, { ...rest, origin }, old.body, old.salt);
      }
      return { deviceId, rechained: unsent.length };
    })
    .immediate();
}
