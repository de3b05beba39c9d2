/** What a store remembers of its lease and its clock: across restarts, on a full disk of minutes, from an old hub. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, it, onTestFinished } from 'vitest';
import { newId, newRandomHex } from '../../../shared/id.ts';
import type { Sqlite } from './database.ts';
import { openStore } from './database.ts';
import { upsertEntity } from './entity-store.ts';
import { leaseOf, writeLease } from './lease-watch.ts';
import { readMeta } from './meta.ts';

const HOUR_MS = 3_600_000;
const at = Date.UTC(2026, 10, 20, 9);
const lease = { askedAtMs: at, endsAtMs: at + 12 * HOUR_MS };

let open: () => Sqlite;

beforeEach(() => {
  const folder = mkdtempSync(join(tmpdir(), 'premura-lease-'));
  const options = { path: join(folder, 'desk.db'), keyHex: newRandomHex(32), testRuntime: false };
  const held: { db: Sqlite | null } = { db: null };
  open = () => {
    held.db?.close();
    const opened = openStore(options);
    if (!opened.ok) throw new Error(opened.error.code);
    held.db = opened.value.db;
    return opened.value.db;
  };
  onTestFinished(() => {
    held.db?.close();
    rmSync(folder, { recursive: true });
  });
});

it('a new store has none until the hub has spoken', () => {
  const db = open();
  expect(leaseOf(db).read(at).state).toBe('none');
  writeLease(db, lease, at);
  leaseOf(db).reload();
  expect(leaseOf(db).read(at)).toEqual({ state: 'live', endsAtMs: lease.endsAtMs });
  expect(leaseOf(open()).read(lease.endsAtMs).state).toBe('ended');
});

it('a clock set back is noticed at once while it runs, and after a restart to the minute', () => {
  const db = open();
  writeLease(db, lease, at);
  leaseOf(db).reload();
  expect(leaseOf(db).read(at + 5 * HOUR_MS).state).toBe('live');
  expect(leaseOf(db).read(at + HOUR_MS).state).toBe('clock-set-back');
  leaseOf(db).keep();
  expect(readMeta(db, 'clockSeen')).toBe(String(at + 5 * HOUR_MS));
  const again = open();
  expect(leaseOf(again).read(at + HOUR_MS).state).toBe('clock-set-back');
  // Past the end by a clock that was wrong: over too, until the hub speaks again.
  expect(leaseOf(again).read(at + 13 * HOUR_MS).state).toBe('ended');
  expect(leaseOf(again).read(at + 6 * HOUR_MS).state).toBe('ended');
  writeLease(again, { askedAtMs: at + HOUR_MS, endsAtMs: at + 13 * HOUR_MS }, at + HOUR_MS);
  leaseOf(again).reload();
  expect(leaseOf(again).read(at + HOUR_MS).state).toBe('live');
});

it('writes what it saw once a minute, no more', () => {
  const db = open();
  writeLease(db, lease, at);
  leaseOf(db).reload();
  leaseOf(db).read(at + 59_999);
  leaseOf(db).keep();
  expect(readMeta(db, 'clockSeen')).toBe(String(at));
  leaseOf(db).read(at + 60_000);
  leaseOf(db).keep();
  expect(readMeta(db, 'clockSeen')).toBe(String(at + 60_000));
});

it('a clock set between the question and its answer gives no more time', () => {
  const db = open();
  writeLease(db, lease, at - 3 * HOUR_MS);
  leaseOf(db).reload();
  expect(leaseOf(db).read(at - 3 * HOUR_MS).state).toBe('clock-set-back');
});

it('reads the lease of a hub of before, until one of today gives its own', () => {
  const db = open();
  const userId = newId();
  upsertEntity(db, { kind: 'lease', id: userId, revision: 1, body: { userId, untilMs: at + HOUR_MS } });
  leaseOf(db).reload();
  expect(leaseOf(db).read(at)).toEqual({ state: 'live', endsAtMs: at + HOUR_MS });
  writeLease(db, lease, at);
  leaseOf(db).reload();
  expect(leaseOf(db).read(at).endsAtMs).toBe(lease.endsAtMs);
  writeLease(db, null, at);
  leaseOf(db).reload();
  expect(leaseOf(db).read(at).endsAtMs).toBe(at + HOUR_MS);
});
