import { readFileSync, writeFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { newRandomHex } from '../../../shared/id.ts';
import { temporaryFolder } from '../../../tests/support/temporary-folder.ts';
import type { Sqlite } from './database.ts';
import { openStore } from './database.ts';
import { migrations } from './migrations/index.ts';

function open(path: string, keyHex: string): Sqlite {
  const opened = openStore({ path, keyHex, testRuntime: false });
  if (!opened.ok) throw new Error(opened.error.code);
  expect(opened.value.encrypted).toBe(true);
  return opened.value.db;
}

it('writes no readable byte to the disk, neither in the file nor in its log', () => {
  const path = `${temporaryFolder()}/desk.db`;
  const db = open(path, newRandomHex(32));
  const secret = 'Condominio Via dei Tigli 12 deve 1.722,60';
  db.prepare('INSERT INTO drafts (case_id, body, at) VALUES (?, ?, 1)').run('x', secret);
  const log = readFileSync(`${path}-wal`);
  db.pragma('wal_checkpoint(TRUNCATE)');
  const file = readFileSync(path);
  db.close();
  expect(log.length).toBeGreaterThan(0);
  for (const bytes of [log, file]) {
    expect(bytes.includes('Tigli')).toBe(false);
    expect(bytes.includes('SQLite format')).toBe(false);
  }
});

it('finds that very text when the cipher is off: the check above can fail', () => {
  const path = `${temporaryFolder()}/plain.db`;
  writeFileSync(path, '');
  const db = open(path, newRandomHex(32));
  db.pragma('rekey = ""');
  db.prepare('INSERT INTO drafts (case_id, body, at) VALUES (?, ?, 1)').run('x', 'Condominio Via dei Tigli 12');
  db.pragma('wal_checkpoint(TRUNCATE)');
  db.close();
  expect(readFileSync(path).includes('Tigli')).toBe(true);
});

it('is durable: FULL, WAL, and no checkpoint inside a save', () => {
  const db = open(`${temporaryFolder()}/desk.db`, newRandomHex(32));
  expect(db.pragma('synchronous', { simple: true })).toBe(2);
  expect(db.pragma('journal_mode', { simple: true })).toBe('wal');
  expect(db.pragma('wal_autocheckpoint', { simple: true })).toBe(0);
  db.close();
});

it('answers with a sentence for another key, another program on the file, a future file and damage', () => {
  const path = `${temporaryFolder()}/desk.db`;
  const key = newRandomHex(32);
  const db = open(path, key);
  db.exec('CREATE TABLE filler (x)');
  expect(openStore({ path, keyHex: key, testRuntime: false })).toMatchObject({ ok: false, error: { code: 'store-locked' } });
  db.pragma(`user_version = ${String(migrations.length + 1)}`);
  db.close();
  expect(openStore({ path, keyHex: newRandomHex(32), testRuntime: false })).toMatchObject({ ok: false, error: { code: 'store-damaged' } });
  expect(openStore({ path, keyHex: key, testRuntime: false })).toMatchObject({ ok: false, error: { code: 'store-from-future' } });
  writeFileSync(path, 'x'.repeat(8192));
  expect(openStore({ path, keyHex: key, testRuntime: false })).toMatchObject({ ok: false, error: { code: 'store-damaged' } });
});
