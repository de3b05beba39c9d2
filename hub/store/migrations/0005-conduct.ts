/**
 * The rules of the house: conduct per creditor, the agency's calendar, published scripts and certificates, each with its
 * history (ADR 0016); and which flags of conduct stand on which fact.
 *
 * Whoever can sign in already goes on as before: fully certified in every tone, until an administrator says otherwise.
 */
import type { Kysely } from 'kysely';
import { sql } from 'kysely';
import { newRandomHex } from '../../../shared/id.ts';

const DAY_MS = 86_400_000;

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of [
    sql`create table conducts (
      creditor_id text not null references creditors, version bigint not null, body text not null, published_at bigint not null,
      published_by text references users, primary key (creditor_id, version))`,
    sql`create table calendars (version bigint primary key, body text not null, published_at bigint not null, published_by text references users)`,
    sql`create table scripts (
      pack_id text not null, pack_version text not null, pack text not null, published_at bigint not null, published_by text references users,
      is_in_force integer not null, ended_at bigint, primary key (pack_id, pack_version))`,
    sql`create table certificates (
      user_id text not null references users, tone text not null, version bigint not null, level text, since text, until text,
      set_at bigint not null, set_by text references users, primary key (user_id, tone, version))`,
    sql`create table conduct_flags (
      fact_id text not null, code text not null, flag_id text not null, case_id text not null, primary key (fact_id, code))`,
    sql`create index conduct_flags_by_case on conduct_flags (case_id)`,
  ]) {
    await statement.execute(db);
  }
  const { rows } = await sql<{ user_id: string; created_at: number | string }>`select user_id, created_at from users order by user_id`.execute(db);
  for (const user of rows) await certify(db, user.user_id, Number(user.created_at));
}

async function certify(db: Kysely<unknown>, userId: string, createdAtMs: number): Promise<void> {
  // The day before, for the date of a zone behind UTC.
  const since = new Date(Math.max(0, createdAtMs - DAY_MS)).toISOString().slice(0, 10);
  const audiences = [`user:${userId}`, 'role:lead', 'role:admin'];
  for (const tone of ['courtesy', 'reminder', 'recovery']) {
    await sql`insert into certificates (user_id, tone, version, level, since, until, set_at, set_by)
      values (${userId}, ${tone}, 1, 'full', ${since}, null, 0, null)`.execute(db);
    const id = `${userId}:${tone}`;
    const body = JSON.stringify({ userId, tone, level: 'full', since, until: null });
    await sql`insert into entities (kind, id, body, audiences) values ('certificate', ${id}, ${body}, ${JSON.stringify(audiences)})`.execute(db);
    for (const audience of audiences) {
      await sql`insert into feed_log (revision, tag, audience, op, kind, entity_id, at)
        values (null, ${newRandomHex(8)}, ${audience}, 'upsert', 'certificate', ${id}, 0)`.execute(db);
    }
  }
}
