/** Imports for people: uploaded files, their jobs, a creditor's saved mapping; parties and addresses of a case; what a newer file left out. */
import type { Kysely } from 'kysely';
import { sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of [
    sql`alter table cases add column parties text not null default '[]'`,
    sql`alter table cases add column addresses text not null default '[]'`,
    sql`alter table invoices add column missing_since text`,
    sql`create table import_files (
      file_id text primary key, file_name text not null, size_bytes bigint not null, expires_at bigint not null)`,
    sql`create index import_files_by_expiry on import_files (expires_at)`,
    sql`create table import_mappings (
      creditor_name text not null, content text not null, body text not null, primary key (creditor_name, content))`,
    sql`create table import_jobs (
      job_id text primary key, file_id text not null, file_name text not null, creditor_name text not null, content text not null,
      dry_run integer not null, as_of text not null, request text not null, state text not null, started_at bigint not null, ended_at bigint,
      alive_at bigint not null, progress text not null, report text, error text, rejects_file text)`,
    sql`create index import_jobs_by_start on import_jobs (started_at)`,
    sql`create index import_jobs_going_on on import_jobs (state) where ended_at is null`,
  ]) {
    await statement.execute(db);
  }
}
