/**
 * The reference of `hub-push` on SQLite: one bare writer with the hub's driver, WAL and synchronous=FULL, on a copy of
 * the hub's database; statements are prepared once. Several clients are served in turn, one transaction per push.
 */
import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { sqlitePath } from '../../hub/store/open-store.ts';
import { newId, newRandomHex } from '../../shared/id.ts';
import { monotonicMs } from '../../shared/time.ts';
import type { Pusher } from './hub-agency.ts';
import type { PushReference, SampleTexts } from './hub-push-reference.ts';
import { overviewColumns, overviewRest, replaceOverview, sampleQueries } from './hub-push-reference.ts';

const HASH = 'a'.repeat(64);

/** Call it while no hub has the database open. */
export function openBareSqlite(dataDir: string, folder: string, pushers: readonly Pusher[]): PushReference {
  const path = join(folder, 'reference.sqlite');
  copyFileSync(sqlitePath(dataDir), path);
  const db = new Database(path);
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = FULL');
  const insertDevice = db.prepare('insert into devices (device_id, user_id, last_seq, last_hash) values (?, ?, 0, null)');
  for (const pusher of pushers) insertDevice.run(pusher.deviceId, pusher.userId);
  const pushOne = preparePush(db);
  let texts: SampleTexts | null = null;
  let revision = 1_000_000;
  const seqs = new Map<string, number>();

  return {
    prepare: async () => {
      texts = readTexts(sqlitePath(dataDir));
      await Promise.resolve();
    },
    run: async (chosen, factsPerPush, pushes) => {
      if (texts === null) throw new Error('the reference was not prepared');
      const given = texts;
      await Promise.resolve();
      const startedMs = monotonicMs();
      for (let push = 0; push < pushes; push += 1) {
        for (const pusher of chosen) {
          const seq = seqs.get(pusher.deviceId) ?? 0;
          pushOne(pusher, seq, factsPerPush, given, revision);
          seqs.set(pusher.deviceId, seq + factsPerPush);
          revision += factsPerPush * 2;
        }
      }
      return (chosen.length * pushes * factsPerPush) / ((monotonicMs() - startedMs) / 1000);
    },
    close: async () => {
      db.close();
      await Promise.resolve();
    },
  };
}

type PushOne = (pusher: Pusher, lastSeq: number, count: number, texts: SampleTexts, revision: number) => void;

function preparePush(db: Database.Database): PushOne {
  const moveDevice = db.prepare('update devices set last_seq = ?, last_hash = ? where device_id = ? and last_seq = ? returning device_id');
  const insertFact = db.prepare('insert into facts (device_id, seq, fact_id, hash, header, received_at) values (?, ?, ?, ?, ?, ?)');
  const insertContent = db.prepare(
    'insert into fact_content (fact_id, device_id, seq, case_id, customer_id, body_hash, salt, body) values (?, ?, ?, ?, null, ?, ?, ?) on conflict do nothing');
  const readCase = db.prepare(
    `select cases.*, creditors.name as creditor_name, assignments.owner_id from cases join creditors using (creditor_id)
     left join assignments on assignments.customer_id = cases.customer_id where case_id = ?`);
  const readInvoices = db.prepare('select * from invoices where case_id = ? and issued = 1 order by due_date, number');
  const readFacts = db.prepare(
    `select facts.header, fact_content.body from fact_content join facts on facts.device_id = fact_content.device_id and facts.seq = fact_content.seq
     where fact_content.case_id = ?`);
  const readAudiences = db.prepare('select audiences from entities where kind = ? and id = ?');
  const upsertEntity = db.prepare(
    `insert into entities (kind, id, body, audiences) values (?, ?, ?, ?)
     on conflict (kind, id) do update set body = excluded.body, audiences = excluded.audiences`);
  const upsertOverview = db.prepare(`insert into case_overview (${overviewColumns.join(', ')}) values (${overviewColumns.map(() => '?').join(', ')}) ${replaceOverview}`);
  const rest = Object.values(overviewRest);
  const insertLog = db.prepare(`insert into feed_log (revision, tag, audience, op, kind, entity_id, at) values (?, ?, ?, 'upsert', ?, ?, 0)`);
  return db.transaction((pusher: Pusher, lastSeq: number, count: number, texts: SampleTexts, revision: number): void => {
    moveDevice.get(lastSeq + count, HASH, pusher.deviceId, lastSeq);
    for (let index = 0; index < count; index += 1) {
      const seq = lastSeq + index + 1;
      const caseId = pusher.caseIds[seq % pusher.caseIds.length];
      const factId = newId<string>();
      insertFact.run(pusher.deviceId, seq, factId, HASH, texts.header, 0);
      insertContent.run(factId, pusher.deviceId, seq, caseId, HASH, HASH, texts.body);
      readCase.get(caseId);
      readInvoices.all(caseId);
      readFacts.all(caseId);
      upsertOverview.run(caseId, texts.searchText, ...rest);
      for (const [kind, id, body, audience, place] of [
        ['case', caseId, texts.caseEntity, `user:${pusher.userId}`, 1], ['incoming', factId, texts.incomingEntity, 'role:lead', 2],
      ] as const) {
        readAudiences.get(kind, id);
        upsertEntity.run(kind, id, body, `["${audience}"]`);
        insertLog.run(revision + index * 2 + place, newRandomHex(8), audience, kind, id);
      }
    }
  }).immediate;
}

function readTexts(path: string): SampleTexts {
  const db = new Database(path, { readonly: true });
  try {
    const read = (query: string): string => {
      const row = db.prepare(query).get() as { text: string } | undefined;
      if (row === undefined) throw new Error('the hub has no sample to measure');
      return row.text;
    };
    return {
      header: read(sampleQueries.header), body: read(sampleQueries.body), caseEntity: read(sampleQueries.caseEntity),
      incomingEntity: read(sampleQueries.incomingEntity), searchText: read(sampleQueries.searchText),
    };
  } finally {
    db.close();
  }
}
