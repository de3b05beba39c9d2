/**
 * Messages on their way to whom they are for.
 *
 * Invariants: one entity per fact, so a push that comes twice sends once; where a message about a case reaches the leads because nobody has
 * it, they are not told who wrote it: an operator would stand beside a time (domain §3.11). It goes with the person it is about.
 */
import { readBody } from '../../shared/facts/fact-bodies.ts';
import type { Fact } from '../../shared/facts/fact-header.ts';
import type { UserId } from '../../shared/id.ts';
import type { MessageSentBody } from '../../shared/facts/message-bodies.ts';
import { roles } from '../../shared/protocol/session-protocol.ts';
import type { MessageEntity } from '../../shared/protocol/feed-protocol.ts';
import type { Audience } from '../feed/audience.ts';
import type { Entity } from '../feed/upsert-entity.ts';
import type { Tx } from '../store/tables.ts';

const everybody: readonly Audience[] = roles.map((role) => `role:${role}` as const);

export async function buildMessages(tx: Tx, actor: UserId, facts: readonly Fact[]): Promise<Entity[]> {
  const entities: Entity[] = [];
  for (const { header, body } of facts) {
    const known = readBody(header.type, header.version, body);
    if (known.type !== 'message-sent') continue;
    const { to, text } = known.body;
    const audiences = await audiencesOfMessage(tx, to, header.caseId);
    const sender = await tx.selectFrom('users').select('display_name').where('user_id', '=', actor).executeTakeFirstOrThrow();
    const isHidden = to.kind === 'case-holder' && audiences.includes('role:lead');
    const message: MessageEntity = {
      messageId: header.id, at: header.at, zone: header.zone, text, to: to.kind, caseId: header.caseId ?? null,
      from: isHidden ? null : { userId: actor, displayName: sender.display_name },
    };
    entities.push({ kind: 'message', id: header.id, body: message, audiences });
  }
  return entities;
}

async function audiencesOfMessage(tx: Tx, to: MessageSentBody['to'], caseId: string | undefined): Promise<Audience[]> {
  switch (to.kind) {
    case 'all': return [...everybody];
    case 'person': return [`user:${to.userId}`];
    case 'case-holder': {
      const holder = caseId === undefined ? undefined : await tx
        .selectFrom('cases').innerJoin('assignments', 'assignments.customer_id', 'cases.customer_id').select('assignments.owner_id')
        .where('cases.case_id', '=', caseId as never).executeTakeFirst();
      return holder === undefined ? ['role:lead'] : [`user:${holder.owner_id}`];
    }
  }
}
