/**
 * The append-only facts of this operator.
 *
 * Invariants: `seq` has no gaps per device; a fact is appended only inside the transaction of
 * the command that made it; after a fork the unsent facts stand a second time under the new
 * device with the same ids, and readers take each id once.
 */
import type { CaseFact } from '../../../shared/case/case-entity.ts';
import type { UnsealedHeader } from '../../../shared/facts/chain.ts';
import { canonicalText, hashBody, sealHeader } from '../../../shared/facts/chain.ts';
import type { ChainedFact, Fact, FactHeader } from '../../../shared/facts/fact-header.ts';
import { chainedFactSchema, factHeaderSchema } from '../../../shared/facts/fact-header.ts';
import type { CaseId, DeviceId } from '../../../shared/id.ts';
import { newRandomHex } from '../../../shared/id.ts';
import type { Sqlite } from './database.ts';
import { readMeta, writeMeta } from './meta.ts';
import { prepared } from './statements.ts';

export interface Link {
  seq: number;
  hash: string;
}

interface FactRow {
  header: string;
  salt: string | null;
  body: string | null;
}

export function readDeviceId(db: Sqlite): DeviceId {
  const deviceId = readMeta(db, 'deviceId');
  if (deviceId === null) throw new Error('the store has no device id');
  return deviceId as DeviceId;
}

/** The newest link of a device, or null when it has none. */
export function readLastLink(db: Sqlite, deviceId: DeviceId): Link | null {
  const row = prepared<[string], Link>(db, 'SELECT seq, hash FROM facts WHERE device_id = ? ORDER BY seq DESC LIMIT 1')
    .get(deviceId);
  return row ?? null;
}

export function readLinkHash(db: Sqlite, deviceId: DeviceId, seq: number): string | null {
  const row = prepared<[string, number], { hash: string }>(db, 'SELECT hash FROM facts WHERE device_id = ? AND seq = ?').get(deviceId, seq);
  return row?.hash ?? null;
}

/** Seals a fact after the device's last link and stores it. Call inside a transaction. */
export function appendFact(
  db: Sqlite,
  unsealed: Omit<UnsealedHeader, 'deviceId' | 'seq'>,
  body: Fact['body'],
  salt: string = newRandomHex(32),
): Fact {
  return { header: appendLink(db, unsealed, hashBody(salt, body), { salt, body }), salt, body };
}

/** Stores a fact after the device's last link; `content` is null where it was erased. Call inside a transaction. */
export function appendLink(
  db: Sqlite,
  unsealed: Omit<UnsealedHeader, 'deviceId' | 'seq'>,
  bodyHash: string,
  content: { salt: string; body: Fact['body'] } | null,
): FactHeader {
  const deviceId = readDeviceId(db);
  const last = readLastLink(db, deviceId);
  const header = sealHeader({ ...unsealed, deviceId, seq: (last?.seq ?? 0) + 1 }, bodyHash, last?.hash ?? null);
  prepared(db, `INSERT INTO facts (device_id, seq, id, type, version, case_id, customer_id, call_id, at, hash, header, salt, body)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  ).run(
    header.deviceId, header.seq, header.id, header.type, header.version, header.caseId ?? null, header.customerId ?? null,
    header.callId ?? null, header.at, header.hash, canonicalText(header), content?.salt ?? null,
    content === null ? null : canonicalText(content.body),
  );
  return header;
}

/** Facts of the present device after `afterSeq`, in order; of an erased person only the links. */
export function readUnsentFacts(db: Sqlite, afterSeq: number, limit: number): ChainedFact[] {
  return prepared<[string, number, number], FactRow>(db, 'SELECT header, salt, body FROM facts WHERE device_id = ? AND seq > ? ORDER BY seq LIMIT ?',
    )
    .all(readDeviceId(db), afterSeq, limit)
    .map((row) => chainedFactSchema.parse({ header: parseJson(row.header), salt: row.salt, body: row.body === null ? null : parseJson(row.body) }));
}

export function readAckedSeq(db: Sqlite): number {
  return Number(readMeta(db, 'ackedSeq') ?? '0');
}

export function writeAckedSeq(db: Sqlite, seq: number): void {
  writeMeta(db, 'ackedSeq', String(seq));
}

/** Contacts, notes and the like that the hub has not confirmed (all facts of one call are one), and files that are not durable there yet; each once. */
export function countUnsent(db: Sqlite): number {
  const deviceId = readDeviceId(db);
  const ackedSeq = readAckedSeq(db);
  const facts = prepared<[string, number], { count: number }>(db, 'SELECT count(DISTINCT coalesce(call_id, id)) AS count FROM facts WHERE device_id = ? AND seq > ?')
    .get(deviceId, ackedSeq);
  const files = prepared<[string, number], { count: number }>(db, `SELECT count(*) AS count FROM attachments a WHERE a.state = 'waiting'
     AND a.fact_id NOT IN (SELECT f.id FROM facts f WHERE f.device_id = ? AND f.seq > ?)`).get(deviceId, ackedSeq);
  return (facts?.count ?? 0) + (files?.count ?? 0);
}

/** The facts of one case, each id once, in the form a case carries them; erased ones left out. */
export function readCaseFacts(db: Sqlite, caseId: CaseId): CaseFact[] {
  return readFactRows(db, 'WHERE case_id = ? AND body IS NOT NULL', [caseId]).map((entry) => entry.fact);
}

/** More than anybody saves between two midnights, clock changes included. */
const MOST_OF_A_DAY = 5_000;

/** Own case facts from an instant on, looked for among the newest: no index pays for it in every save. */
export function readCaseFactsSince(db: Sqlite, sinceMs: number): CaseFact[] {
  return readFactRows(db, `WHERE rowid > (SELECT ifnull(max(rowid), 0) FROM facts) - ${String(MOST_OF_A_DAY)} AND at >= ? AND case_id IS NOT NULL AND body IS NOT NULL`, [sinceMs]).map((entry) => entry.fact);
}

function readFactRows(db: Sqlite, where: string, params: (string | number)[]): { caseId: CaseId; fact: CaseFact }[] {
  const rows = prepared<(string | number)[], { header: string; body: string }>(db, `SELECT header, body FROM facts ${where}`).all(...params);
  return rows.map((row) => {
    const header = factHeaderSchema.parse(JSON.parse(row.header));
    if (header.caseId === undefined) throw new Error('a case fact without a case id');
    return { caseId: header.caseId, fact: toCaseFact({ header, body: JSON.parse(row.body) as Fact['body'] }) };
  });
}

function parseJson(text: string): unknown {
  return JSON.parse(text);
}

export function toCaseFact(fact: Pick<Fact, 'header' | 'body'>): CaseFact {
  const { header, body } = fact;
  return {
    id: header.id, type: header.type, version: header.version, callId: header.callId ?? null, at: header.at, zone: header.zone,
    actor: header.actor, basedOn: header.basedOn, body,
  };
}

/** Ids of this store's facts that the hub has not confirmed. */
export function readUnsentIds(db: Sqlite): Set<string> {
  const rows = prepared<[string, number], { id: string }>(db, 'SELECT id FROM facts WHERE device_id = ? AND seq > ?')
    .all(readDeviceId(db), readAckedSeq(db));
  return new Set(rows.map((row) => row.id));
}
