/** The operator's settings, one JSON value per key; what is not there, or not readable by this build, is the default. */
import type { SettingKey, Settings } from '../../../shared/contract/settings-channels.ts';
import { defaultSettings, settingSchemas, settingsSchema } from '../../../shared/contract/settings-channels.ts';
import type { Sqlite } from './database.ts';
import { prepared } from './statements.ts';

export function readSettings(db: Sqlite): Settings {
  const settings: Record<string, unknown> = { ...defaultSettings };
  const rows = prepared<[], { key: string; value: string }>(db, 'SELECT key, value FROM settings').all();
  for (const { key, value } of rows) {
    if (!isSettingKey(key)) continue;
    const parsed = settingSchemas[key].safeParse(JSON.parse(value));
    if (parsed.success) settings[key] = parsed.data;
  }
  return settingsSchema.parse(settings);
}

/** Null removes it: the default holds again. */
export function writeSetting<Key extends SettingKey>(db: Sqlite, key: Key, value: Settings[Key] | null, atMs: number): void {
  if (value === null) {
    prepared(db, 'DELETE FROM settings WHERE key = ?').run(key);
    return;
  }
  prepared(db, 'INSERT INTO settings (key, value, at) VALUES (?, ?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value, at = excluded.at',
  ).run(key, JSON.stringify(value), atMs);
}

function isSettingKey(key: string): key is SettingKey {
  return Object.hasOwn(settingSchemas, key);
}
