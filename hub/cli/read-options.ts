/**
 * Reads the options of a command.
 *
 * Invariant: an unknown option, a missing one or one that does not fit is a `UsageError` with a sentence; nothing
 * was touched by then.
 */
import { existsSync } from 'node:fs';
import type { ParseArgsConfig } from 'node:util';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import type { HubStore } from '../store/hub-store.ts';
import type { StoreLocation } from '../store/open-store.ts';
import { openStore, sqlitePath } from '../store/open-store.ts';

type ParseArgsOptionsConfig = NonNullable<ParseArgsConfig['options']>;

/** The command line is wrong; the message says what and how. */
export class UsageError extends Error {}

const storeOptions = { data: { type: 'string' }, postgres: { type: 'string' } } as const satisfies ParseArgsOptionsConfig;

const storeSchema = z.object({
  data: z.string({ error: '--data DIR is needed: the folder of the hub.' }).min(1),
  postgres: z.string().optional(),
});

/** Parses `args` by the option table, then by the schema; `--data` and `--postgres` are every command's. */
export function readOptions<T>(
  args: string[], table: ParseArgsOptionsConfig, schema: z.ZodType<T>, maxPositionals = 0,
): { location: StoreLocation; options: T; positionals: string[] } {
  const parsed = parse(args, { ...storeOptions, ...table });
  if (parsed.positionals.length > maxPositionals) throw new UsageError(`Unexpected: ${parsed.positionals.slice(maxPositionals).join(' ')}`);
  const { data, postgres } = check(storeSchema, parsed.values);
  return { location: { dataDir: data, postgresUrl: postgres ?? null }, options: check(schema, parsed.values), positionals: parsed.positionals };
}

function parse(args: string[], options: ParseArgsOptionsConfig): { values: unknown; positionals: string[] } {
  try {
    return parseArgs({ args, options, allowPositionals: true, strict: true });
  } catch (error) {
    if (error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS')) throw new UsageError(error.message);
    throw error;
  }
}

function check<T>(schema: z.ZodType<T>, values: unknown): T {
  const result = schema.safeParse(values);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  if (issue === undefined) throw result.error;
  const option = issue.path[0];
  throw new UsageError(issue.code === 'custom' || option === 'data' ? issue.message : `--${String(option)}: ${issue.message}`);
}

/**
 * Opens the store for one command and closes it afterwards, whatever happened. Only a command that fills a hub makes
 * one: a mistyped folder must not be an empty hub whose chains all hold.
 */
export async function withStore<T>(
  location: StoreLocation, work: (store: HubStore) => Promise<T>, mode: 'existing' | 'make' = 'existing',
): Promise<T> {
  if (mode === 'existing' && location.postgresUrl === null && !existsSync(sqlitePath(location.dataDir))) {
    throw new UsageError(`There is no hub in ${location.dataDir}.`);
  }
  const store = await openStore(location);
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}

/** Writes one line of JSON on standard output. */
export function printJson(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value)}\n`);
}

/** Says a sentence to the person at the terminal. */
export function say(sentence: string): void {
  process.stderr.write(`${sentence}\n`);
}
