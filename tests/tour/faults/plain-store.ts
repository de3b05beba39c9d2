/** Opens a store that is not sealed, from outside: Node's own SQLite, which the types of Node 20 do not know. */
export interface PlainStore {
  exec(sql: string): void;
  prepare(sql: string): { get(): Record<string, unknown> | undefined };
  close(): void;
}

interface NodeSqlite { DatabaseSync: new (path: string) => PlainStore }

export function openPlainStore(path: string): PlainStore {
  const { DatabaseSync } = process.getBuiltinModule('node:sqlite') as unknown as NodeSqlite;
  return new DatabaseSync(path);
}

/** The one figure that a question answers. */
export function readFigure(store: PlainStore, sql: string): number {
  return Number(Object.values(store.prepare(sql).get() ?? {})[0]);
}
