/** What a lead needs: one row per case for lists and search, and decisions that count for nothing (ADR 0015). */
import type { Kysely } from 'kysely';
import { sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of [
    sql`alter table fact_content add column without_effect integer not null default 0`,
    sql`create table case_overview (
      case_id text primary key references cases on delete cascade, creditor_id text not null, search_text text not null, currency text not null,
      open_cents bigint not null, is_open integer not null, recovery integer not null, overdue_from text, available_from bigint, worked_at bigint,
      talked_at bigint, promise_cents bigint, promise_due_on text, callback_at bigint, disputed integer not null, stopped_until text,
      waiting integer not null, recheck_on text, handed_callback_at bigint)`,
    sql`create index case_overview_by_callback on case_overview (callback_at) where callback_at is not null`,
    sql`create index case_overview_to_recheck on case_overview (recheck_on) where recheck_on is not null`,
  ]) {
    await statement.execute(db);
  }
}
