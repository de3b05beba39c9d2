/**
 * The reference of `hub-push` on PostgreSQL: pgbench with prepared statements, on a copy of the hub's database on the
 * same server, one transaction per push.
 *
 * Invariants: many rows are written by one statement (`generate_series`), which is the least that SQL can cost; each
 * client has cases of its own, as operators do. The copy's cases and devices get ids that pgbench can count.
 */
import { execFile } from 'node:child_process';
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import type { Pusher } from './hub-agency.ts';
import type { PushReference, SampleTexts } from './hub-push-reference.ts';
import { overviewColumns, overviewRest, replaceOverview, sampleQueries } from './hub-push-reference.ts';

const HASH = 'a'.repeat(64);
const CASE_PREFIX = '01990000-0000-7000-8000-';
const FIRST_CASE = 100_000_000_000;

/** Call it while no hub has the database open. */
export async function openPgbench(hubUrl: string, folder: string, pushers: readonly Pusher[]): Promise<PushReference> {
  const name = 'hub_reference';
  const hubName = new URL(hubUrl.replace('@/', '@localhost/')).pathname.slice(1);
  await withClient(hubUrl.replace(hubName, 'postgres'), async (client) => client.query(`create database ${name} template ${hubName}`));
  const url = hubUrl.replace(hubName, name);
  const casesEach = Math.min(...pushers.map((pusher) => pusher.caseIds.length));
  await withClient(url, async (client) => countIds(client, pushers));
  let texts: SampleTexts | null = null;
  let runs = 0;

  return {
    prepare: async () => {
      texts = await withClient(hubUrl, readTexts);
    },
    run: async (chosen, factsPerPush, pushes) => {
      if (texts === null) throw new Error('the reference was not prepared');
      runs += 1;
      const script = join(folder, 'push.sql');
      // A client alone takes the cases of another collector each time, as the hub's does.
      const offset = chosen.length === 1 ? pushers.findIndex((pusher) => pusher === chosen[0]) : 0;
      writeFileSync(script, renderScript(texts, { run: runs, factsPerPush, casesEach, offset, userId: pushers[0]?.userId ?? '' }));
      const { stdout } = await promisify(execFile)(findPgbench(), [
        '-n', '-M', 'prepared', '-c', String(chosen.length), '-j', String(Math.min(2, chosen.length)), '-t', String(pushes),
        '-D', 'seq=0', '-f', script, url,
      ]);
      const rate = Number(/tps = ([\d.]+) \(without/.exec(stdout)?.[1]);
      if (!(rate > 0) || !stdout.includes('number of failed transactions: 0 ')) throw new Error(`pgbench failed: ${stdout}`);
      return rate * factsPerPush;
    },
    close: async () => {
      await Promise.resolve();
    },
  };
}

function renderScript(texts: SampleTexts, { run, factsPerPush, casesEach, offset, userId }: { run: number; userId: string; factsPerPush: number; casesEach: number; offset: number }): string {
  const device = `'bench-${String(run)}-' || cast(:client_id as text)`;
  const caseId = `'${CASE_PREFIX}' || (cast(:first as bigint) + g)`;
  const inRange = `case_id >= '${CASE_PREFIX}' || cast(:first as bigint) and case_id < '${CASE_PREFIX}' || (cast(:first as bigint) + ${String(factsPerPush)})`;
  const factId = `'fact-${String(run)}-' || cast(:client_id as text) || '-' || (cast(:seq as bigint) + g)`;
  const series = `generate_series(0, ${String(factsPerPush - 1)}) g`;
  const audience = `'user-bench' || cast(:client_id as text)`;
  const upsert = 'on conflict (kind, id) do update set body = excluded.body, audiences = excluded.audiences';
  return [
    `\\set seq :seq + ${String(factsPerPush)}`,
    `\\set first ${String(FIRST_CASE)} + (:client_id + ${String(offset)}) * ${String(casesEach)} + (:seq % ${String(casesEach - factsPerPush)})`,
    'begin;',
    `insert into devices (device_id, user_id, last_seq, last_hash) values (${device}, '${userId}', :seq, '${HASH}')
      on conflict (device_id) do update set last_seq = excluded.last_seq, last_hash = excluded.last_hash returning device_id;`,
    `insert into facts (device_id, seq, fact_id, hash, header, received_at) select ${device}, cast(:seq as bigint) + g, ${factId}, '${HASH}', '${quote(texts.header)}', 0 from ${series};`,
    `select case_id from cases where ${inRange} order by case_id for no key update;`,
    `insert into fact_content (fact_id, device_id, seq, case_id, customer_id, body_hash, salt, body)
      select ${factId}, ${device}, cast(:seq as bigint) + g, ${caseId}, null, '${HASH}', '${HASH}', '${quote(texts.body)}' from ${series} on conflict do nothing returning fact_id;`,
    `select cases.*, creditors.name as creditor_name, assignments.owner_id from cases join creditors using (creditor_id)
      left join assignments on assignments.customer_id = cases.customer_id where ${inRange};`,
    `select * from invoices where ${inRange} and issued = 1 order by due_date, number;`,
    `select facts.header, fact_content.body from fact_content join facts on facts.device_id = fact_content.device_id and facts.seq = fact_content.seq
      where ${inRange.replaceAll('case_id', 'fact_content.case_id')};`,
    `select kind, id, audiences from entities where kind = 'case' and ${inRange.replaceAll('case_id', 'id')};`,
    `insert into entities (kind, id, body, audiences)
      select 'case', ${caseId}, '${quote(texts.caseEntity)}', '[]' from ${series}
      union all select 'incoming', ${factId}, '${quote(texts.incomingEntity)}', '[]' from ${series} ${upsert};`,
    `insert into case_overview (${overviewColumns.join(', ')}) select ${caseId}, '${quote(texts.searchText)}', ${Object.values(overviewRest).map(literal).join(', ')} from ${series} ${replaceOverview};`,
    `insert into feed_log (revision, tag, audience, op, kind, entity_id, at)
      select cast(null as bigint), '0123456789abcdef', ${audience}, 'upsert', 'case', ${caseId}, 0 from ${series}
      union all select null, '0123456789abcdef', 'role-lead', 'upsert', 'incoming', ${factId}, 0 from ${series};`,
    'commit;',
  ].map((line) => line.replaceAll(/\s*\n\s*/g, ' ')).join('\n');
}

function literal(value: number | string | null): string {
  return typeof value === 'string' ? `'${quote(value)}'` : value === null ? 'null' : String(value);
}

/** pgbench takes a colon with letters behind it for a variable, in texts too. */
function quote(text: string): string {
  return text.replaceAll(':', '=').replaceAll("'", "''");
}

/** What hangs on a case by its id; the product never changes one. */
const tablesOfCases = ['invoices', 'case_overview'] as const;

/** Cases of one collector stand in a row, so that a client's pushes are about its own. */
async function countIds(client: pg.Client, pushers: readonly Pusher[]): Promise<void> {
  for (const table of tablesOfCases) await client.query(`alter table ${table} drop constraint ${table}_case_id_fkey`);
  await client.query('create table renamed (old_id text primary key, new_id text not null)');
  const caseIds = pushers.flatMap((pusher) => pusher.caseIds);
  await client.query(`insert into renamed select old_id, '${CASE_PREFIX}' || (${String(FIRST_CASE)} + place - 1) from unnest($1::text[]) with ordinality as t (old_id, place)`, [caseIds]);
  await client.query('update cases set case_id = new_id from renamed where case_id = old_id');
  for (const table of tablesOfCases) await client.query(`update ${table} set case_id = new_id from renamed where case_id = old_id`);
  await client.query(`update entities set id = new_id from renamed where id = old_id and kind = 'case'`);
  for (const table of tablesOfCases) await client.query(`alter table ${table} add foreign key (case_id) references cases`);
  await client.query('vacuum (full, analyze)');
}

async function readTexts(client: pg.Client): Promise<SampleTexts> {
  const read = async (query: string): Promise<string> => {
    const { rows } = await client.query<{ text: string }>(query);
    const [row] = rows;
    if (row === undefined) throw new Error('the hub has no sample to measure');
    return row.text;
  };
  return {
    header: await read(sampleQueries.header), body: await read(sampleQueries.body), caseEntity: await read(sampleQueries.caseEntity),
    incomingEntity: await read(sampleQueries.incomingEntity), searchText: await read(sampleQueries.searchText),
  };
}

async function withClient<T>(connectionString: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

function findPgbench(): string {
  const root = '/usr/lib/postgresql';
  const versions = existsSync(root) ? readdirSync(root).sort((a, b) => Number(b) - Number(a)) : [];
  const found = versions.map((version) => join(root, version, 'bin', 'pgbench')).find((path) => existsSync(path));
  return found ?? 'pgbench';
}
