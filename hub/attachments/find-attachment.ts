/** What the hub knows of an attachment by the fact that carries it; null when there is no such fact. */
import type { AttachmentBody } from '../../shared/facts/fact-bodies.ts';
import { readBody } from '../../shared/facts/fact-bodies.ts';
import { factHeaderSchema } from '../../shared/facts/fact-header.ts';
import type { CaseId, FactId, UserId } from '../../shared/id.ts';
import type { Tx } from '../store/tables.ts';

export interface KnownAttachment {
  factId: FactId;
  actor: UserId;
  caseId: CaseId | null;
  /** Null once the person was erased. */
  body: AttachmentBody | null;
  /** File and row are durable. */
  stored: boolean;
}

export async function findAttachment(tx: Tx, factId: FactId): Promise<KnownAttachment | null> {
  const row = await tx
    .selectFrom('fact_content')
    .innerJoin('facts', (join) => join.onRef('facts.device_id', '=', 'fact_content.device_id').onRef('facts.seq', '=', 'fact_content.seq'))
    .leftJoin('attachments', 'attachments.fact_id', 'fact_content.fact_id')
    .select(['facts.header', 'fact_content.body', 'fact_content.case_id', 'attachments.stored_at'])
    .where('fact_content.fact_id', '=', factId)
    .executeTakeFirst();
  if (row === undefined) return null;
  const header = factHeaderSchema.parse(JSON.parse(row.header));
  const known = { factId, actor: header.actor, caseId: row.case_id, stored: row.stored_at !== null };
  if (row.body === null) return header.type === 'attachment-added' ? { ...known, body: null } : null;
  const body = readBody(header.type, header.version, JSON.parse(row.body));
  return body.type === 'attachment-added' ? { ...known, body: body.body } : null;
}
