/**
 * Which customers may be called now by hours and holidays, told per key and not per row.
 *
 * Invariants: a key is what hours depend on (creditor, kind of customer, zones, place), so few stand for many rows; what the creditor's
 * policy says about it is asked now, so rules published a minute ago hold for every row at once.
 */
import { z } from 'zod';
import { debtorKindSchema } from '../../../shared/case/case-entity.ts';
import type { CaseEntity } from '../../../shared/case/case-entity.ts';
import type { ContactRules, House } from '../../../shared/case/contact-rules.ts';
import { nextCallingMoment, policyNow } from '../../../shared/case/contact-rules.ts';
import { creditorIdSchema } from '../../../shared/id.ts';
import type { Sqlite } from '../store/database.ts';
import { houseOf } from '../store/house-rules.ts';
import { prepared } from '../store/statements.ts';

const MINUTE_MS = 60_000;

const keySchema = z.object({
  creditorId: creditorIdSchema, kind: debtorKindSchema, zones: z.array(z.string()).min(1),
  place: z.object({ country: z.string().nullable(), region: z.string().nullable(), city: z.string().nullable() }),
});

const remembered = new WeakMap<Sqlite, Map<string, number>>();

/** Asks for each key once while `work` runs: one whole transaction, so that no key is remembered that was taken back. */
export function withHoursRemembered(db: Sqlite, work: () => void): void {
  remembered.set(db, new Map());
  try {
    work();
  } finally {
    remembered.delete(db);
  }
}

/** The key of a case's hours; made where it is new. Call inside the transaction of the row. */
export function hoursIdOf(db: Sqlite, entity: Pick<CaseEntity, 'creditorId' | 'customer'>, { zones, place }: ContactRules): number {
  const key = JSON.stringify({ creditorId: entity.creditorId, kind: entity.customer.kind, zones, place });
  const known = remembered.get(db)?.get(key);
  if (known !== undefined) return known;
  const held = prepared<[string], { hours_id: number }>(db, 'SELECT hours_id FROM hours_keys WHERE key = ?').get(key);
  const hoursId = held?.hours_id ?? Number(prepared<[string]>(db, 'INSERT INTO hours_keys (key) VALUES (?)').run(key).lastInsertRowid);
  remembered.get(db)?.set(key, hoursId);
  return hoursId;
}

export interface ClosedHours {
  /** Ids of keys under which nobody may be called now, as the statements of the list take them; `[]` also where all are closed. */
  closed: string;
  /** From when the first of them may be called, where none may now; null = somebody may, or nobody knows. */
  callableFrom: number | null;
}

/** Looks at every key once. Where all are closed none stands behind another: `closed` is empty then. */
export function readClosedHours(db: Sqlite, nowMs: number): ClosedHours {
  const house = houseOf(db);
  const opening = prepared<[], { hours_id: number; key: string }>(db, 'SELECT hours_id, key FROM hours_keys').all()
    .map((row) => ({ id: row.hours_id, ...openingOf(house, row.key, nowMs) }));
  const closed = opening.filter(({ isOpen }) => !isOpen);
  if (closed.length < opening.length) return { closed: JSON.stringify(closed.map(({ id }) => id)), callableFrom: null };
  const times = closed.flatMap(({ at }) => at ?? []);
  return { closed: '[]', callableFrom: times.length === 0 ? null : Math.min(...times) };
}

interface Opening { isOpen: boolean; at: number | null }

/** The answers of the minute that is, by key; rules that change are another house. */
const openings = new WeakMap<House, { minute: number; byKey: Map<string, Opening> }>();

/** Hours open and close on whole minutes, so within one the answer stands: the next case is asked for with every save. */
function openingOf(house: House, key: string, nowMs: number): Opening {
  const minute = Math.floor(nowMs / MINUTE_MS);
  let ofMinute = openings.get(house);
  if (ofMinute?.minute !== minute) openings.set(house, (ofMinute = { minute, byKey: new Map() }));
  const known = ofMinute.byKey.get(key);
  if (known !== undefined) return known;
  const { creditorId, kind, zones, place } = keySchema.parse(JSON.parse(key));
  const at = nextCallingMoment({ policy: policyNow(house, house.conductOf(creditorId), kind), calendar: house.calendar, zones, place }, nowMs);
  const opening = { isOpen: at === nowMs, at };
  ofMinute.byKey.set(key, opening);
  return opening;
}
