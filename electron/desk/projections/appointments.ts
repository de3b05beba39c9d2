/**
 * Everything about the cases that has a day, beside their rows in the list (same row id): a projection for the agenda.
 *
 * Invariants: written with the row it belongs to, in the same transaction (`placeInList`). A turn is no appointment of
 * anybody: the day from which a row reads otherwise though nothing happened; the agenda does not show it.
 */
import type { Appointment } from '../../../shared/case/list-appointments.ts';
import type { CaseId } from '../../../shared/id.ts';
import type { PlainDate } from '../../../shared/time.ts';
import type { Sqlite } from '../store/database.ts';
import { prepared } from '../store/statements.ts';

const TURN = '~turn';
/** For the queries of the agenda. */
export const isAppointment = `appointments.kind <> '${TURN}'`;

/** Of a row that has none. */
export function addAppointments(db: Sqlite, listId: number, appointments: readonly Appointment[]): void {
  for (const { kind, on, lateFrom, at, zone, audience, amountCents } of appointments) {
    // Two of a kind (a case suspended twice): the later day is the one that counts.
    prepared(db, `INSERT INTO appointments (list_id, kind, due_on, late_from, at, zone, audience, amount_cents) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT (list_id, kind) DO UPDATE SET due_on = excluded.due_on, late_from = excluded.late_from WHERE excluded.due_on > due_on`,
    ).run(listId, kind, on, lateFrom, at, zone, audience, amountCents);
  }
}

/** Of a row that has none. */
export function addTurn(db: Sqlite, listId: number, on: PlainDate): void {
  prepared(db, 'INSERT INTO appointments (list_id, kind, due_on) VALUES (?, ?, ?)').run(listId, TURN, on);
}

/** The cases whose rows are of a day before their turn. */
export function readTurned(db: Sqlite, today: PlainDate): CaseId[] {
  return prepared<[string, string], { case_id: CaseId }>(
    db, 'SELECT case_id FROM appointments JOIN case_list USING (list_id) WHERE due_on <= ? AND appointments.kind = ?',
  ).all(today, TURN).map((row) => row.case_id);
}

export function removeAppointments(db: Sqlite, listId: number): void {
  prepared(db, 'DELETE FROM appointments WHERE list_id = ?').run(listId);
}

export function clearAppointments(db: Sqlite): void {
  prepared(db, 'DELETE FROM appointments').run();
}
