/**
 * Mail (ADR 0023): a sender per creditor whose password is sealed with the hub's key, and an outbox that is written in the transaction of
 * what caused it.
 */
import type { Kysely } from 'kysely';
import { sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of [
    sql`create table mail_senders (
      creditor_id text primary key references creditors, body text not null, sealed_password text, set_at bigint not null, set_by text references users)`,
    sql`create table mail_outbox (
      mail_id text primary key, cause_fact_id text not null, kind text not null, case_id text not null, customer_id text not null, creditor_id text not null,
      attachment_fact_id text not null, to_address text not null, language text not null, message_id text not null unique, state text not null,
      attempts integer not null, queued_at bigint not null, next_at bigint not null, claimed_until bigint, sent_at bigint, failure_code text, failure_status integer,
      unique (cause_fact_id, kind))`,
    sql`create index mail_outbox_due on mail_outbox (state, next_at)`,
    sql`create index mail_outbox_customer on mail_outbox (customer_id)`,
  ]) {
    await statement.execute(db);
  }
}
