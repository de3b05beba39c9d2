/**
 * Contacts of no case on this desk: what the hub sent, what this desk took, what it ended and the hub has not heard yet.
 *
 * Invariants: a token is this desk's alone and says nothing of the person; what was ended here is not shown again, whenever the hub hears of it;
 * what is known of tasks that are gone is forgotten. What a sent note says is erased here with any person who is erased, for nobody can tell
 * whose it was, and after a month: its link stays.
 */
import { z } from 'zod';
import { contactNotedBodySchema } from '../../../shared/facts/contact-task-bodies.ts';
import type { ContactNotedBody } from '../../../shared/facts/contact-task-bodies.ts';
import type { FactId } from '../../../shared/id.ts';
import { factIdSchema, newRandomHex } from '../../../shared/id.ts';
import type { ContactTaskEntity } from '../../../shared/protocol/contact-task-protocol.ts';
import { CONTACT_TASK_KEPT_MS } from '../../../shared/protocol/contact-task-protocol.ts';
import type { Sqlite } from '../store/database.ts';
import { readEntities, readEntity } from '../store/entity-store.ts';
import { readAckedSeq, readDeviceId } from '../store/fact-store.ts';
import { readMeta, writeMeta } from '../store/meta.ts';
import { prepared } from '../store/statements.ts';

const knownSchema = z.record(factIdSchema, z.object({ token: z.string(), isEnded: z.boolean() }));
type Known = z.infer<typeof knownSchema>;

export function readContactTasks(db: Sqlite): ContactTaskEntity[] {
  const known = readKnown(db);
  return readEntities(db, 'contact-task').map(({ body }) => body).filter(({ taskId, isEnded }) => !isEnded && known[taskId]?.isEnded !== true);
}

export function readContactTask(db: Sqlite, taskId: FactId): ContactTaskEntity | null {
  const task = readEntity(db, 'contact-task', taskId)?.body ?? null;
  return task === null || task.isEnded || readKnown(db)[taskId]?.isEnded === true ? null : task;
}

/** Whether the hub's last word is that this desk has it. */
export function isMine(db: Sqlite, { taskId, taken }: ContactTaskEntity, nowMs: number): boolean {
  return taken !== null && taken.untilMs > nowMs && readKnown(db)[taskId]?.token === taken.token;
}

/** With what this desk takes the task; the same each time. */
export function tokenOf(db: Sqlite, taskId: FactId): string {
  const known = readKnown(db);
  const token = known[taskId]?.token ?? newRandomHex(16);
  if (known[taskId] === undefined) writeKnown(db, { ...known, [taskId]: { token, isEnded: false } });
  return token;
}

/** Call inside the transaction of the fact that ends it. */
export function noteEnded(db: Sqlite, taskId: FactId): void {
  const known = readKnown(db);
  writeKnown(db, { ...known, [taskId]: { token: known[taskId]?.token ?? newRandomHex(16), isEnded: true } });
}

/** Noted here, and not at the hub yet. */
export function readUnsentNotes(db: Sqlite): { factId: FactId; at: number; body: ContactNotedBody }[] {
  const rows = prepared<[string, number], { id: FactId; at: number; body: string }>(
    db, "SELECT id, at, body FROM facts WHERE device_id = ? AND seq > ? AND type = 'contact-noted' AND body IS NOT NULL ORDER BY seq",
  ).all(readDeviceId(db), readAckedSeq(db));
  return rows.map(({ id, at, body }) => ({ factId: id, at, body: contactNotedBodySchema.parse(JSON.parse(body)) }));
}

/** @param beforeMs of the notes that the hub has, those noted before then. Call inside a transaction. */
export function eraseSentNotes(db: Sqlite, beforeMs: number): number {
  return prepared<[string, number, number]>(
    db, "UPDATE facts SET salt = NULL, body = NULL WHERE type = 'contact-noted' AND case_id IS NULL AND body IS NOT NULL AND NOT (device_id = ? AND seq > ?) AND at < ?",
  ).run(readDeviceId(db), readAckedSeq(db), beforeMs).changes;
}

/** At the beginning of a session. */
export function forgetOldNotes(db: Sqlite, nowMs: number): void {
  db.transaction(() => {
    if (eraseSentNotes(db, nowMs - CONTACT_TASK_KEPT_MS) > 0) writeMeta(db, 'scrubDue', '1');
  }).immediate();
}

function readKnown(db: Sqlite): Known {
  const kept = readMeta(db, 'contactTasks');
  return kept === null ? {} : knownSchema.parse(JSON.parse(kept));
}

function writeKnown(db: Sqlite, known: Known): void {
  const there = new Set<string>(readEntities(db, 'contact-task').map(({ id }) => id));
  writeMeta(db, 'contactTasks', JSON.stringify(Object.fromEntries(Object.entries(known).filter(([taskId]) => there.has(taskId)))));
}
