/** Flags as entities: for the person who recorded the fact, and for the leads, without naming anybody. */
import type { FlagId, UserId } from '../../shared/id.ts';
import { newId } from '../../shared/id.ts';
import type { FlagEntity } from '../../shared/protocol/feed-protocol.ts';
import type { Entity } from '../feed/upsert-entity.ts';
import type { FoundFlag } from './find-flags.ts';

export function buildFlags(flags: readonly FoundFlag[], context: { actor: UserId; nowMs: number }): Entity[] {
  return flags.map((flag) => {
    const body: FlagEntity = { flagId: newId<FlagId>(), at: context.nowMs, ...flag, settled: null };
    return { kind: 'flag', id: body.flagId, body, audiences: [`user:${context.actor}`, 'role:lead'] };
  });
}
