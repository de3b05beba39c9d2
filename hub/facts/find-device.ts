/** The last link the hub holds of a device; nobody but its owner is told. */
import type { DeviceId, UserId } from '../../shared/id.ts';
import type { DeviceLink } from '../../shared/protocol/push-protocol.ts';
import type { HubResult } from '../hub-result.ts';
import { accept, refuse } from '../hub-result.ts';
import type { Tx } from '../store/tables.ts';

export async function findDevice(tx: Tx, deviceId: DeviceId, userId: UserId): Promise<HubResult<DeviceLink>> {
  const row = await tx.selectFrom('devices').selectAll().where('device_id', '=', deviceId).executeTakeFirst();
  if (row === undefined) return accept({ lastSeq: 0, lastHash: null });
  if (row.user_id !== userId) return refuse(403, 'foreign-device', 'This device belongs to another person.');
  return accept({ lastSeq: row.last_seq, lastHash: row.last_hash });
}
