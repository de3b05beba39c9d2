/**
 * Today's contacts by the hour, kept in memory and brought up to date from the feed log.
 *
 * Invariants: following and counting anew give the same figures (the lines of the lead's list carry their whole state, so one that is read
 * twice counts once); outcomes of one call are one contact; a removed line (an erased person) counts no more. Nobody is in it: of a fact's
 * header only the call is looked at.
 */
import { z } from 'zod';
import type { OutcomeCode } from '../../shared/case/outcome-codes.ts';
import { outcomeRules } from '../../shared/case/outcome-rules.ts';
import { callIdSchema } from '../../shared/id.ts';
import type { Board, BoardHour } from '../../shared/protocol/board-protocol.ts';
import { incomingEntitySchema } from '../../shared/protocol/feed-protocol.ts';
import { hourOfInstant } from './site-day.ts';
import type { SiteDay } from './site-day.ts';
import type { Tx } from '../store/tables.ts';

/** Facts of a desk whose clock is ahead of the hub's were logged that much before the day. */
const CLOCKS_APART_MS = 60 * 60_000;
const PAGE = 2_000;
const CHUNK = 500;

const headerSchema = z.object({ callId: callIdSchema.optional() });

interface Said { factId: string; atMs: number; rightParty: boolean; promise: boolean; currency: string | null; cents: number }
interface Contact { said: Map<string, Said>; counted: BoardHour | null }

export class DayContacts {
  readonly #day: SiteDay;
  readonly #contacts = new Map<string, Contact>();
  readonly #contactOf = new Map<string, string>();
  readonly #hours = new Map<number, BoardHour>();
  readonly #promised = new Map<string, number>();
  #revision: number | null = null;

  constructor(day: SiteDay) {
    this.#day = day;
  }

  /** Takes in what was logged since; at most one page. True: there is more. */
  async follow(tx: Tx): Promise<boolean> {
    this.#revision ??= await lastRevisionBefore(tx, this.#day.startMs - CLOCKS_APART_MS);
    const logged = await tx
      .selectFrom('feed_log').select(['revision', 'kind', 'entity_id'])
      .where('audience', '=', 'role:lead').where('revision', '>', this.#revision).orderBy('revision').limit(PAGE).execute();
    const ids = [...new Set(logged.filter(({ kind }) => kind === 'incoming').map((row) => row.entity_id))];
    for (let start = 0; start < ids.length; start += CHUNK) await this.#take(tx, ids.slice(start, start + CHUNK));
    this.#revision = logged.at(-1)?.revision ?? this.#revision;
    return logged.length === PAGE;
  }

  hours(): BoardHour[] {
    return [...this.#hours.values()].filter((hour) => hour.contacts > 0).sort((a, b) => a.hour - b.hour);
  }

  promised(): Board['promisedToday'] {
    return [...this.#promised].filter(([, cents]) => cents !== 0).map(([currency, cents]) => ({ currency, cents })).sort((a, b) => (a.currency < b.currency ? -1 : 1));
  }

  async #take(tx: Tx, ids: readonly string[]): Promise<void> {
    const entities = await tx.selectFrom('entities').select(['id', 'body']).where('kind', '=', 'incoming').where('id', 'in', [...ids]).execute();
    const lines = entities.map(({ body }) => incomingEntitySchema.parse(JSON.parse(body))).filter((line) => line.at >= this.#day.startMs && line.at < this.#day.endMs);
    const calls = await callsOf(tx, lines.map((line) => line.factId));
    const standing = new Set<string>();
    for (const line of lines) {
      if (line.status === 'annulled') continue;
      standing.add(line.factId);
      const promise = line.code === 'PTP';
      this.#put(calls.get(line.factId) ?? line.factId, {
        factId: line.factId, atMs: line.at, rightParty: isRightParty(line.code), promise, currency: line.currency, cents: promise ? line.amountCents ?? 0 : 0,
      });
    }
    for (const id of ids) if (!standing.has(id)) this.#drop(id);
  }

  #put(contactId: string, said: Said): void {
    const contact = this.#contacts.get(contactId) ?? { said: new Map<string, Said>(), counted: null };
    this.#contacts.set(contactId, contact);
    this.#contactOf.set(said.factId, contactId);
    this.#promise(contact.said.get(said.factId), -1);
    this.#promise(said, 1);
    contact.said.set(said.factId, said);
    this.#recount(contact);
  }

  #drop(factId: string): void {
    const contactId = this.#contactOf.get(factId);
    const contact = contactId === undefined ? undefined : this.#contacts.get(contactId);
    if (contactId === undefined || contact === undefined) return;
    this.#promise(contact.said.get(factId), -1);
    contact.said.delete(factId);
    this.#contactOf.delete(factId);
    this.#recount(contact);
    if (contact.said.size === 0) this.#contacts.delete(contactId);
  }

  #promise(said: Said | undefined, sign: 1 | -1): void {
    if (said?.promise !== true || said.currency === null) return;
    this.#promised.set(said.currency, (this.#promised.get(said.currency) ?? 0) + sign * said.cents);
  }

  /** A contact stands in the hour of its first outcome. */
  #recount(contact: Contact): void {
    this.#add(contact.counted, -1);
    const said = [...contact.said.values()];
    contact.counted = said.length === 0 ? null : {
      hour: hourOfInstant(Math.min(...said.map(({ atMs }) => atMs))), contacts: 1,
      rightParty: said.some(({ rightParty }) => rightParty) ? 1 : 0, promises: said.filter(({ promise }) => promise).length,
    };
    this.#add(contact.counted, 1);
  }

  #add(counted: BoardHour | null, sign: 1 | -1): void {
    if (counted === null) return;
    const hour = this.#hours.get(counted.hour) ?? { hour: counted.hour, contacts: 0, rightParty: 0, promises: 0 };
    this.#hours.set(counted.hour, {
      hour: counted.hour, contacts: hour.contacts + sign * counted.contacts, rightParty: hour.rightParty + sign * counted.rightParty,
      promises: hour.promises + sign * counted.promises,
    });
  }
}

function isRightParty(code: OutcomeCode): boolean {
  return ['success', 'right-party'].includes(outcomeRules[code].class);
}

async function callsOf(tx: Tx, factIds: readonly string[]): Promise<Map<string, string>> {
  if (factIds.length === 0) return new Map();
  const rows = await tx.selectFrom('facts').select(['fact_id', 'header']).where('fact_id', 'in', [...factIds] as never[]).execute();
  return new Map(rows.flatMap((row): [string, string][] => {
    const { callId } = headerSchema.parse(JSON.parse(row.header));
    return callId === undefined ? [] : [[row.fact_id, callId]];
  }));
}

/** The log is written in the order of its moments: halved until the place is found, by the index of revisions. */
async function lastRevisionBefore(tx: Tx, beforeMs: number): Promise<number> {
  const ends = await tx.selectFrom('feed_log').select((eb) => [eb.fn.min('revision').as('first'), eb.fn.max('revision').as('last')]).executeTakeFirstOrThrow();
  let low = (ends.first ?? 1) - 1;
  let high = ends.last ?? 0;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    const row = await tx.selectFrom('feed_log').select(['revision', 'at']).where('revision', '>=', middle).orderBy('revision').limit(1).executeTakeFirstOrThrow();
    if (row.at < beforeMs) low = Math.max(middle, row.revision ?? middle);
    else high = middle - 1;
  }
  return low;
}
