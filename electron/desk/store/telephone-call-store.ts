/**
 * The calls of the softphone as far as they were committed.
 *
 * Invariants: `lastNumber` moves in the transaction of the facts that it stands for, so that what is told twice is committed once; what an
 * inbound call did before somebody said whose it is waits here, on the disk. Rows go after a week: the facts stay.
 */
import { z } from 'zod';
import { basedOnInput } from '../../../shared/contract/people-channels.ts';
import { callEndedBodySchema, callMovedBodySchema } from '../../../shared/facts/telephone-bodies.ts';
import type { CallId } from '../../../shared/id.ts';
import { callIdSchema, caseIdSchema, customerIdSchema, factIdSchema } from '../../../shared/id.ts';
import { callEndSchema } from '../../../shared/telephone/call-end.ts';
import { callStateSchema } from '../../../shared/telephone/call-state.ts';
import { callerSchema } from '../../../shared/telephone/telephone-event.ts';
import { dialNumberSchema } from '../../../shared/telephone/dial-target.ts';
import { instantSchema } from '../../../shared/time.ts';
import type { Sqlite } from './database.ts';
import { prepared } from './statements.ts';

const waitingFactSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('call-moved'), at: instantSchema, body: callMovedBodySchema }),
  z.object({ type: z.literal('call-ended'), at: instantSchema, body: callEndedBodySchema }),
]);
export type TelephoneFact = z.infer<typeof waitingFactSchema>;

const bodySchema = z.object({
  direction: z.enum(['outbound', 'inbound']),
  /** To a colleague: no contact with anybody, so it leaves no fact. */
  isInternal: z.boolean(),
  permitFactId: factIdSchema.nullable(),
  policyVersion: z.string().nullable(),
  basedOn: basedOnInput,
  /** What an inbound call says of itself. */
  caller: callerSchema.nullable(),
  /** The number that an inbound call was made to, where the exchange says it. */
  called: dialNumberSchema.nullable().optional(),
  /** Of the softphone's events, the last that was committed; 0 = it told nothing yet. */
  lastNumber: z.int().nonnegative(),
  rangAtMs: instantSchema.nullable(),
  answeredAtMs: instantSchema.nullable(),
  isSoundLost: z.boolean(),
  state: callStateSchema.nullable(),
  /** Where the transfer that is under way goes. */
  transferTo: z.string().nullable(),
  end: callEndSchema.nullable(),
  /** Null: these are facts, or the call has no case and waits with them. */
  waiting: z.array(waitingFactSchema),
  /** Said to the hub, with or without a case. */
  isTold: z.boolean(),
});

const callSchema = bodySchema.extend({
  callId: callIdSchema,
  /** Null: nobody said whose it is. */
  caseId: caseIdSchema.nullable(),
  customerId: customerIdSchema.nullable(),
  begunAtMs: instantSchema,
  endedAtMs: instantSchema.nullable(),
});
export type TelephoneCall = z.infer<typeof callSchema>;

interface Row { call_id: string; case_id: string | null; customer_id: string | null; begun_at: number; ended_at: number | null; body: string }

function fromRow(row: Row): TelephoneCall {
  const body = bodySchema.parse(JSON.parse(row.body));
  return callSchema.parse({ ...body, callId: row.call_id, caseId: row.case_id, customerId: row.customer_id, begunAtMs: row.begun_at, endedAtMs: row.ended_at });
}

export function readTelephoneCall(db: Sqlite, callId: CallId): TelephoneCall | null {
  const row = prepared<[string], Row>(db, 'SELECT * FROM telephone_calls WHERE call_id = ?').get(callId);
  return row === undefined ? null : fromRow(row);
}

export function readTelephoneCalls(db: Sqlite): TelephoneCall[] {
  return prepared<[], Row>(db, 'SELECT * FROM telephone_calls').all().map(fromRow);
}

/** Calls that came in and belong to no case, newest first. */
export function readUnclaimedCalls(db: Sqlite): TelephoneCall[] {
  return prepared<[], Row>(db, 'SELECT * FROM telephone_calls WHERE case_id IS NULL ORDER BY begun_at DESC, call_id').all()
    .map(fromRow).filter((call) => call.direction === 'inbound' && !call.isInternal);
}

/** Makes the call known, or replaces what is known of it. */
export function writeTelephoneCall(db: Sqlite, call: TelephoneCall): void {
  const { callId, caseId, customerId, begunAtMs, endedAtMs, ...body } = call;
  prepared(db, `INSERT INTO telephone_calls (call_id, case_id, customer_id, begun_at, ended_at, body) VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT (call_id) DO UPDATE SET case_id = excluded.case_id, customer_id = excluded.customer_id, ended_at = excluded.ended_at, body = excluded.body`,
  ).run(callId, caseId, customerId, begunAtMs, endedAtMs, JSON.stringify(body));
}

/** Forgets what ended before that moment. */
export function forgetTelephoneCalls(db: Sqlite, beforeMs: number): void {
  prepared(db, 'DELETE FROM telephone_calls WHERE coalesce(ended_at, begun_at) < ?').run(beforeMs);
}
