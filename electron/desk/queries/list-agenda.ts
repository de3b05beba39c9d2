import { z } from 'zod';
import { appointmentKinds } from '../../../shared/case/list-appointments.ts';
import type { ViewContext } from '../../../shared/case/view-case.ts';
import type { QueryOutput, QueryRequest } from '../../../shared/contract/contract.ts';
import type { AgendaEntry } from '../../../shared/contract/settings-channels.ts';
import { caseIdSchema } from '../../../shared/id.ts';
import type { PlainDate } from '../../../shared/time.ts';
import { addDays, dateOfInstant, plainDateSchema } from '../../../shared/time.ts';
import { isAppointment } from '../projections/appointments.ts';
import type { ReadingSession } from '../session.ts';
import { viewContext } from '../session.ts';
import { prepared } from '../store/statements.ts';
import { findLease } from './find-lease.ts';

const mostOfADay = { day: 300, week: 60 } as const;
const MOST_LATE = 200;

const rowSchema = z.object({
  case_id: caseIdSchema, kind: z.enum(appointmentKinds), due_on: plainDateSchema, at: z.int().nullable(), zone: z.string().nullable(),
  audience: z.enum(['only-me', 'anyone']).nullable(), amount_cents: z.int().nullable(),
});
type Row = z.infer<typeof rowSchema>;

const isLate = 'late_from <= @today';
const from = `FROM appointments JOIN case_list ON case_list.list_id = appointments.list_id AND ${isAppointment}`;
const columns = 'case_id, appointments.kind AS kind, due_on, at, zone, audience, amount_cents';

/** One day or seven, today first, and, where today is among them, what is late before it. */
export function listAgenda(session: ReadingSession, { span, offset }: QueryRequest<'list-agenda'>): QueryOutput<'list-agenda'> {
  const context = viewContext(session);
  const today = dateOfInstant(context.nowMs, context.zone);
  const first = addDays(today, span === 'day' ? offset : offset * 7);
  const dates = Array.from({ length: span === 'day' ? 1 : 7 }, (_, index) => addDays(first, index));
  const lease = findLease(session);
  if (lease.state !== 'live') return { today, lease, late: { count: 0, entries: [] }, days: dates.map((date) => ({ date, count: 0, entries: [] })) };
  return {
    today, lease,
    late: dates.includes(today) ? readLate(session, context, today) : { count: 0, entries: [] },
    days: dates.map((date) => {
      const values = { date, limit: mostOfADay[span] };
      const count = prepared<[string], { count: number }>(session.db, `SELECT count(*) AS count ${from} WHERE due_on = ?`).get(date)?.count ?? 0;
      const rows = prepared<[typeof values]>(
        session.db, `SELECT ${columns} ${from} WHERE due_on = @date ORDER BY at IS NULL, at, appointments.kind, customer_name, case_id LIMIT @limit`,
      ).all(values);
      return { date, count, entries: entriesOf(session, context, rows, (row) => row.at !== null && row.at < context.nowMs) };
    }),
  };
}

function readLate(session: ReadingSession, context: ViewContext, today: PlainDate): QueryOutput<'list-agenda'>['late'] {
  const day = { today };
  const count = prepared<[typeof day], { count: number }>(session.db, `SELECT count(*) AS count ${from} WHERE ${isLate}`).get(day)?.count ?? 0;
  const values = { ...day, limit: MOST_LATE };
  const rows = prepared<[typeof values]>(session.db, `SELECT ${columns} ${from} WHERE ${isLate} ORDER BY due_on, at, customer_name, case_id LIMIT @limit`).all(values);
  return { count, entries: entriesOf(session, context, rows, () => true) };
}

function entriesOf(session: ReadingSession, context: ViewContext, rows: readonly unknown[], isPast: (row: Row) => boolean): AgendaEntry[] {
  return rows.flatMap((unread) => {
    const row = rowSchema.parse(unread);
    const held = session.book.get(row.case_id, context);
    if (held === null) return [];
    const { entity, view } = held;
    return [{
      caseId: entity.caseId, customerName: entity.customer.name, creditorName: entity.creditorName, tone: view.tone, kind: row.kind, on: row.due_on, at: row.at,
      zone: row.zone, audience: row.audience, amountCents: row.amount_cents, currency: view.currency, late: isPast(row),
      stopped: view.blocked !== null && view.blocked.until === null ? view.blocked.reason : null,
    }];
  });
}
