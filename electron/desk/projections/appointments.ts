/**
 * Everything about the cases that has a day, beside their rows in the list (same row id): a projection for the agenda.
 *
 * Invariant: written with the row it belongs to, in the same transaction (`placeInList`).
 */
import type { Appointment } from '../../../shared/case/list-appointments.ts';
import type { Sqlite } from '../store/database.ts';
import { prepared } from '../store/statements.ts';

/** Of a row that has none. */
export function addAppointments(db: Sqlite, listId: number, appointments: readonly Appointment[]): void {
  for (const { kind, on, at, zone, audience, amountCents } of appointments) {
    // Two of a kind (a case suspended twice): the later day is the one that counts.
    prepared(db, `INSERT INTO appointments (list_id, kind, due_on, at, zone, audience, amount_cents) VALUES (?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT (list_id, kind) DO UPDATE SET due_on = excluded.due_on WHERE excluded.due_on > due_on`,
    ).run(listId, kind, on, at, zone, audience, amountCents);
  }
}

export function removeAppointments(db: Sqlite, listId: number): void {
  prepared(db, 'DELETE FROM appointments WHERE list_id = ?').run(listId);
}

export function clearAppointments(db: Sqlite): void {
  prepared(db, 'DELETE FROM appointments').run();
}
