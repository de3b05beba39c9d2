/**
 * Today's inbound calls, kept in memory and brought up to date from the chains of the devices.
 *
 * Invariants: each device's chain is read on from where it was left, by the key of the table, so that nothing is read twice and nothing is
 * missed, whatever hub process stored it; a call is known by its id, so facts of it in any order count the same; a ring that was taken
 * at another place is counted there alone. No device and nobody is in
 * what it answers.
 */
import { z } from 'zod';
import { callStartedBodySchema } from '../../shared/facts/conduct-bodies.ts';
import { readBody } from '../../shared/facts/fact-bodies.ts';
import { readEndCause } from '../../shared/facts/telephone-bodies.ts';
import type { DeviceId } from '../../shared/id.ts';
import { callIdSchema } from '../../shared/id.ts';
import type { BoardInbound } from '../../shared/protocol/board-protocol.ts';
import { ANSWERED_IN_TIME_SECONDS } from '../../shared/protocol/board-protocol.ts';
import { isOthersCall } from '../../shared/telephone/unanswered-ring.ts';
import { instantSchema } from '../../shared/time.ts';
import type { Tx } from '../store/tables.ts';
import type { SiteDay } from './site-day.ts';

const PAGE = 500;
/** So many devices in one turn: other reads come between. */
const DEVICES_PER_TURN = 200;
/** A ring that nobody told the end of is over: the exchange ends it, or the desk died. */
const LONGEST_RING_MS = 3 * 60_000;

const headerSchema = z.object({ type: z.string(), version: z.int(), callId: callIdSchema.optional(), at: instantSchema });

interface Call { inbound: boolean; startedAtMs: number; answeredAfterSeconds: number | null; ended: boolean; ringSeconds: number | null; talked: boolean; isOthers: boolean }

export class DayCalls {
  readonly #day: SiteDay;
  readonly #readUpTo = new Map<DeviceId, number>();
  readonly #calls = new Map<string, Call>();

  constructor(day: SiteDay) {
    this.#day = day;
  }

  /** Takes in what the devices pushed since. True: there is more. */
  async follow(tx: Tx): Promise<boolean> {
    const devices = await tx.selectFrom('devices').select(['device_id', 'last_seq']).execute();
    const behind = devices.filter(({ device_id, last_seq }) => (this.#readUpTo.get(device_id) ?? -1) < last_seq);
    for (const { device_id, last_seq } of behind.slice(0, DEVICES_PER_TURN)) {
      const from = this.#readUpTo.get(device_id) ?? await this.#seqBeforeToday(tx, device_id, last_seq);
      this.#readUpTo.set(device_id, await this.#read(tx, device_id, from));
    }
    return behind.length > DEVICES_PER_TURN;
  }

  count(nowMs: number): BoardInbound {
    const counts = { waiting: 0, answered: 0, answeredInTime: 0, missed: 0 };
    for (const call of this.#calls.values()) {
      if (!call.inbound || call.startedAtMs < this.#day.startMs || call.startedAtMs >= this.#day.endMs) continue;
      if (call.talked) {
        counts.answered += 1;
        if ((call.ringSeconds ?? call.answeredAfterSeconds ?? 0) <= ANSWERED_IN_TIME_SECONDS) counts.answeredInTime += 1;
      } else if (call.isOthers) continue;
      else if (call.ended || nowMs - call.startedAtMs > LONGEST_RING_MS) counts.missed += 1;
      else counts.waiting += 1;
    }
    return counts;
  }

  /** The last link that was received before today, found from the end of the chain. */
  async #seqBeforeToday(tx: Tx, deviceId: DeviceId, lastSeq: number): Promise<number> {
    let low = 0;
    let high = lastSeq;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      const row = await tx.selectFrom('facts').select('received_at').where('device_id', '=', deviceId).where('seq', '=', middle).executeTakeFirst();
      if (row === undefined || row.received_at < this.#day.startMs) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  async #read(tx: Tx, deviceId: DeviceId, from: number): Promise<number> {
    let seq = from;
    for (;;) {
      const rows = await tx
        .selectFrom('facts').leftJoin('fact_content', 'fact_content.fact_id', 'facts.fact_id')
        .select(['facts.seq', 'facts.header', 'fact_content.body'])
        .where('facts.device_id', '=', deviceId).where('facts.seq', '>', seq).orderBy('facts.seq').limit(PAGE).execute();
      for (const { header, body } of rows) if (header.includes('"call-') && body !== null) this.#take(headerSchema.parse(JSON.parse(header)), JSON.parse(body));
      seq = rows.at(-1)?.seq ?? seq;
      if (rows.length < PAGE) return seq;
    }
  }

  #take({ type, version, callId, at }: z.infer<typeof headerSchema>, body: unknown): void {
    if (callId === undefined) return;
    const known = readBody(type, version, body);
    switch (known.type) {
      case 'call-started': {
        const call = this.#callOf(callId, at);
        call.inbound = callStartedBodySchema.shape.direction.parse(known.body.direction) === 'inbound';
        call.startedAtMs = at;
        return;
      }
      case 'call-moved': {
        if (known.body.move !== 'answered') return;
        const call = this.#callOf(callId, at);
        call.talked = true;
        call.answeredAfterSeconds = Math.max(0, Math.round((known.body.atMs - call.startedAtMs) / 1000));
        return;
      }
      case 'call-ended': {
        const call = this.#callOf(callId, at);
        call.ended = true;
        call.ringSeconds = known.body.ringSeconds;
        const cause = readEndCause(known.body.cause);
        call.isOthers = cause !== null && cause !== 'not-made' && isOthersCall(cause);
        call.talked = call.talked || known.body.talkSeconds !== null;
        return;
      }
      default:
    }
  }

  #callOf(callId: string, at: number): Call {
    const call = this.#calls.get(callId) ?? { inbound: false, startedAtMs: at, answeredAfterSeconds: null, ended: false, ringSeconds: null, talked: false, isOthers: false };
    this.#calls.set(callId, call);
    return call;
  }
}
