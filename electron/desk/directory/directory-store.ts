/**
 * The directory on this desk: keyed hash → case and creditor; no name, no number, no amount (ADR 0026).
 *
 * Invariants: a page and its cursor commit together; what a page says of a case replaces all that was held of it; a run from the start
 * leaves what was held in place until it has ended. A case that is erased goes with the erasure, and no page brings it back.
 */
import { createHmac } from 'node:crypto';
import { z } from 'zod';
import { REACH_HASH_BYTES } from '../../../shared/directory/reach.ts';
import type { CaseId, CreditorId } from '../../../shared/id.ts';
import { caseIdSchema, creditorIdSchema } from '../../../shared/id.ts';
import type { DirectoryPage } from '../../../shared/protocol/inbound-protocol.ts';
import { directoryPageSchema } from '../../../shared/protocol/inbound-protocol.ts';
import type { Sqlite } from '../store/database.ts';
import { holdsErased, isErased } from '../store/erase-person.ts';
import { readMeta, writeMeta } from '../store/meta.ts';
import { prepared } from '../store/statements.ts';

const stateSchema = directoryPageSchema.pick({ key: true, cursor: true, creditors: true }).extend({ fill: z.int().positive(), isWhole: z.boolean(), isFilling: z.boolean() });
export type DirectoryState = z.infer<typeof stateSchema>;

export interface Reached { caseId: CaseId; creditorId: CreditorId }

/** Null: none was ever brought, or it cannot be read and is brought anew. */
export function readDirectoryState(db: Sqlite): DirectoryState | null {
  const text = readMeta(db, 'directory');
  return text === null ? null : stateSchema.safeParse(JSON.parse(text)).data ?? null;
}

export function applyDirectoryPage(db: Sqlite, page: DirectoryPage): void {
  const apply = db.transaction(() => {
    const before = readDirectoryState(db);
    const fill = page.fromStart ? (before?.fill ?? 0) + 1 : (before?.fill ?? 1);
    const erased = holdsErased(db);
    const forget = prepared(db, 'DELETE FROM directory WHERE case_id = ?');
    const put = prepared(db, 'INSERT OR REPLACE INTO directory (hash, case_id, creditor_id, fill) VALUES (?, ?, ?, ?)');
    for (const [caseId, creditorId, hashes] of page.entries) {
      const id = bytesOf(caseId);
      forget.run(id);
      if (erased && isErased(db, caseId)) continue;
      for (const hash of hashes) put.run(Buffer.from(hash, 'hex'), id, bytesOf(creditorId), fill);
    }
    const isFilling = (page.fromStart || before?.isFilling === true) && page.more;
    const hasEnded = (page.fromStart || before?.isFilling === true) && !page.more;
    if (hasEnded) prepared(db, 'DELETE FROM directory WHERE fill <> ?').run(fill);
    const keepsKey = before === null || before.key === page.key;
    const state: DirectoryState = {
      key: page.key, cursor: page.cursor, creditors: page.creditors, fill, isFilling, isWhole: hasEnded || (before?.isWhole === true && keepsKey),
    };
    writeMeta(db, 'directory', JSON.stringify(state));
  });
  apply.immediate();
}

/** The hub's history is another one (its feed sent a snapshot over what was held): the next page begins anew. Call inside a transaction. */
export function beginDirectoryAnew(db: Sqlite): void {
  const state = readDirectoryState(db);
  if (state !== null) writeMeta(db, 'directory', JSON.stringify({ ...state, cursor: '' }));
}

/** Whom the numbers or tax codes reach; each case once. */
export function findReached(db: Sqlite, reaches: readonly string[]): Reached[] {
  const state = readDirectoryState(db);
  if (state === null) return [];
  const key = Buffer.from(state.key, 'hex');
  const find = prepared<[Buffer], { case_id: Buffer; creditor_id: Buffer }>(db, 'SELECT case_id, creditor_id FROM directory WHERE hash = ?');
  const rows = reaches.flatMap((reach) => find.all(createHmac('sha256', key).update(reach).digest().subarray(0, REACH_HASH_BYTES)));
  const found = rows.map((row) => ({ caseId: caseIdSchema.parse(idOf(row.case_id)), creditorId: creditorIdSchema.parse(idOf(row.creditor_id)) }));
  return found.filter(({ caseId }, place) => found.findIndex((other) => other.caseId === caseId) === place);
}

function bytesOf(id: string): Buffer {
  return Buffer.from(id.replaceAll('-', ''), 'hex');
}

function idOf(bytes: Buffer): string {
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
