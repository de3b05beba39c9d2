/**
 * Asks a damaged store, as far as it opens, for everything but its facts: what may be copied as it stands, and what
 * names the facts that cannot be read.
 *
 * Invariants: each page is authenticated by the cipher, so an answer is right or it is an error; a query that fails
 * on the way is asked again from its end, so one damaged page costs its own rows only.
 */
import { z } from 'zod';
import type { SalvageNotice } from '../../../shared/contract/salvage-notice.ts';
import { tablesPerhapsLost } from '../../../shared/contract/salvage-notice.ts';
import type { OpenOptions, Sqlite } from './database.ts';
import { closeAsFound, openKeyed } from './database.ts';
import type { MetaKey } from './meta.ts';
import { storeFailure } from './store-failure.ts';

type Lost = SalvageNotice['lost'][number];
type Row = Readonly<Record<string, unknown>>;

/**
 * What is carried over of `meta`; not the feed's cursor, so that everything comes again; not the lease, because the cases of an older page may be
 * somebody else's by now. ADR 0013 has the list with its reasons.
 */
const metaKept: readonly MetaKey[] = [
  'deviceId', 'ackedSeq', 'user', 'agencyName', 'refreshToken', 'refreshExpiresAt', 'scrubDue', 'salvageNotice', 'telephone', 'recording', 'messagesRead', 'contactTasks',
];

/** Tables copied as they stand, with the columns of their keys. */
const copiedTables = {
  entities: ['kind', 'id'], command_log: ['command_id'], drafts: ['case_id'], attachments: ['fact_id'], erased_cases: ['case_id'],
  settings: ['key'], call_scripts: ['call_id'], telephone_calls: ['call_id'], served_cases: ['case_id'],
} as const;
type CopiedTable = keyof typeof copiedTables;

const kindOfCommand: Readonly<Record<string, Lost['kind']>> = {
  'record-outcome': 'outcome', 'correct-outcome': 'correction', 'add-note': 'note', 'attach-file': 'attachment',
};

export interface Remains {
  meta: ReadonlyMap<MetaKey, string>;
  tables: Readonly<Record<CopiedTable, readonly Row[]>>;
  /** Not copied as they stand: what the facts tell comes first. */
  openCalls: readonly Row[];
  /** Tables of which not every row was read. */
  unreadable: ReadonlySet<string>;
  /** What the indexes still know of the facts of the present device, by `seq`. */
  caseIds: ReadonlyMap<number, string | null>;
}

export function readRemains(options: OpenOptions): Remains {
  const { db } = openKeyed(options);
  try {
    db.pragma('locking_mode = EXCLUSIVE');
    const { rows } = readBothWays(db, 'SELECT key, value FROM meta', ['key']);
    const meta = new Map(rows.flatMap((row) => metaKept.filter((key) => key === row['key']).map((key) => [key, String(row['value'])] as const)));
    const unreadable = new Set<string>();
    const schema = readUntilFailure(db, "SELECT name FROM sqlite_master WHERE type = 'table'", []);
    const known = new Set(schema.rows.map(({ name }) => name));
    const read = (table: string, keys: readonly string[]): readonly Row[] => {
      // A table of another schema than the store's is none, and nothing of it is missing.
      if (schema.whole && known.size > 0 && !known.has(table)) return [];
      const { rows, whole } = readBothWays(db, `SELECT * FROM ${table}`, keys);
      if (!whole) unreadable.add(table);
      return rows;
    };
    const copy = (table: CopiedTable): readonly Row[] => read(table, copiedTables[table]);
    return {
      meta,
      tables: {
        entities: copy('entities'), command_log: copy('command_log'), drafts: copy('drafts'), attachments: copy('attachments'),
        erased_cases: copy('erased_cases'), settings: copy('settings'), call_scripts: copy('call_scripts'), telephone_calls: copy('telephone_calls'),
        served_cases: copy('served_cases'),
      },
      // A store of before the calls that wait has `open_call`.
      openCalls: [...read('open_calls', ['call_id']), ...read('open_call', ['call_id'])],
      unreadable,
      caseIds: readCaseIds(db, meta.get('deviceId') ?? ''),
    };
  } finally {
    closeAsFound(db, options.path);
  }
}

/** Writes the copied tables into a new store, without what was erased since a row was written. Call inside a transaction. */
export function copyTables(db: Sqlite, { tables }: Remains, erasedCases: ReadonlySet<string>): void {
  for (const [table, all] of Object.entries(tables)) {
    const rows = table === 'erased_cases' ? all : all.filter((row) => !erasedCases.has(String(row['case_id'])));
    const known = new Set((db.pragma(`table_info(${table})`) as { name: string }[]).map((column) => column.name));
    const columns = Object.keys(rows[0] ?? {}).filter((column) => known.has(column));
    if (columns.length === 0) continue;
    const insert = db.prepare(`INSERT INTO ${table} (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`);
    for (const row of rows) insert.run(columns.map((column) => row[column]));
  }
}

