/** Scripts being written, one per pack, beside the settings of whoever is signed in: a reset of the settings leaves them alone. */
import type { ScriptDraft } from '../../../shared/contract/conduct-office-channels.ts';
import { scriptDraftSchema } from '../../../shared/contract/conduct-office-channels.ts';
import type { JsonObject } from '../../../shared/json-object.ts';
import type { Sqlite } from './database.ts';
import { prepared } from './statements.ts';

const prefix = 'scriptDraft:';

export function readScriptDrafts(db: Sqlite): ScriptDraft[] {
  const rows = prepared<[string], { key: string; value: string; at: number }>(db, 'SELECT key, value, at FROM settings WHERE key >= ? ORDER BY key').all(prefix);
  return rows.filter(({ key }) => key.startsWith(prefix))
    .map(({ key, value, at }) => scriptDraftSchema.parse({ packId: key.slice(prefix.length), pack: JSON.parse(value) as unknown, savedAt: at }));
}

export function writeScriptDraft(db: Sqlite, packId: string, pack: JsonObject, atMs: number): void {
  prepared(db, 'INSERT INTO settings (key, value, at) VALUES (?, ?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value, at = excluded.at',
  ).run(`${prefix}${packId}`, JSON.stringify(pack), atMs);
}

export function removeScriptDraft(db: Sqlite, packId: string): void {
  prepared(db, 'DELETE FROM settings WHERE key = ?').run(`${prefix}${packId}`);
}
