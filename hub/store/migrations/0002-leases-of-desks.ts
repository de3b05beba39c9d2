/** Leases per desk, and customers on their way from one operator to another (ADR 0014). */
import type { Kysely } from 'kysely';
import { sql } from 'kysely';
import type { Dialect } from '../hub-store.ts';

export async function up(db: Kysely<unknown>, dialect: Dialect): Promise<void> {
  // Desks that work by a lease of before count as one that does not name itself.
  const untilMs = sql.raw(dialect === 'sqlite' ? `json_extract(body, '$.untilMs')` : `(body::json->>'untilMs')::bigint`);
  for (const statement of [
    sql`alter table assignments add column taken_from text references users`,
    sql`alter table assignments add column release_at bigint`,
    sql`create index assignments_to_release on assignments (release_at) where release_at is not null`,
    sql`create table desk_leases (
      user_id text not null references users, device_id text not null, lease_until bigint not null, primary key (user_id, device_id))`,
    sql`create table transit_holders (
      customer_id text not null references assignments on delete cascade, device_id text not null, primary key (customer_id, device_id))`,
    sql`create index transit_holders_by_device on transit_holders (device_id)`,
    sql`insert into desk_leases (user_id, device_id, lease_until) select id, '', ${untilMs} from entities where kind = 'lease'`,
  ]) {
    await statement.execute(db);
  }
}
