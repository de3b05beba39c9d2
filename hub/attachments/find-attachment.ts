/**
 * What the hub knows of an attachment, or of a recording, by the fact that carries it; null when there is no such fact.
 *
 * Invariant: a recording arrives as an attachment does and is never given out as one (`keepUntil` is not null).
 */
import type { AttachmentBody } from '../../shared/facts/fact-bodies.ts';
import { readBody } from '../../shared/facts/fact-bodies.ts';
import { factHeaderSchema } from '../../shared/facts/fact-header.ts';
import type { CaseId, FactId, UserId } from '../../shared/id.ts';
import type { PlainDate } from '../../shared/time.ts';
import type { Tx } from '../store/tables.ts';

export type HeldFile = Pick<AttachmentBody, 'attachmentId' | 'fileName' | 'sizeBytes' | 'sha256'> & {
  /** Null: a recording, which is sealed. */
  mediaType: string | null;
};

export interface KnownAttachment {
  factId: FactId;
  actor: UserId;
  caseId: CaseId | null;
  /** Null once the person was erased. */
  body: HeldFile | null;
  /** The last day of a recording; null: it is no recording. */
  keepUntil: PlainDate | null;
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
  const known = { factId, actor: header.actor, caseId: row.case_id, stored: row.stored_at !== null, keepUntil: null };
  if (row.body === null) return header.type === 'attachment-added' || header.type === 'call-recorded' ? { ...known, body: null } : null;
  const body = readBody(header.type, header.version, JSON.parse(row.body));
  if (body.type === 'attachment-added') return { ...known, body: body.body };
  if (body.type !== 'call-recorded') return null;
  const { recordingId, sizeBytes, sha256, keepUntil } = body.body;
  return { ...known, body: { attachmentId: recordingId, fileName: recordingId, mediaType: null, sizeBytes, sha256 }, keepUntil };
}
