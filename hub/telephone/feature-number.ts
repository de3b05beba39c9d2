/** The number by which a feature of the exchange is reached for somebody's extension. */
import type { UserId } from '../../shared/id.ts';
import type { ListeningWay } from '../../shared/protocol/floor-protocol.ts';
import type { DialNumber } from '../../shared/telephone/dial-target.ts';
import { dialNumberSchema } from '../../shared/telephone/dial-target.ts';
import type { HubResult } from '../hub-result.ts';
import { accept, refuse } from '../hub-result.ts';
import type { Tx } from '../store/tables.ts';
import { readExchange } from './read-telephone.ts';

export async function findFeatureNumber(tx: Tx, userId: UserId, how: ListeningWay): Promise<HubResult<DialNumber>> {
  const code = (await readExchange(tx))?.features?.[how] ?? null;
  if (code === null) return refuse(409, 'no-feature-code', 'The exchange has no code for this. An administrator sets it: telephone features.');
  const row = await tx.selectFrom('telephone_accounts').select('sip_user').where('user_id', '=', userId).executeTakeFirst();
  const number = dialNumberSchema.safeParse(code.replace('{extension}', row?.sip_user ?? ''));
  if (row === undefined || !/^\d{2,6}$/.test(row.sip_user) || !number.success) return refuse(409, 'no-extension', 'This person has no extension at the exchange.');
  return accept(number.data);
}
