/**
 * Opens a store; a damaged one is set aside whole and followed by a new one with everything that can still be read.
 *
 *   damaged ──▶ desk.db.salvaged made ──▶ desk.db → desk.db.damaged-<instant> ──▶ log likewise ──▶ salvaged → desk.db
 *      ▲  (a crash here: made anew)             (a crash from here on: the next opening finishes it)
 *
 * Invariants: the damaged files are kept as they were found; the new store has the same key and a new device id, under
 * which the facts that verify are chained again with the same ids (as after a fork: the hub takes each once); what is
 * missing is named as far as anything about it can be read; a call whose outcome is still to be told is still open (`salvage-calls.ts`); the feed
 * starts anew, so cases come whole from the hub.
 */
import { closeSync, existsSync, fsyncSync, openSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { SalvageNotice } from '../../../shared/contract/salvage-notice.ts';
import { salvageNoticeSchema } from '../../../shared/contract/salvage-notice.ts';
import type { Fact } from '../../../shared/facts/fact-header.ts';
import type { CaseId, DeviceId } from '../../../shared/id.ts';
import { newId } from '../../../shared/id.ts';
import type { Result } from '../../../shared/result.ts';
import { ok } from '../../../shared/result.ts';
import type { Clock } from '../../../shared/time.ts';
import type { OpenedStore, OpenOptions, Sqlite } from './database.ts';
import { openStore } from './database.ts';
import { appendLink, writeAckedSeq } from './fact-store.ts';
import { salvagedPath } from './find-damage.ts';
import { readMeta, writeMeta } from './meta.ts';
import type { ReadFact } from './read-damaged-facts.ts';
import { readDamagedFacts } from './read-damaged-facts.ts';
import type { Remains } from './read-remains.ts';
import { copyTables, findPerhapsLost, nameMissing, readCustomerNames, readRemains } from './read-remains.ts';
import { readRecording, removeRecording } from './recording-store.ts';
import { salvageCalls } from './salvage-calls.ts';
import { storeFailure } from './store-failure.ts';
import { traceCalls } from './trace-calls.ts';
import { readWitness, witnessPath } from './witness.ts';

/** Sets of damaged files that are kept, newest first. */
const DAMAGED_KEPT = 5;

/** Opens the store of an operator, damaged or not; a full or read-only disk is said, and nothing is moved then. */
export function openOrSalvage(options: OpenOptions, clock: Clock): Result<OpenedStore> {
  try {
    if (!existsSync(options.path) && existsSync(salvagedPath(options.path))) finishMove(options.path, clock);
    const opened = openStore(options);
    if (opened.ok || opened.error.code !== 'store-damaged') return opened;
    const salvaged = makeSalvaged(options, clock);
    if (!salvaged.ok) return salvaged;
    if (existsSync(options.path)) renameSync(options.path, asidePath(options.path, clock));
    finishMove(options.path, clock);
    forgetOldest(options.path);
    return openStore(options);
  } catch (error) {
    return storeFailure(error);
  }
}

/** What the operator has not yet been told to the end; null when there is nothing. */
export function readSalvageNotice(db: Sqlite): SalvageNotice | null {
  const text = readMeta(db, 'salvageNotice');
  return text === null || text === '' ? null : salvageNoticeSchema.parse(JSON.parse(text));
}

export function acknowledgeSalvage(db: Sqlite): void {
  writeMeta(db, 'salvageNotice', '');
}

/** Makes the new store beside the damaged one, closed and on the disk. */
function makeSalvaged(options: OpenOptions, clock: Clock): Result<null> {
  const facts = readDamagedFacts(options);
  const remains = readRemains(options);
  const path = salvagedPath(options.path);
  for (const ending of ['', '-wal', '-shm']) rmSync(`${path}${ending}`, { force: true });
  const opened = openStore({ ...options, path });
  if (!opened.ok) return opened;
  const { db } = opened.value;
  try {
    db.transaction(() => { fill(db, options.path, facts, remains, clock); }).immediate();
  } finally {
    db.close();
  }
  return ok(null);
}

function fill(db: Sqlite, damagedPath: string, facts: readonly ReadFact[], remains: Remains, clock: Clock): void {
  const witness = readWitness(damagedPath);
  // Device ids are time-ordered, so where nothing else says which is the present one, it is the greatest.
  const deviceId = remains.meta.get('deviceId') ?? witness?.deviceId ?? facts.map((fact) => fact.header.deviceId).toSorted().at(-1) ?? null;
  const own = facts.filter((fact) => fact.header.deviceId === deviceId).toSorted((a, b) => a.header.seq - b.header.seq);
  const ofWitness = witness?.deviceId === deviceId ? witness : null;
  const ackedSeq = Math.max(Number(remains.meta.get('ackedSeq') ?? '0'), ofWitness?.ackedSeq ?? 0);
  const lastSeq = Math.max(own.at(-1)?.header.seq ?? 0, ofWitness?.lastSeq ?? 0, ...remains.caseIds.keys());

  writeMeta(db, 'deviceId', newId<DeviceId>());
  writeAckedSeq(db, 0);
  for (const [key, value] of remains.meta) if (key !== 'deviceId' && key !== 'ackedSeq') writeMeta(db, key, value);
  // An erased link says so too: the row of an erasure may be on a page that is gone.
  const erasedCases = new Set([
    ...remains.tables.erased_cases.map((row) => String(row['case_id'])), ...own.flatMap(({ header, content }) => (content === null && header.caseId !== undefined ? [header.caseId] : [])),
  ]);
  for (const fact of own) chainAgain(db, fact, erasedCases);
  copyTables(db, remains, erasedCases);
  forgetFinishedRecording(db, own, erasedCases);

  const held = new Set(own.map((fact) => fact.header.seq));
  const missing = Array.from({ length: lastSeq }, (_, index) => index + 1).filter((seq) => !held.has(seq));
  const isOf = (seq: number, caseId: CaseId): boolean => (remains.caseIds.get(seq) ?? caseId) === caseId;
  const names = readCustomerNames(remains);
  const lostOfCalls = salvageCalls(db, {
    rows: remains.openCalls, erasedCases, nowMs: clock.nowMs(),
    traces: traceCalls(own.filter(({ header }) => header.caseId === undefined || !erasedCases.has(header.caseId))),
    mayBeTold: (caseId, after) => missing.some((seq) => seq > after && seq <= ackedSeq && isOf(seq, caseId)),
  });
  const before = readSalvageNotice(db);
  const notice: SalvageNotice = {
    at: clock.nowMs(), salvaged: own.filter((fact) => fact.header.seq > ackedSeq).length,
    // What nobody has read yet of an earlier salvage stays said.
    lost: [
      ...before?.lost ?? [], ...nameMissing(remains, missing.filter((seq) => seq > ackedSeq), new Set(own.map((fact) => fact.header.id))),
      ...lostOfCalls.map(({ kind, at, caseId }) => ({ kind, at, customerName: names.get(caseId) ?? null })),
    ],
    perhapsLost: [...new Set([...before?.perhapsLost ?? [], ...findPerhapsLost(remains)])],
  };
  writeMeta(db, 'salvageNotice', JSON.stringify(notice));
}

/** The row may be of before its sound became a fact: the fact has it, or its person is erased. */
function forgetFinishedRecording(db: Sqlite, own: readonly ReadFact[], erasedCases: ReadonlySet<string>): void {
  const recording = readRecording(db);
  if (recording === null) return;
  const isFact = own.some(({ header, content }) => header.type === 'call-recorded' && content?.body.includes(recording.recordingId) === true);
  if (isFact || erasedCases.has(recording.caseId)) removeRecording(db);
}

function chainAgain(db: Sqlite, { header, content }: ReadFact, erasedCases: ReadonlySet<string>): void {
  const { deviceId, seq, bodyHash, prev: _prev, hash: _hash, ...rest } = header;
  const isErased = content === null || (header.caseId !== undefined && erasedCases.has(header.caseId));
  appendLink(db, { ...rest, origin: rest.origin ?? { deviceId, seq } }, bodyHash,
    isErased ? null : { salt: content.salt, body: JSON.parse(content.body) as Fact['body'] });
}

/** From the moment the damaged file is out of the way: the rest of its set, and the new store in its place. */
function finishMove(path: string, clock: Clock): void {
  const aside = newestAside(path) ?? asidePath(path, clock);
  for (const ending of ['-wal', '-shm']) if (existsSync(`${path}${ending}`)) renameSync(`${path}${ending}`, `${aside}${ending}`);
  // It speaks of the store that is gone; without it nothing is missed in the new one.
  rmSync(witnessPath(path), { force: true });
  renameSync(salvagedPath(path), path);
  const folder = openSync(dirname(path), 'r');
  fsyncSync(folder);
  closeSync(folder);
}

function asidePath(path: string, clock: Clock): string {
  return `${path}.damaged-${new Date(clock.nowMs()).toISOString().replaceAll(':', '')}`;
}

function newestAside(path: string): string | null {
  const newest = damagedSets(path)[0];
  return newest === undefined ? null : join(dirname(path), newest);
}

function forgetOldest(path: string): void {
  for (const name of damagedSets(path).slice(DAMAGED_KEPT)) {
    for (const ending of ['', '-wal', '-shm']) rmSync(join(dirname(path), `${name}${ending}`), { force: true });
  }
}

/** Names of the sets' main files, newest first: instants sort as text. */
function damagedSets(path: string): string[] {
  return readdirSync(dirname(path)).filter((name) => name.startsWith(`${basename(path)}.damaged-`) && !/-(wal|shm)$/.test(name)).toSorted().toReversed();
}
