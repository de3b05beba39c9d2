import type { QueryOutput } from '../../../shared/contract/contract.ts';
import { MESSAGE_DAYS } from '../../../shared/contract/message-channels.ts';
import type { Session } from '../session.ts';
import { viewContext } from '../session.ts';
import { readEntities } from '../store/entity-store.ts';
import { readMessageIds } from '../store/read-messages.ts';

const DAY_MS = 86_400_000;

/** What others wrote to this person and was not read here yet, oldest first. */
export function listMessages(session: Session): QueryOutput<'list-messages'> {
  const read = readMessageIds(session.db);
  const context = viewContext(session);
  const unread = readEntities(session.db, 'message')
    .map(({ body }) => body)
    .filter((message) => !read.has(message.messageId) && message.from?.userId !== session.user.userId && message.at > context.nowMs - MESSAGE_DAYS * DAY_MS)
    .sort((a, b) => a.at - b.at)
    .map((message) => ({
      messageId: message.messageId, at: message.at, text: message.text, from: message.from?.displayName ?? null, to: message.to, caseId: message.caseId,
      customerName: message.caseId === null ? null : session.book.get(message.caseId, context)?.entity.customer.name ?? null,
    }));
  return { unread };
}
