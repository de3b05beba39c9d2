import { cpSync, existsSync, readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { plantStore, storeOptions } from '../../../tests/disk/damaged-store.ts';
import { temporaryFolder } from '../../../tests/support/temporary-folder.ts';
import { newRandomHex } from '../../../shared/id.ts';
import { systemClock } from '../../../shared/time.ts';
import { backUp, openKeyed, openStore } from './database.ts';
import { readUnsentFacts } from './fact-store.ts';
import { factVerifies } from './find-damage.ts';
import { openOrSalvage, readSalvageNotice } from './salvage-store.ts';
import { readDamagedFacts } from './read-damaged-facts.ts';
import { judgeLog } from './write-ahead-log.ts';

const FRAME_BYTES = 24 + 4096;

describe('a fact that is read from a damaged store', () => {
  it('counts only when its hashes verify: one changed letter of its body, salt or header is seen', () => {
    const planted = plantStore(temporaryFolder(), { inFile: 1, inLog: 0, acked: 0 });
    const { db } = openKeyed(storeOptions(planted));
    const row = db.prepare('SELECT header, salt, body FROM facts').get() as { header: string; salt: string; body: string };
    db.close();
    expect(factVerifies(row)).toBe(true);
    for (const part of ['header', 'salt', 'body'] as const) {
      const at = row[part].length - 4;
      const changed = `${row[part].slice(0, at)}${row[part][at] === 'a' ? 'b' : 'a'}${row[part].slice(at + 1)}`;
      expect(factVerifies({ ...row, [part]: changed }), part).toBe(false);
    }
  });

  it('is found without page 1 and without a log, and not with another key', () => {
    const planted = plantStore(temporaryFolder(), { inFile: 30, inLog: 5, acked: 0 });
    const bytes = readFileSync(planted.path);
    writeFileSync(planted.path, bytes.fill(0, 0, 4096));
    expect(new Set(readDamagedFacts(storeOptions(planted)).map((fact) => fact.header.id))).toEqual(new Set(planted.facts.map((fact) => fact.id)));
    expect(readDamagedFacts({ ...storeOptions(planted), keyHex: newRandomHex(32) })).toEqual([]);
  });
});

describe('a log that was cut or changed', () => {
  it('is believed by SQLite without a word: this is what has to be found', () => {
    const planted = plantStore(temporaryFolder(), { inFile: 5, inLog: 8, acked: 0 });
    const log = readFileSync(`${planted.path}-wal`);
    log.writeUInt8(log.readUInt8(32 + FRAME_BYTES + 2000) ^ 1, 32 + FRAME_BYTES + 2000);
    writeFileSync(`${planted.path}-wal`, log);
    const believed = `${temporaryFolder()}/believed`;
    cpSync(planted.folder, believed, { recursive: true });
    const { db } = openKeyed({ ...storeOptions(planted), path: join(believed, 'desk.db') });
    expect(db.pragma('quick_check', { simple: true })).toBe('ok');
    expect(readUnsentFacts(db, 0, 100).length).toBeLessThan(planted.facts.length);
    db.close();
    expect(judgeLog(log)).not.toBeNull();
    expect(openStore(storeOptions(planted))).toMatchObject({ ok: false, error: { code: 'store-damaged' } });
  });

  it('is found by the witness where nothing but the last commit is missing', () => {
    const planted = plantStore(temporaryFolder(), { inFile: 5, inLog: 8, acked: 0 });
    const log = `${planted.path}-wal`;
    truncateSync(log, readFileSync(log).length - FRAME_BYTES);
    expect(judgeLog(readFileSync(log))).toBeNull();
    const opened = openOrSalvage(storeOptions(planted), systemClock);
    if (!opened.ok) throw new Error(opened.error.code);
    const notice = readSalvageNotice(opened.value.db);
    expect(notice?.salvaged).toBe(readUnsentFacts(opened.value.db, 0, 100).length);
    expect((notice?.salvaged ?? 0) + (notice?.lost.length ?? 0)).toBe(planted.facts.length);
    opened.value.db.close();
  });

  it('is left where it was, whole, when the store is refused', () => {
    const planted = plantStore(temporaryFolder(), { inFile: 5, inLog: 8, acked: 0 });
    const log = readFileSync(`${planted.path}-wal`);
    log.fill(0, 0, 16);
    writeFileSync(`${planted.path}-wal`, log);
    expect(openStore(storeOptions(planted))).toMatchObject({ ok: false, error: { code: 'store-damaged' } });
    expect(readFileSync(`${planted.path}-wal`).equals(log)).toBe(true);
    expect(existsSync(`${planted.path}-wal.kept`)).toBe(false);
  });
});

it('goes on where a crash left the setting aside half done', () => {
  const planted = plantStore(temporaryFolder(), { inFile: 5, inLog: 0, acked: 0 });
  const opened = openStore(storeOptions(planted));
  if (!opened.ok) throw new Error(opened.error.code);
  opened.value.db.close();
  cpSync(planted.path, `${planted.path}.salvaged`);
  cpSync(planted.path, `${planted.path}.damaged-2026-11-21T100000.000Z`);
  truncateSync(planted.path, 0);
  // Refused while it is unfinished, by whoever does not salvage …
  expect(openStore(storeOptions(planted))).toMatchObject({ ok: false, error: { code: 'store-damaged' } });
  // … and finished by who does.
  const again = openOrSalvage(storeOptions(planted), systemClock);
  if (!again.ok) throw new Error(again.error.code);
  expect(readUnsentFacts(again.value.db, 0, 100).length + (readSalvageNotice(again.value.db)?.lost.length ?? 0)).toBe(5);
  again.value.db.close();
});

it('keeps the two newest backups of migrations, whole ones', () => {
  const path = `${temporaryFolder()}/desk.db`;
  const opened = openStore({ path, keyHex: newRandomHex(32), testRuntime: false });
  if (!opened.ok) throw new Error(opened.error.code);
  for (const version of [8, 9, 10, 11]) backUp(opened.value.db, path, version);
  expect(readdirSync(join(path, '..')).filter((name) => name.includes('.before-')).toSorted()).toEqual(['desk.db.before-11', 'desk.db.before-12']);
  opened.value.db.close();
});
