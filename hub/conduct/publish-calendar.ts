/** Publishes the agency's calendar: closures and patron saints. */
import type { CalendarEntity } from '../../shared/protocol/conduct-protocol.ts';
import { calendarEntitySchema } from '../../shared/protocol/conduct-protocol.ts';
import { plainDateOf } from '../../shared/time.ts';
import { upsertEntity } from '../feed/upsert-entity.ts';
import type { HubResult } from '../hub-result.ts';
import { accept, refuse } from '../hub-result.ts';
import type { Tx } from '../store/tables.ts';
import type { Publisher } from './publish-conduct.ts';
import { changedMeanwhile } from './publish-conduct.ts';
import { calendarToEntity, lockRules } from './rule-entities.ts';

/** 29 February is a day of some years. */
const LEAP_YEAR = 2024;

export async function publishCalendar(tx: Tx, by: Publisher, draft: Omit<CalendarEntity, 'version'>): Promise<HubResult<CalendarEntity>> {
  const reversed = draft.closures.findIndex(({ from, to }) => from > to);
  if (reversed >= 0) return refuse(400, 'closure-reversed', 'A closure ends before it begins.', { field: `closures.${String(reversed)}.to` });
  const impossible = draft.patronSaints.findIndex(({ monthDay }) => plainDateOf(LEAP_YEAR, Number(monthDay.slice(0, 2)), Number(monthDay.slice(3))) === null);
  if (impossible >= 0) return refuse(400, 'no-such-day', 'There is no such day.', { field: `patronSaints.${String(impossible)}.monthDay` });
  await lockRules(tx);
  const last = (await findCalendar(tx))?.version ?? 0;
  if (by.after !== null && by.after !== last) return changedMeanwhile(last);
  const body: CalendarEntity = { ...draft, version: last + 1 };
  await tx.insertInto('calendars').values({ version: body.version, body: JSON.stringify(body), published_at: by.nowMs, published_by: by.userId }).execute();
  await upsertEntity(tx, by.nowMs, calendarToEntity(body));
  return accept(body);
}

/** The version in force, or null where nothing was published. */
export async function findCalendar(tx: Tx): Promise<CalendarEntity | null> {
  const row = await tx.selectFrom('calendars').select('body').orderBy('version', 'desc').limit(1).executeTakeFirst();
  return row === undefined ? null : calendarEntitySchema.parse(JSON.parse(row.body));
}
