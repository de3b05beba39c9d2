/**
 * Inserts many rows in one statement whose text is made once per table and count, and kept: building it anew, a node for
 * each value, cost a push more than the database did.
 *
 * Invariant: texts hold names and places of values only; every value is bound.
 */
import type { Insertable } from 'kysely';
import { CompiledQuery } from 'kysely';
import { dialectOf } from './dialect-of.ts';
import type { HubTables, Tx } from './tables.ts';

type TableName = keyof HubTables;
type Columns<Table extends TableName> = readonly (keyof Insertable<HubTables[Table]> & string)[];

export interface InsertKind<Table extends TableName> {
  table: Table;
  columns: Columns<Table>;
  /** What follows the values: a constant of the code. */
  suffix: string;
}

const MAX_TEXTS = 2000;
const texts = new Map<string, string>();

/** @param kind a constant: its suffix must be the same for the same table, whoever asks */
export async function insertRows<Table extends TableName, Row = never>(
  tx: Tx, kind: InsertKind<Table>, rows: readonly Insertable<HubTables[Table]>[],
): Promise<Row[]> {
  if (rows.length === 0) return [];
  const parameters: unknown[] = [];
  for (const row of rows) {
    for (const column of kind.columns) parameters.push(row[column]);
  }
  const { rows: answered } = await tx.executeQuery<Row>(CompiledQuery.raw(textOf(tx, kind, rows.length), parameters));
  return answered;
}

/** The suffix of an upsert that takes every column of the new row. */
export function replacing<Table extends TableName>(key: Columns<Table>, columns: Columns<Table>): string {
  const taken = columns.filter((column) => !key.includes(column)).map((column) => `"${column}" = excluded."${column}"`);
  return `on conflict (${key.map((column) => `"${column}"`).join(', ')}) do update set ${taken.join(', ')}`;
}

function textOf<Table extends TableName>(tx: Tx, { table, columns, suffix }: InsertKind<Table>, count: number): string {
  const dialect = dialectOf(tx);
  const key = `${dialect} ${table} ${String(count)} ${suffix}`;
  const known = texts.get(key);
  if (known !== undefined) return known;
  const tuples = Array.from({ length: count }, (_, row) =>
    `(${columns.map((_column, column) => (dialect === 'postgres' ? `$${String(row * columns.length + column + 1)}` : '?')).join(', ')})`);
  const text = `insert into "${table}" (${columns.map((column) => `"${column}"`).join(', ')}) values ${tuples.join(', ')} ${suffix}`;
  if (texts.size >= MAX_TEXTS) texts.clear();
  texts.set(key, text);
  return text;
}
