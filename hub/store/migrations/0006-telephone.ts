/**
 * The agency's telephone (ADR 0018): one exchange, an account per person whose password is sealed with the hub's key, the number that
 * customers of a creditor see.
 */
import type { Kysely } from 'kysely';
import { sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of [
    sql`create table telephone_exchange (only_one integer primary key check (only_one = 1), body text not null, set_at bigint not null, set_by text references users)`,
    sql`create table telephone_accounts (
      user_id text primary key references users, sip_user text not null unique, authentication_user text, sealed_password text not null,
      set_at bigint not null, set_by text references users)`,
    sql`create table telephone_caller_ids (
      creditor_id text primary key references creditors, number text not null, set_at bigint not null, set_by text references users)`,
  ]) {
    await statement.execute(db);
  }
}
