/**
 * Who is calling (ADR 0026): by what each case is reached, under the revision that desks follow, and the log of who looked up a case that
 * is not theirs. Reaches are written as cases are published; those of a hub of before are made up by `refreshReaches`.
 */
import type { Kysely } from 'kysely';
import { sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of [
    sql`create table case_reaches (
      case_id text primary key, creditor_id text not null, reaches text not null, revision bigint)`,
    sql`create index case_reaches_revision on case_reaches (revision)`,
    sql`create table look_ups (
      look_up_id text primary key, user_id text not null references users, case_id text, reason text not null, call_id text, found integer not null, at bigint not null)`,
    sql`create index look_ups_case on look_ups (case_id, user_id, at)`,
    sql`create index look_ups_user on look_ups (user_id, at)`,
  ]) {
    await statement.execute(db);
  }
}