const replySchema = z.object({ factId: z.string() });
const namedSchema = z.object({ customer: z.object({ name: z.string() }) });

/** Names the facts `seqs` that could not be read: case by the indexes, kind and time by the command log. */
export function nameMissing(remains: Remains, seqs: readonly number[], heldIds: ReadonlySet<string>): Lost[] {
  const orphans = remains.tables.command_log
    .filter((row) => {
      const reply = replySchema.safeParse(JSON.parse(String(row['reply'])));
      return reply.success && !heldIds.has(reply.data.factId);
    })
    .map((row) => ({ kind: kindOfCommand[String(row['name'])] ?? 'unknown', at: Number(row['at']) }))
    .toSorted((a, b) => a.at - b.at);
  // Facts the hub has may be missing too: they are older than the unsent ones. Fewer than facts: none can be told apart.
  const commands = orphans.length < seqs.length ? [] : orphans.slice(orphans.length - seqs.length);
  const names = readCustomerNames(remains);
  return seqs.map((seq, place) => {
    const caseId = remains.caseIds.get(seq) ?? null;
    return { kind: commands[place]?.kind ?? 'unknown', at: commands[place]?.at ?? null, customerName: caseId === null ? null : (names.get(caseId) ?? null) };
  });
}

/** By case, as far as their cases can be read. */
export function readCustomerNames({ tables }: Remains): ReadonlyMap<string, string | null> {
  const named = (rows: readonly Row[], key: string): [string, string | null][] => rows.map((row) => [String(row[key]), nameIn(String(row['body']))]);
  return new Map([...named(tables.served_cases, 'case_id'), ...named(tables.entities.filter(({ kind }) => kind === 'case' || kind === '~taken'), 'id')]);
}

/** Of which tables something is missing that no fact names. */
export function findPerhapsLost({ unreadable }: Remains): SalvageNotice['perhapsLost'] {
  return tablesPerhapsLost.filter((table) => unreadable.has(table));
}

function nameIn(body: string): string | null {
  const parsed = namedSchema.safeParse(JSON.parse(body));
  return parsed.success ? parsed.data.customer.name : null;
}

/** Both queries read indexes only, so they answer where the rows themselves do not. */
function readCaseIds(db: Sqlite, deviceId: string): ReadonlyMap<number, string | null> {
  const { rows: places } = readBothWays(db, 'SELECT seq, rowid AS place FROM facts WHERE device_id = ?', ['seq'], [deviceId]);
  const cases = new Map(readBothWays(db, 'SELECT case_id, rowid AS place FROM facts INDEXED BY facts_by_case WHERE case_id IS NOT NULL', ['case_id', 'place'])
    .rows.map((row) => [row['place'], String(row['case_id'])] as const));
  return new Map(places.map((row) => [Number(row['seq']), cases.get(row['place']) ?? null]));
}

/** What a query gives from its beginning until it fails, and from its end until it fails; each row once. `whole`: it did not fail. */
function readBothWays(db: Sqlite, sql: string, keys: readonly string[], values: readonly string[] = []): { rows: Row[]; whole: boolean } {
  const forward = readUntilFailure(db, `${sql} ORDER BY ${keys.join(', ')}`, values);
  if (forward.whole) return forward;
  const known = new Set(forward.rows.map((row) => keyOf(row, keys)));
  const backward = readUntilFailure(db, `${sql} ORDER BY ${keys.map((key) => `${key} DESC`).join(', ')}`, values);
  return { rows: [...forward.rows, ...backward.rows.filter((row) => !known.has(keyOf(row, keys)))], whole: false };
}

function keyOf(row: Row, keys: readonly string[]): string {
  return JSON.stringify(keys.map((key) => row[key]));
}

function readUntilFailure(db: Sqlite, sql: string, values: readonly string[]): { rows: Row[]; whole: boolean } {
  const rows: Row[] = [];
  try {
    for (const row of db.prepare<unknown[], Row>(sql).iterate(...values)) rows.push(row);
    return { rows, whole: true };
  } catch (error) {
    if (!isUnreadable(error)) throw error;
    return { rows, whole: false };
  }
}

/** A damaged page; or no such table, where the schema itself is gone or the file is empty. */
function isUnreadable(error: unknown): boolean {
  if (error instanceof Error && 'code' in error && error.code === 'SQLITE_ERROR') return true;
  return storeFailure(error).error.code === 'store-damaged';
}
