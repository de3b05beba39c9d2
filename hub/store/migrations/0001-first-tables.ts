/** The first tables: users and sessions, receivables, chains of facts, entities and their feed. */
import type { Kysely } from 'kysely';
import { sql } from 'kysely';
import type { Dialect } from '../hub-store.ts';

export async function up(db: Kysely<unknown>, dialect: Dialect): Promise<void> {
  const serial = sql.raw(dialect === 'sqlite' ? 'integer primary key autoincrement' : 'bigint generated always as identity primary key');
  for (const statement of [
    sql`create table meta (key text primary key, value text not null)`,
    sql`create table users (
      user_id text primary key, username text not null unique, display_name text not null, role text not null,
      password_hash text not null, recovery_key text not null, created_at bigint not null)`,
    sql`create table sessions (
      session_id text primary key, user_id text not null references users, access_hash text not null unique,
      access_expires_at bigint not null, refresh_hash text not null unique, refresh_expires_at bigint not null,
      previous_refresh_hash text, rotated_at bigint not null)`,
    sql`create index sessions_by_previous on sessions (previous_refresh_hash)`,
    sql`create table sign_in_failures (username_hash text not null, failed_at bigint not null)`,
    sql`create index sign_in_failures_by_name on sign_in_failures (username_hash, failed_at)`,
    sql`create table creditors (creditor_id text primary key, name text not null unique)`,
    sql`create table customers (customer_id text primary key, tax_code text unique)`,
    sql`create table cases (
      case_id text primary key, customer_id text not null references customers, creditor_id text not null references creditors,
      customer_code text not null, name text not null, kind text not null, language text, tax_code text, email text,
      address text, sales_agent text, numbers text not null, recovery_approved_on text, version bigint not null,
      needs_publish integer not null,
      unique (creditor_id, customer_code))`,
    sql`create index cases_by_customer on cases (customer_id)`,
    sql`create index cases_to_publish on cases (case_id) where needs_publish = 1`,
    sql`create table invoices (
      invoice_id text primary key, case_id text not null references cases, number text not null, issue_date text not null,
      due_date text not null, amount_cents bigint not null, residual_cents bigint not null, currency text not null,
      document_type text, settled_on text, disputed_in_file integer not null, issued integer not null,
      unique (case_id, number, issue_date, due_date))`,
    sql`create table assignments (
      customer_id text primary key references customers, owner_id text not null references users, assigned_at bigint not null)`,
    sql`create index assignments_by_owner on assignments (owner_id)`,
    sql`create table devices (
      device_id text primary key, user_id text not null references users, last_seq bigint not null, last_hash text)`,
    sql`create table facts (
      device_id text not null references devices, seq bigint not null, fact_id text not null, hash text not null,
      header text not null, received_at bigint not null, primary key (device_id, seq))`,
    sql`create index facts_by_fact on facts (fact_id)`,
    sql`create table fact_content (
      fact_id text primary key, device_id text not null, seq bigint not null, case_id text, customer_id text,
      body_hash text not null, salt text, body text)`,
    sql`create index fact_content_by_case on fact_content (case_id)`,
    sql`create table attachments (
      fact_id text primary key references fact_content, attachment_id text not null, size_bytes bigint not null, sha256 text not null,
      stored_at bigint not null)`,
    sql`create index fact_content_without_case on fact_content (customer_id) where case_id is null`,
    sql`create table erasures (customer_id text primary key, at bigint not null, reason text not null)`,
    sql`create table erased_cases (case_id text primary key, customer_id text not null references erasures)`,
    sql`create table entities (
      kind text not null, id text not null, body text not null, audiences text not null, primary key (kind, id))`,
    sql`create table feed_log (
      id ${serial}, revision bigint unique, tag text not null, audience text not null, op text not null,
      kind text not null, entity_id text not null, at bigint not null)`,
    sql`create index feed_log_by_audience on feed_log (audience, revision)`,
    sql`create index feed_log_unsequenced on feed_log (id) where revision is null`,
  ]) {
    await statement.execute(db);
  }
}
