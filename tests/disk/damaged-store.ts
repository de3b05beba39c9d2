/** A store with facts at work in it, and what may become of its bytes. */
import { cpSync, mkdirSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { commitOnce } from '../../electron/desk/commands/commit-once.ts';
import type { Sqlite } from '../../electron/desk/store/database.ts';
import { openStore } from '../../electron/desk/store/database.ts';
import { emptyDraft } from '../../shared/testing/empty-draft.ts';
import { writeDraft } from '../../electron/desk/store/draft-store.ts';
import { upsertEntity } from '../../electron/desk/store/entity-store.ts';
import { appendFact, writeAckedSeq } from '../../electron/desk/store/fact-store.ts';
import { writeMeta } from '../../electron/desk/store/meta.ts';
import { writeWitness } from '../../electron/desk/store/witness.ts';
import type { CommandId, DeviceId, FactId, UserId } from '../../shared/id.ts';
import { newId, newRandomHex } from '../../shared/id.ts';
import { ok } from '../../shared/result.ts';
import { sampleCase, sampleInvoice } from '../../shared/testing/sample-case.ts';
import { systemClock } from '../../shared/time.ts';
import type { Random } from '../../shared/testing/random.ts';

export interface PlantedStore {
  folder: string;
  path: string;
  keyHex: string;
  deviceId: DeviceId;
  /** Every fact in the order of saving; the first `acked` are at the hub. */
  facts: { id: FactId; text: string }[];
  acked: number;
  customerName: string;
}

export const storeOptions = (store: Pick<PlantedStore, 'path' | 'keyHex'>): { path: string; keyHex: string; testRuntime: false } =>
  ({ path: store.path, keyHex: store.keyHex, testRuntime: false });

const draft = { ...emptyDraft, note: 'stava scrivendo' };

/** Saves `inFile` facts that stand in the file, then `inLog` that stand only in the log, and leaves as a kill does. */
export function plantStore(parent: string, counts: { inFile: number; inLog: number; acked: number }): PlantedStore {
  const folder = join(parent, 'living');
  mkdirSync(folder);
  const path = join(folder, 'desk.db');
  const keyHex = newRandomHex(32);
  const opened = openStore({ path, keyHex, testRuntime: false });
  if (!opened.ok) throw new Error(opened.error.code);
  const { db } = opened.value;
  const deviceId = newId<DeviceId>();
  writeMeta(db, 'deviceId', deviceId);
  const entity = sampleCase([sampleInvoice('F-1', 40, 172_260)]);
  upsertEntity(db, { kind: 'case', id: entity.caseId, revision: 1, body: entity });
  writeDraft(db, entity.caseId, draft, 1);
  const facts: PlantedStore['facts'] = [];
  const save = (count: number): void => {
    for (let place = 0; place < count; place += 1) facts.push(saveNote(db, entity));
  };
  save(counts.inFile);
  writeAckedSeq(db, counts.acked);
  db.pragma('wal_checkpoint(TRUNCATE)');
  save(counts.inLog);
  writeWitness(db, path);
  // As a kill leaves it: the log stays beside the file.
  const killed = join(parent, 'killed');
  cpSync(folder, killed, { recursive: true });
  db.close();
  return { folder: killed, path: join(killed, 'desk.db'), keyHex, deviceId, facts, acked: counts.acked, customerName: entity.customer.name };
}

function saveNote(db: Sqlite, entity: ReturnType<typeof sampleCase>): { id: FactId; text: string } {
  const text = `nota ${newRandomHex(200)}`;
  const done = commitOnce({ db, clock: systemClock }, { commandId: newId<CommandId>(), name: 'add-note' }, () => ok({
    factId: appendFact(db, {
      id: newId<FactId>(), type: 'note-added', version: 1, caseId: entity.caseId, customerId: entity.customerId, at: systemClock.nowMs(),
      zone: 'Europe/Rome', actor: newId<UserId>(), basedOn: { caseRevision: 1, scriptVersion: null, policyVersion: null },
    }, { text }).header.id,
  }));
  if (!done.ok) throw new Error(done.error.code);
  return { id: done.value.reply.factId, text };
}

/** The same store somewhere else, to be damaged there. */
export function copyStore(store: PlantedStore, folder: string): PlantedStore {
  rmSync(folder, { recursive: true, force: true });
  cpSync(store.folder, folder, { recursive: true });
  return { ...store, folder, path: join(folder, 'desk.db') };
}

/** Flips one bit or cuts the end off, in the file or in the log; says what. */
export function damage(store: PlantedStore, random: Random): string {
  const name = random.pick(['desk.db', 'desk.db-wal']);
  const path = join(store.folder, name);
  const { size } = statSync(path);
  if (random.chance(4)) {
    const length = random.between(0, size - 1);
    truncateSync(path, length);
    return `${name} cut from ${String(size)} to ${String(length)} bytes`;
  }
  const at = random.between(0, size - 1);
  const bit = random.between(0, 7);
  const bytes = readFileSync(path);
  bytes.writeUInt8(bytes.readUInt8(at) ^ (1 << bit), at);
  writeFileSync(path, bytes);
  return `${name} bit ${String(bit)} of byte ${String(at)} of ${String(size)}`;
}
