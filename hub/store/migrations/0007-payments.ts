/**
 * What paid lists said came in. `line_key` tells a line from every other of its creditor, so that a list read twice counts once;
 * `body` is the payment as the case carries it (`listedPaymentSchema`).
 * The overview of a case keeps the last day on which what is agreed is not late, grace included; all of them are written anew.
 */
import type { Kysely } from 'kysely';
import { sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of [
    sql`create table payments (
      payment_id text primary key, case_id text not null references cases, creditor_id text not null references creditors, line_key text not null,
      job_id text, body text not null, unique (creditor_id, line_key))`,
    sql`create index payments_of_case on payments (case_id)`,
    sql`alter table case_overview rename column promise_due_on to agreed_until`,
    sql`update case_overview set agreed_until = null, recheck_on = '0001-01-01'`,
  ]) {
    await statement.execute(db);
  }
}
