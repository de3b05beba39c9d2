/** The last six signs of a customer's IBAN, by which callers are found who know nothing else. */
import type { Kysely } from 'kysely';
import { sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table cases add column iban_tail text`.execute(db);
}
