/**
 * Runs a query whose text is made by Kysely once and kept: of a push with one fact, building the statements cost more than the
 * database's reads.
 *
 * Invariants: a name stands for one query whose text depends on nothing but the dialect and the number of its values; every value is
 * bound. The order of the values is checked where the text is made, so a wrong one is caught the first time it runs.
 */
import type { Compilable } from 'kysely';
import { CompiledQuery } from 'kysely';
import { dialectOf } from './dialect-of.ts';
import type { Tx } from './tables.ts';

const MAX_TEXTS = 2000;
const texts = new Map<string, string>();

/** @param values in the order in which the query binds them; @param build makes the query of these values */
export async function runKept<Row>(tx: Tx, name: string, values: readonly unknown[], build: () => Compilable<Row>): Promise<Row[]> {
  const key = `${dialectOf(tx)} ${String(values.length)} ${name}`;
  let text = texts.get(key);
  if (text === undefined) {
    const compiled = build().compile();
    const { parameters } = compiled;
    if (parameters.length !== values.length || parameters.some((value, place) => value !== values[place])) throw new Error(`${name}: the values are not those of the query`);
    if (texts.size >= MAX_TEXTS) texts.clear();
    text = compiled.sql;
    texts.set(key, text);
  }
  const { rows } = await tx.executeQuery<Row>(CompiledQuery.raw(text, [...values]));
  return rows;
}
