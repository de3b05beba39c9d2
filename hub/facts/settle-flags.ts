/** Flags that a lead has looked at: still there for whoever made the fact, and out of the inbox. */
import { readBody } from '../../shared/facts/fact-bodies.ts';
import type { Fact } from '../../shared/facts/fact-header.ts';
import { flagEntitySchema } from '../../shared/protocol/feed-protocol.ts';
import { parseAudiences } from '../feed/audience.ts';
import type { Entity } from '../feed/upsert-entity.ts';
import type { Tx } from '../store/tables.ts';

export async function settleFlags(tx: Tx, facts: readonly Fact[]): Promise<Entity[]> {
  const settled = new Map<string, Entity>();
  for (const { header, body } of facts) {
    const known = readBody(header.type, header.version, body);
    if (known.type !== 'flag-settled') continue;
    const { flagId, note } = known.body;
    const row = await tx.selectFrom('entities').select(['body', 'audiences']).where('kind', '=', 'flag').where('id', '=', flagId).executeTakeFirst();
    // Its person was erased meanwhile, or the hub was restored to before it.
    if (row === undefined) continue;
    const flag = flagEntitySchema.parse(JSON.parse(row.body));
    settled.set(flagId, { kind: 'flag', id: flagId, body: { ...flag, settled: { at: header.at, note } }, audiences: parseAudiences(row.audiences) });
  }
  return [...settled.values()];
}
