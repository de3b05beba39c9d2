/** The messages of this desk: which were read here, and for how long any is kept; those that the hub no longer sends are forgotten. */
import { z } from 'zod';
import { MESSAGE_DAYS } from '../../../shared/contract/message-channels.ts';
import type { FactId } from '../../../shared/id.ts';
import { factIdSchema } from '../../../shared/id.ts';
import type { Sqlite } from './database.ts';
import { readEntities } from './entity-store.ts';
import { readMeta, writeMeta } from './meta.ts';
import { prepared } from './statements.ts';

const readSchema = z.array(factIdSchema);

export function readMessageIds(db: Sqlite): ReadonlySet<FactId> {
  const kept = readMeta(db, 'messagesRead');
  return new Set(kept === null ? [] : readSchema.parse(JSON.parse(kept)));
}

export function markMessageRead(db: Sqlite, messageId: FactId): void {
  const known = new Set(readEntities(db, 'message').map(({ body }) => body.messageId));
  const kept = [...readMessageIds(db), messageId].filter((id) => known.has(id));
  writeMeta(db, 'messagesRead', JSON.stringify([...new Set(kept)]));
}

/** What no screen shows any more goes from this disk too, without the hub's word. The sender's fact stays with whoever wrote it. */
export function forgetOldMessages(db: Sqlite, nowMs: number): void {
  prepared(db, "DELETE FROM entities WHERE kind = 'message' AND json_extract(body, '$.at') <= ?").run(nowMs - MESSAGE_DAYS * 86_400_000);
}
