/**
 * What this desk knows of the files it attached.
 *
 * Invariants: a row and its fact commit together; `stored` is written only on the hub's word; the
 * key stands here, in the sealed store, and nowhere else, so a blob without its row is noise.
 */
import { readBody } from '../../../shared/facts/fact-bodies.ts';
import type { AttachmentId, CaseId, FactId } from '../../../shared/id.ts';
import { attachmentIdSchema, caseIdSchema, factIdSchema } from '../../../shared/id.ts';
import type { Sqlite } from './database.ts';
import { prepared } from './statements.ts';

export type AttachmentState = 'waiting' | 'stored' | 'damaged';

/** A file whose blob is held here. */
export interface HeldAttachment {
  factId: FactId;
  attachmentId: AttachmentId;
  caseId: CaseId;
  sizeBytes: number;
  key: Buffer;
  sentBytes: number;
}

interface Row {
  fact_id: string;
  attachment_id: string;
  case_id: string;
  size_bytes: number;
  key: Buffer;
  sent_bytes: number;
}

const COLUMNS = 'fact_id, attachment_id, case_id, size_bytes, key, sent_bytes';

/** Call inside the transaction of the fact. */
export function insertAttachment(db: Sqlite, attachment: Omit<HeldAttachment, 'sentBytes'> & { sha256: string }): void {
  const { factId, attachmentId, caseId, sizeBytes, sha256, key } = attachment;
  prepared(db, `INSERT INTO attachments (fact_id, attachment_id, case_id, size_bytes, sha256, key, state, sent_bytes)
    VALUES (?, ?, ?, ?, ?, ?, 'waiting', 0)`).run(factId, attachmentId, caseId, sizeBytes, sha256, key);
}

/**
 * After a salvage: an attached file whose row was lost gets one again, with a key that opens nothing. The hub is then
 * asked about it: it has the file, or the operator is told that it cannot leave. Reads every fact, so only then.
 */
export function adoptLostAttachments(db: Sqlite): void {
  const rows = prepared<[], { id: string; case_id: string; version: number; body: string }>(db, `SELECT DISTINCT id, case_id, version, body FROM facts
    WHERE type = 'attachment-added' AND body IS NOT NULL AND case_id IS NOT NULL AND id NOT IN (SELECT fact_id FROM attachments)`).all();
  db.transaction(() => {
    for (const row of rows) {
      const known = readBody('attachment-added', row.version, JSON.parse(row.body));
      if (known.type !== 'attachment-added') continue;
      const { attachmentId, sizeBytes, sha256 } = known.body;
      insertAttachment(db, {
        factId: factIdSchema.parse(row.id), attachmentId, caseId: caseIdSchema.parse(row.case_id), sizeBytes, sha256, key: Buffer.alloc(32),
      });
    }
  }).immediate();
}

/** Files that the hub has not confirmed, oldest first. */
export function readWaitingAttachments(db: Sqlite): HeldAttachment[] {
  return prepared<[], Row>(db, `SELECT ${COLUMNS} FROM attachments WHERE state = 'waiting' AND key IS NOT NULL ORDER BY fact_id`).all().map(toHeld);
}

/** Files that the hub confirmed and whose blob is still held, should the hub ever lose them. */
export function readStoredAttachments(db: Sqlite): HeldAttachment[] {
  return prepared<[], Row>(db, `SELECT ${COLUMNS} FROM attachments WHERE state = 'stored' AND key IS NOT NULL ORDER BY fact_id`).all().map(toHeld);
}

/** A file whose blob is held here, by its fact. */
export function findHeldAttachment(db: Sqlite, factId: FactId): HeldAttachment | null {
  const row = prepared<[string], Row>(db, `SELECT ${COLUMNS} FROM attachments WHERE fact_id = ? AND key IS NOT NULL`).get(factId);
  return row === undefined ? null : toHeld(row);
}

/** How the files of one case stand. */
export function readCaseUploads(db: Sqlite, caseId: CaseId): Map<string, { state: AttachmentState; sentBytes: number; sizeBytes: number }> {
  const rows = prepared<[string], { fact_id: string; state: AttachmentState; sent_bytes: number; size_bytes: number }>(
    db, 'SELECT fact_id, state, sent_bytes, size_bytes FROM attachments WHERE case_id = ?').all(caseId);
  return new Map(rows.map((row) => [row.fact_id, { state: row.state, sentBytes: row.sent_bytes, sizeBytes: row.size_bytes }]));
}

/** Names of the blobs that have a row and a key: all others may go. */
export function readHeldBlobNames(db: Sqlite): Set<string> {
  const rows = prepared<[], { attachment_id: string }>(db, 'SELECT attachment_id FROM attachments WHERE key IS NOT NULL').all();
  return new Set(rows.map((row) => row.attachment_id));
}

/** How far the hub is, by its own word. */
export function writeSentBytes(db: Sqlite, factId: FactId, sentBytes: number): void {
  prepared(db, `UPDATE attachments SET sent_bytes = ? WHERE fact_id = ?`).run(sentBytes, factId);
}

/** The hub said that file and row are durable. */
export function markStored(db: Sqlite, factId: FactId, nowMs: number): void {
  prepared(db, `UPDATE attachments SET state = 'stored', sent_bytes = size_bytes, stored_at = ? WHERE fact_id = ?`).run(nowMs, factId);
}

/** The hub no longer has what it had confirmed: it goes again. */
export function markWaiting(db: Sqlite, factId: FactId): void {
  prepared(db, `UPDATE attachments SET state = 'waiting', sent_bytes = 0, stored_at = NULL WHERE fact_id = ?`).run(factId);
}

/** The blob cannot be read back whole: it will never leave, and the operator is told. */
export function markDamaged(db: Sqlite, factId: FactId): void {
  prepared(db, `UPDATE attachments SET state = 'damaged', key = NULL WHERE fact_id = ?`).run(factId);
}

/** Lets go of the blobs that the hub confirmed before an instant: their key goes, the row stays. */
export function releaseStored(db: Sqlite, beforeMs: number): void {
  prepared(db, `UPDATE attachments SET key = NULL WHERE state = 'stored' AND key IS NOT NULL AND stored_at < ?`).run(beforeMs);
}

/**
 * For the erasure of a person: forgets the files of these facts. With the row goes the key, so the blobs are noise at
 * once; `AttachmentBlobs.sweep` removes them at the next turn of the upload or the next sign-in. Call inside the
 * transaction that erases the facts.
 */
export function forgetAttachments(db: Sqlite, factIds: readonly FactId[]): void {
  for (const factId of factIds) prepared(db, 'DELETE FROM attachments WHERE fact_id = ?').run(factId);
}

function toHeld(row: Row): HeldAttachment {
  return {
    factId: factIdSchema.parse(row.fact_id), attachmentId: attachmentIdSchema.parse(row.attachment_id), caseId: caseIdSchema.parse(row.case_id),
    sizeBytes: row.size_bytes, key: row.key, sentBytes: row.sent_bytes,
  };
}
